package dev.carillon.testkit.contract;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A source whose positions compare as their texts do: 10 before 9. */
record SourceWithTextOrder(MessageSource source) implements MessageSource {

    record PositionAsText(Position position) implements Position {

        @Override
        public int compareTo(Position other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return position.toString();
        }
    }

    private static List<IncomingMessage> map(List<IncomingMessage> messages, UnaryOperator<Position> change) {
        return messages.stream()
                .map(message -> new IncomingMessage(
                        message.topic(),
                        message.partition(),
                        change.apply(message.position()),
                        message.headers(),
                        message.key(),
                        message.data(),
                        message.dataStart(),
                        message.writerSchema(),
                        message.problem()))
                .toList();
    }

    private static Position original(Position position) {
        return ((PositionAsText) position).position();
    }

    @Override
    public List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
        return map(source.poll(max, maxBytes, timeout), PositionAsText::new);
    }

    @Override
    public List<IncomingMessage> readAgain(Partition partition, List<Position> positions) {
        List<Position> originals =
                positions.stream().map(SourceWithTextOrder::original).toList();
        return map(source.readAgain(partition, originals), PositionAsText::new);
    }

    @Override
    public void pause(Set<String> topics) {
        source.pause(topics);
    }

    @Override
    public void acknowledge(List<IncomingMessage> messages) {
        source.acknowledge(map(messages, SourceWithTextOrder::original));
    }

    @Override
    public AckMode ackMode() {
        return source.ackMode();
    }

    @Override
    public void close() {
        source.close();
    }
}
