package dev.carillon.rig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.rig.fault.Selection;
import dev.carillon.rig.judge.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The short form of {@code bin/rig}, with everything that the long one has: processes, servers, faults. */
class RigTest {

    private static final Path FOLDER = Path.of("target", "runs");

    /** What takes longer than half a minute to show anything is for the long form. */
    private static final List<String> LONG = List.of(
            "hot-key",
            "large-events",
            "oversleep",
            "registry-stall",
            "remove-consumers",
            "rename",
            "set-forward",
            "topic-anew",
            "trim");

    private static final Selection SELECTION = new Selection(List.of(), LONG);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** Long enough for each kind of fault to hit each sort of thing. */
    private static RunOptions storm(Bus bus, boolean persistent, Duration time) throws IOException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(FOLDER), bus.name().toLowerCase(Locale.ROOT) + "-");
        return new RunOptions(
                bus, time, 0, 20261121, true, persistent, SELECTION, RunOptions.USUAL_RATE, folder.resolve("run"));
    }

    private Outcome run(RunOptions options) throws Exception {
        PrintStream out = new PrintStream(printed, true, UTF_8);
        try (Run run = new Run(options, new CountDownLatch(1), out)) {
            Outcome outcome = run.judged().orElseThrow();
            outcome.print(out);
            return outcome;
        }
    }

    @Test
    void nothingIsLostDisorderedOrDoneTwiceOnRedis() throws Exception {
        assertNothingIsWrong(run(storm(Bus.REDIS, true, Duration.ofSeconds(25))));
    }

    @Test
    void nothingIsLostDisorderedOrDoneTwiceOnKafka() throws Exception {
        assertNothingIsWrong(run(storm(Bus.KAFKA, true, Duration.ofSeconds(25))));
    }

    private void assertNothingIsWrong(Outcome outcome) {
        assertThat(outcome.isSuccess()).as(printed.toString(UTF_8)).isTrue();
        assertThat(outcome.sent()).isGreaterThan(100);
        assertThat(outcome.redriven()).isPositive();
        assertThat(outcome.faults()).as(printed.toString(UTF_8)).isNotEmpty();
    }

    @Test
    void aRedisThatForgetsIsALossWithItsRangeAndNoSuccess() throws Exception {
        Outcome outcome = run(storm(Bus.REDIS, false, Duration.ofSeconds(10)));

        assertThat(outcome.isSuccess()).isFalse();
        assertThat(outcome.all(Verdict::lost)).as(printed.toString(UTF_8)).isNotEmpty();
        assertThat(printed.toString(UTF_8))
                .containsPattern("LOST: \\d+ events of topic rig-steps")
                .containsPattern("\\d+ from counter-\\d+ #\\d+ \\(\\S+\\) to counter-\\d+ #\\d+")
                .contains("this broker keeps nothing over a restart")
                .containsPattern(
                        "told to a consumer: consumer-1: GroupIncident\\[kind=GROUP_RECREATED, topic=rig-steps, .*"
                                + "it had been given the messages up to \\d+-\\d+, and the newest one known was \\d+-\\d+");
    }
}
