package dev.carillon.bus.redis;

import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.StartAt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A test of members that use leases, with leases short enough to expire in a test. */
abstract class LeaseTestBase extends RedisIntegrationTest {

    static final Duration TAKEOVER = Duration.ofSeconds(60);

    static final int LEASE_SECONDS = 4;

    MessageSource member() {
        return fixture.source(
                fixture.spec(null, StartAt.earliest(), Map.of(SourceOptions.LEASE_SECONDS, LEASE_SECONDS), topic));
    }

    String leaseKey() {
        return LeaseCommands.leaseKey(topic, "group");
    }

    static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    static List<IncomingMessage> pollThroughTakeover(MessageSource source, int count) {
        List<IncomingMessage> messages = new ArrayList<>();
        await().atMost(TAKEOVER).until(() -> {
            messages.addAll(source.poll(count - messages.size(), Duration.ofMillis(500)));
            return messages.size() == count;
        });
        return messages;
    }
}
