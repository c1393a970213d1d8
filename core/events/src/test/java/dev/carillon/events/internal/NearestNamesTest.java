package dev.carillon.events.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody probably meant. */
class NearestNamesTest {

    private static final List<String> KNOWN = List.of("award", "reward", "revoke", "awards", "award");

    @Test
    void theNearestComeFirstAndEqualOnesByName() {
        assertThat(NearestNames.of("awardd", KNOWN, 3)).containsExactly("award", "awards");
    }

    @Test
    void noMoreThanRequestedAreNamed() {
        assertThat(NearestNames.of("awardd", KNOWN, 1)).containsExactly("award");
    }

    @Test
    void capitalsDoNotMatter() {
        assertThat(NearestNames.of("REVOKE", KNOWN, 3)).containsExactly("revoke");
    }

    @Test
    void whatIsFarFromAllIsNearToNone() {
        assertThat(NearestNames.of("certificate", KNOWN, 3)).isEmpty();
        assertThat(NearestNames.of("x".repeat(1_000_000), KNOWN, 3)).isEmpty();
        assertThat(NearestNames.question("certificate", KNOWN)).isEmpty();
    }

    @Test
    void shortNamesWithNothingInCommonAreNotNear() {
        assertThat(NearestNames.of("abc", List.of("xyz", "abd"), 3)).containsExactly("abd");
        assertThat(NearestNames.of("", List.of("a", "xyz"), 3)).isEmpty();
    }

    @Test
    void namesThatHoldTheWantedOneComeLast() {
        List<String> known = List.of("certificate.created.v1", "certificate.revoked.v1", "certificates", "enrollment");

        assertThat(NearestNames.of("Certificate", known, 3))
                .containsExactly("certificates", "certificate.created.v1", "certificate.revoked.v1");
    }

    @Test
    void theQuestionNamesThem() {
        assertThat(NearestNames.question("revoked", KNOWN)).isEqualTo(". Did you mean 'revoke'?");
    }
}
