package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Position;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The position of a record in its topic, as text {@code <partition>:<offset>}. */
record RecordPosition(int partition, long offset) implements Position {

    static final String FORMAT = "<partition>:<offset>, such as 0:1700";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}):(\\d{1,18})");
    private static final Comparator<RecordPosition> ORDER =
            Comparator.comparingInt(RecordPosition::partition).thenComparingLong(RecordPosition::offset);

    static RecordPosition parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("A Kafka position must be " + FORMAT + ", but is '" + text + "'");
        }
        return new RecordPosition(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /** The position of a message that was read from Kafka. */
    static RecordPosition of(IncomingMessage message) {
        return (RecordPosition) message.position();
    }

    /** The text of a position, without creating one. */
    static String text(int partition, long offset) {
        return partition + ":" + offset;
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, (RecordPosition) other);
    }

    @Override
    public String toString() {
        return text(partition, offset);
    }
}
