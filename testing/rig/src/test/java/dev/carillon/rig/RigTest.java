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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short run of {@code bin/rig}, with all its processes and servers and most of its faults. */
@Tag("thorough")
class RigTest {

    private static final Path FOLDER = Path.of("target", "runs");

    /** Faults that need more than half a minute to have an effect. */
    private static final List<String> LONG_FAULTS = List.of(
            "hot-key",
            "large-events",
            "long-pause",
            "registry-failure",
            "remove-consumers",
            "rename",
            "set-forward",
            "topic-recreated",
            "trim");

    private static final Selection SELECTION = new Selection(List.of(), LONG_FAULTS);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** The time should be long enough for each kind of fault to hit each target once. */
    private static RunOptions options(Bus bus, boolean persistent, Duration time) throws IOException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(FOLDER), bus.name().toLowerCase(Locale.ROOT) + "-");
        return new RunOptions(
                bus, time, 0, 20261121, true, persistent, SELECTION, RunOptions.DEFAULT_RATE, folder.resolve("run"));
    }

    private RunReport run(RunOptions options) throws Exception {
        PrintStream out = new PrintStream(printed, true, UTF_8);
        try (Run run = new Run(options, new CountDownLatch(1), out)) {
            RunReport report = run.runAndJudge().orElseThrow();
            report.print(out);
            return report;
        }
    }

    @Test
    void nothingIsLostOutOfOrderOrDuplicatedOnRedis() throws Exception {
        assertSuccess(run(options(Bus.REDIS, true, Duration.ofSeconds(25))));
    }

    @Test
    void nothingIsLostOutOfOrderOrDuplicatedOnKafka() throws Exception {
        assertSuccess(run(options(Bus.KAFKA, true, Duration.ofSeconds(25))));
    }

    private void assertSuccess(RunReport report) {
        assertThat(report.isSuccess()).as(printed.toString(UTF_8)).isTrue();
        assertThat(report.sent()).isGreaterThan(100);
        assertThat(report.redriven()).isPositive();
        assertThat(report.faults()).as(printed.toString(UTF_8)).isNotEmpty();
    }

    @Test
    void aRedisWithoutPersistenceFailsTheRunWithTheRangeOfLostEvents() throws Exception {
        RunReport report = run(options(Bus.REDIS, false, Duration.ofSeconds(10)));

        assertThat(report.isSuccess()).isFalse();
        assertThat(report.all(Verdict::lost)).as(printed.toString(UTF_8)).isNotEmpty();
        assertThat(printed.toString(UTF_8))
                .containsPattern("LOST: \\d+ events of topic rig-steps")
                .containsPattern("\\d+ from counter-\\d+ #\\d+ \\(\\S+\\) to counter-\\d+ #\\d+")
                .contains("this broker keeps nothing over a restart")
                .containsPattern("reported by consumer-1: GroupIncident\\[kind=GROUP_RECREATED, topic=rig-steps, .*"
                        + "messages had been delivered up to \\d+-\\d+, and the newest known message was \\d+-\\d+");
    }
}
