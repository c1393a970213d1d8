package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A member in a process of its own, which prints each message that it starts to handle, and ends when it loses its lease. */
final class MemberProcess {

    private MemberProcess() {}

    public static void main(String[] arguments) throws Exception {
        boolean[] lost = new boolean[1];
        SourceListener listener = new SourceListener() {
            @Override
            public void incident(GroupIncident incident) {}

            @Override
            public void partitionsLost(Collection<Partition> partitions) {
                System.out.println("lost " + partitions.size());
                lost[0] = true;
            }
        };
        Map<String, Object> extra = Map.of(SourceOptions.LEASE_SECONDS, LeaseTestBase.LEASE_SECONDS);
        SourceSpec spec = new SourceSpec(List.of(arguments[1]), "group", null, StartAt.earliest(), extra);
        try (Transport transport = RedisFixture.transport(arguments[0], Map.of());
                MessageSource source = transport.source(spec, listener)) {
            while (!lost[0]) {
                List<IncomingMessage> finished = new ArrayList<>();
                for (IncomingMessage message : source.poll(500, Duration.ofMillis(100))) {
                    if (source.owns(message)) {
                        System.out.println("started " + RedisFixture.number(message));
                        TimeUnit.MILLISECONDS.sleep(100); // the time to handle it
                        finished.add(message);
                    }
                    source.acknowledge(finished.size() % 5 == 0 ? finished : List.of());
                }
            }
            System.out.println("ended");
        }
    }

    /** Starts the process; its output goes to the file. */
    static Process start(Path output, String url, String topic) throws IOException {
        return ChildJvm.start(MemberProcess.class, List.of(), output, url, topic);
    }

    /** Waits until the process has started to handle this many messages. */
    static void awaitStarted(Path output, int count) {
        await().atMost(LeaseTestBase.TAKEOVER).until(() -> {
            String text = Files.exists(output) ? Files.readString(output) : "";
            assertThat(text).as("the process has not lost its lease").doesNotContain("ended");
            return text.lines().filter(line -> line.startsWith("started ")).count() >= count;
        });
    }

    /** The numbers of the messages that the process has started to handle. */
    static List<Integer> started(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("started "))
                .map(line -> Integer.valueOf(line.substring(8)))
                .toList();
    }
}
