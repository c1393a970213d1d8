package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.spi.IncomingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A partition goes to another member while a receiver is at work on one of its messages, and does not end in time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevokedPartitionTest {

    private KafkaBench bench;
    private Admin admin;

    @BeforeAll
    void startKafka() {
        bench = new KafkaBench();
        admin = Admin.create(Map.of("bootstrap.servers", bench.kafka().bootstrapServers()));
    }

    @AfterAll
    void stopKafka() {
        admin.close();
        bench.close();
    }

    @Test
    void whatEndsAfterItsPartitionWentIsNotAcknowledgedInTheNextMembersPlace() throws Exception {
        admin.createTopics(List.of(new NewTopic("late", Optional.of(2), Optional.empty())))
                .all()
                .get();
        try (Writer writer = new Writer(bench.settings())) {
            writer.round("late", 40, 0);
        }
        List<IncomingMessage> read;
        int gone;
        AtomicInteger acknowledged = new AtomicInteger();
        try (SourceBench first = new SourceBench(bench.settings(), "late", "group")) {
            read = first.read(40);
            try (SourceBench second = new SourceBench(bench.settings(), "late", "group")) {
                List<IncomingMessage> next = new ArrayList<>();
                await("a partition to go").atMost(Member.PATIENCE).until(() -> {
                    next.addAll(second.source().poll(100, Duration.ofMillis(50)));
                    first.source().poll(100, Duration.ofMillis(50));
                    return !read.stream().allMatch(first.source()::owns);
                });
                gone = read.stream()
                        .filter(message -> !first.source().owns(message))
                        .findFirst()
                        .orElseThrow()
                        .partition();

                first.source().acknowledge(of(read, gone), acknowledged::incrementAndGet);
                first.source().acknowledge(of(read, 1 - gone), acknowledged::incrementAndGet);
                await("the acknowledgement of what is still the first's")
                        .atMost(Member.PATIENCE)
                        .until(() -> {
                            first.source().poll(100, Duration.ofMillis(50));
                            return committed(1 - gone) == of(read, 1 - gone).size();
                        });

                assertThat(committed(gone)).isZero();
                await("the next member to have them").atMost(Member.PATIENCE).until(() -> {
                    next.addAll(second.source().poll(100, Duration.ofMillis(50)));
                    return next.size() >= of(read, gone).size();
                });
                assertThat(next)
                        .extracting(IncomingMessage::position)
                        .containsExactlyElementsOf(of(read, gone).stream()
                                .map(IncomingMessage::position)
                                .toList());
            }
        }
        assertThat(committed(gone)).isZero();
        assertThat(acknowledged).hasValue(1);
    }

    private static List<IncomingMessage> of(List<IncomingMessage> messages, int partition) {
        return messages.stream()
                .filter(message -> message.partition() == partition)
                .toList();
    }

    private long committed(int partition) throws Exception {
        return Objects.requireNonNull(
                        admin.listConsumerGroupOffsets("group")
                                .partitionsToOffsetAndMetadata()
                                .get()
                                .get(new TopicPartition("late", partition)),
                        "committed")
                .offset();
    }
}
