package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker and consumer are killed with SIGKILL while events flow; the consumer writes what it receives to a ledger file. */
@Tag("thorough")
class KilledUnderLoadTest {

    private static final int ROUNDS = 10;
    private static final int LEARNERS = 20;
    private static final String TOPIC = "ledger-steps";

    @TempDir
    private Path folder;

    @Test
    void tenRoundsOfKillsLoseNothingAndKeepKeyOrder() throws Exception {
        Path file = folder.resolve("ledger");
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong written = new AtomicLong();
        try (KafkaBench bench = KafkaBench.withOwnServers();
                Writer writer = new Writer(bench.settings(
                        Map.of("request.timeout.ms", 1_000, "delivery.timeout.ms", 3_000, "max.block.ms", 1_000)))) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    writer.roundWithRetries(TOPIC, LEARNERS, written.getAndIncrement());
                }
            });
            Process consumer = start(bench, file);
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    awaitMore(file);
                    consumer.destroyForcibly().waitFor();
                    bench.kafka().kill();
                    consumer = start(bench, file);
                    bench.kafka().restart();
                }
                awaitMore(file);
                done.set(true);
                writing.join();
                int all = LEARNERS * (int) written.get();
                await("all steps in the ledger")
                        .atMost(Member.TIMEOUT)
                        .until(() -> seen(file).size() >= all);
            } finally {
                done.set(true);
                consumer.destroyForcibly().waitFor();
            }
        }

        Map<String, Long> next = new HashMap<>();
        for (Step step : seen(file)) {
            assertThat(step.number()).as("after %s", next).isEqualTo(next.getOrDefault(step.learner(), 0L));
            next.put(step.learner(), step.number() + 1);
        }
        assertThat(next)
                .hasSize(LEARNERS)
                .allSatisfy((learner, count) -> assertThat(count).isEqualTo(written.get()));
    }

    private static Process start(KafkaBench bench, Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerConsumer.class.getName(),
                        file.toString(),
                        bench.kafka().bootstrapServers(),
                        bench.registry().url(),
                        TOPIC)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void awaitMore(Path file) throws IOException {
        int before = seen(file).size();
        await("more steps in the ledger")
                .atMost(Member.TIMEOUT)
                .until(() -> seen(file).size() > before + 200);
    }

    /** The steps, in the order of their first delivery. A last line without a newline is still being written. */
    private static Set<Step> seen(Path file) throws IOException {
        Set<Step> steps = new LinkedHashSet<>();
        String text = Files.exists(file) ? Files.readString(file) : "";
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        for (String line : lines) {
            int space = line.indexOf(' ');
            steps.add(new Step(line.substring(0, space), Long.parseLong(line.substring(space + 1))));
        }
        return steps;
    }
}
