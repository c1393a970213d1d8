package dev.carillon.events.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody probably meant. */
class NearestNamesTest {

    private static final List<String> KNOWN = List.of("award", "reward", "revoke", "awards", "award");

    @Test
    void theNearestComeFirstAndEqualOnesByName() {
        assertThat(NearestNames.of("awardd", KNOWN, 3)).containsExactly("award", "awards", "reward");
    }

    @Test
    void noMoreThanAskedForAreNamed() {
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
    void theQuestionNamesThem() {
        assertThat(NearestNames.question("revoked", KNOWN)).isEqualTo(". Did you mean 'revoke'?");
    }
}
