package dev.carillon.bus.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageKey;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.StartAt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryTopicTest {

    private final MemoryTopic topic = new MemoryTopic("books", 2, new MemoryBroker.Schemas());
    private final Object one = "one";
    private final Object other = "other";

    @Test
    void messagesOfOneKeyStandInOnePartitionInOrder() {
        List<String> positions = List.of(append(new MessageKey("name", "a")), append(new MessageKey("name", "a")));
        String partition = positions.get(0).substring(0, 1);

        assertThat(positions).containsExactly(partition + ":0", partition + ":1");
        assertThat(append(new MessageKey("number", 1L)).substring(0, 1))
                .isNotEqualTo(append(new MessageKey("number", 2L)).substring(0, 1));
    }

    @Test
    void messagesWithoutAKeyAreSpread() {
        assertThat(List.of(append(null), append(null), append(null))).containsExactly("0:0", "1:0", "0:1");
    }

    @Test
    void oneReaderHasAllPartitions() {
        append(null);
        append(null);
        topic.join("g", StartAt.earliest(), one);

        assertThat(positions(topic.read("g", one, 10, Long.MAX_VALUE))).containsExactly("0:0", "1:0");
        assertThat(topic.read("g", one, 10, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void readersSharePartitionsEvenly() {
        topic.join("g", StartAt.earliest(), one);
        topic.join("g", StartAt.earliest(), other);
        for (int i = 0; i < 4; i++) {
            append(null);
        }

        assertThat(positions(topic.read("g", one, 10, Long.MAX_VALUE))).containsExactly("0:0", "0:1");
        assertThat(positions(topic.read("g", other, 10, Long.MAX_VALUE))).containsExactly("1:0", "1:1");
    }

    @Test
    void aPartitionChangesHandsOnlyWhenNothingOfItIsUnderWay() {
        append(null);
        append(null);
        topic.join("g", StartAt.earliest(), one);
        List<IncomingMessage> read = topic.read("g", one, 10, Long.MAX_VALUE);
        topic.join("g", StartAt.earliest(), other);
        append(null);
        append(null);

        assertThat(topic.read("g", other, 10, Long.MAX_VALUE)).isEmpty();
        assertThat(positions(topic.read("g", one, 10, Long.MAX_VALUE))).containsExactly("0:1");
        assertThat(topic.commit("g", read.get(1))).isTrue();
        assertThat(positions(topic.read("g", other, 10, Long.MAX_VALUE))).containsExactly("1:1");
    }

    @Test
    void whatAReaderThatLeavesHasNotCommittedGoesToTheOthers() {
        append(null);
        append(null);
        append(null);
        topic.join("g", StartAt.earliest(), one);
        List<IncomingMessage> read = topic.read("g", one, 10, Long.MAX_VALUE);
        topic.join("g", StartAt.latest(), other);
        assertThat(topic.commit("g", read.get(0))).isTrue();

        topic.leave("g", one);

        assertThat(positions(topic.read("g", other, 10, Long.MAX_VALUE))).containsExactly("0:1", "1:0");
    }

    @Test
    void groupsDoNotHearOfEachOther() {
        append(null);
        topic.join("g", StartAt.earliest(), one);
        topic.join("h", StartAt.earliest(), other);

        assertThat(topic.read("g", one, 10, Long.MAX_VALUE)).hasSize(1);
        assertThat(topic.read("h", other, 10, Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void aMalformedPositionIsRefused() {
        for (String position : List.of("", "5", "a:b", "1:2:3", "-1:2", "99999999999:1")) {
            assertThatThrownBy(() -> topic.join("g", StartAt.after(position), one))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + position + "'");
        }
    }

    @Test
    void aBrokerHasAtLeastOnePartition() {
        assertThatThrownBy(() -> new MemoryBroker(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("partitions must be at least 1, but was 0");
    }

    private String append(@Nullable MessageKey key) {
        return topic.append(new OutgoingMessage("books", "a.v1", List.of(), key, new byte[0], "\"bytes\""))
                .toString();
    }

    private static List<String> positions(List<IncomingMessage> messages) {
        return messages.stream().map(message -> message.position().toString()).toList();
    }
}
