package dev.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How components are called on the wire. */
class WireNamesTest {

    record Names(
            String name,
            String lmsUserId,
            String isActive,
            String htmlURL,
            String URLPath,
            String oauth2Token,
            String sha256,
            String xBlock,
            @WireName("LTI_key") String ltiKey) {}

    @Test
    void componentsAreWrittenInSnakeCaseUnlessTheyHaveANameOfTheirOwn() {
        assertThat(Arrays.stream(Names.class.getRecordComponents()).map(WireNames::of))
                .containsExactly(
                        "name",
                        "lms_user_id",
                        "is_active",
                        "html_url",
                        "url_path",
                        "oauth2_token",
                        "sha256",
                        "x_block",
                        "LTI_key");
    }
}
