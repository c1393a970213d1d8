package dev.carillon.bus.redis;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Position;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The id of a stream entry, which is the position of a message. Both parts are unsigned.
 *
 * @param millis the time at which Redis added the entry, in epoch milliseconds
 * @param sequence numbers the entries of one millisecond
 */
record StreamId(long millis, long sequence) implements Position {

    /** Smaller than the id of any entry. */
    static final StreamId ZERO = new StreamId(0, 0);

    private static final Pattern TEXT = Pattern.compile("\\d{1,20}(-\\d{1,20})?");
    private static final Comparator<StreamId> ORDER = Comparator.comparing(StreamId::millis, Long::compareUnsigned)
            .thenComparing(StreamId::sequence, Long::compareUnsigned);

    /**
     * Parses {@code 1700000000000-0}, or {@code 1700000000000} for the same.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static StreamId parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an entry id such as 1700000000000-0");
        }
        int hyphen = text.indexOf('-');
        return new StreamId(
                Long.parseUnsignedLong(hyphen < 0 ? text : text.substring(0, hyphen)),
                hyphen < 0 ? 0 : Long.parseUnsignedLong(text.substring(hyphen + 1)));
    }

    /** The position of a message that was read from Redis. */
    static StreamId of(IncomingMessage message) {
        return (StreamId) message.position();
    }

    /** Reads an id as Redis writes it in a reply, without making a text of it. Reads the buffer to its end. */
    static StreamId read(ByteBuffer reply) {
        long millis = readNumber(reply);
        return new StreamId(millis, readNumber(reply));
    }

    /** Reads decimal digits, and the byte after them, which is the hyphen. Numbers up to 2^64 - 1 become unsigned. */
    private static long readNumber(ByteBuffer reply) {
        long number = 0;
        while (reply.hasRemaining()) {
            int digit = reply.get() - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The largest id smaller than those of all entries added at this time or later. */
    static StreamId before(long epochMillis) {
        return epochMillis <= 0 ? ZERO : new StreamId(epochMillis - 1, -1);
    }

    boolean isZero() {
        return equals(ZERO);
    }

    boolean isBefore(StreamId other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, (StreamId) other);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
    }
}
