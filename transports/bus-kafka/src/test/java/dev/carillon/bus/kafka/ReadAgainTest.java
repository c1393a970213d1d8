package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads messages again whose data the engine has dropped, independently of the group. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadAgainTest {

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.shared();

    private final Admin admin = bench.admin();
    private final Writer writer = new Writer(bench.settings());

    @AfterAll
    void closeWriter() {
        writer.close();
    }

    private void fill(String topic, int count) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all()
                .get();
        writer.round(topic, count, 0);
    }

    private static List<Position> positions(List<IncomingMessage> messages, int... which) {
        return java.util.Arrays.stream(which)
                .mapToObj(index -> messages.get(index).position())
                .toList();
    }

    @Test
    void findsMessagesThatAreFarApartInOrder() throws Exception {
        fill("read-again-far-apart", 3_000);
        try (SourceBench bench = new SourceBench(this.bench.settings(), "read-again-far-apart", "rereading")) {
            List<IncomingMessage> all = bench.read(3_000);
            List<Position> wanted = positions(all, 0, 1, 60, 1_500, 1_501, 2_999);

            assertThat(bench.source().readAgain(new Partition("read-again-far-apart", 0), wanted))
                    .extracting(IncomingMessage::position)
                    .isEqualTo(wanted);
            assertThat(bench.incidents()).isEmpty();
        }
    }

    @Test
    void deletedMessagesAreReportedAndLeftOut() throws Exception {
        fill("read-again-deleted", 100);
        try (SourceBench bench = new SourceBench(this.bench.settings(), "read-again-deleted", "rereading")) {
            List<IncomingMessage> all = bench.read(100);
            admin.deleteRecords(Map.of(new TopicPartition("read-again-deleted", 0), RecordsToDelete.beforeOffset(50)))
                    .all()
                    .get();

            assertThat(bench.source()
                            .readAgain(new Partition("read-again-deleted", 0), positions(all, 0, 20, 49, 50, 99)))
                    .extracting(IncomingMessage::position)
                    .containsExactly(new RecordPosition(0, 50), new RecordPosition(0, 99));
            assertThat(bench.incidents()).singleElement().satisfies(incident -> {
                assertThat(incident.kind()).isEqualTo(GroupIncident.Kind.PENDING_LOST);
                assertThat(incident.messages()).isEqualTo(3);
                assertThat(incident.detail()).contains("partition 0: messages from offset 0 to 49 left the topic");
            });
        }
    }

    @Test
    void positionsBeyondTheEndAreMissing() throws Exception {
        fill("read-again-short", 10);
        try (SourceBench bench = new SourceBench(this.bench.settings(), "read-again-short", "rereading")) {
            bench.read(10);

            RecordPosition last = new RecordPosition(0, 9);
            List<Position> wanted = List.of(last, new RecordPosition(0, 10), new RecordPosition(0, 4_000));

            assertThat(bench.source().readAgain(new Partition("read-again-short", 0), wanted))
                    .extracting(IncomingMessage::position)
                    .containsExactly(last);
            assertThat(bench.incidents())
                    .singleElement()
                    .extracting(GroupIncident::messages)
                    .isEqualTo(2L);
        }
    }

    @Test
    void aMessageIsOwnedUntilTheSourceCloses() throws Exception {
        fill("read-again-owned", 3);
        try (SourceBench bench = new SourceBench(this.bench.settings(), "read-again-owned", "rereading")) {
            IncomingMessage first = bench.read(3).get(0);
            assertThat(bench.source().owns(first)).isTrue();

            bench.source().close();

            assertThat(bench.source().owns(first)).isFalse();
        }
    }
}
