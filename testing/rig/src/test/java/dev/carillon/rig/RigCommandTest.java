package dev.carillon.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command rejects wrong options before it starts anything. */
class RigCommandTest {

    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new Rig())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }

    @Test
    void aFaultOfTheOtherBrokerIsRejectedWithThePossibleOnes() {
        assertThat(run("--bus", "redis", "--only", "registry-failure")).isEqualTo(2);

        assertThat(errors.toString()).contains("on redis with --only registry-failure", "kill", "set-forward");
        assertThat(errors.toString().lines().findFirst().orElseThrow()).doesNotContain("registry-failure,");
    }

    @Test
    void aSelectionOfVariantsAloneIsRejected() {
        assertThat(run("--bus", "kafka", "--only", "without-ids,two-members")).isEqualTo(2);

        assertThat(errors.toString()).contains("on kafka", "registry-failure", "are no faults");
    }

    @Test
    void anEmptySelectionIsRejected() {
        assertThat(run("--bus", "redis", "--only", "kill", "--without", "kill")).isEqualTo(2);

        assertThat(errors.toString()).contains("with --only kill --without kill", "at least one of its faults");
    }
}
