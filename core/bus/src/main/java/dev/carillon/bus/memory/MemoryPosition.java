package dev.carillon.bus.memory;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Position;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The position of a message: its partition, and its number there. As text {@code <partition>:<number>}. */
record MemoryPosition(int partition, int number) implements Position {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}):(\\d{1,9})");
    private static final Comparator<MemoryPosition> ORDER =
            Comparator.comparingInt(MemoryPosition::partition).thenComparingInt(MemoryPosition::number);

    static MemoryPosition parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "A position must be <partition>:<number>, such as 0:17, but is '" + text + "'");
        }
        return new MemoryPosition(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    static MemoryPosition of(IncomingMessage message) {
        return (MemoryPosition) message.position();
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, (MemoryPosition) other);
    }

    @Override
    public String toString() {
        return partition + ":" + number;
    }
}
