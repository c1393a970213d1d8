package dev.carillon.bus.kafka;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The position of a record in its topic, as text {@code <partition>:<offset>}. */
record Position(int partition, long offset) {

    static final String FORMAT = "<partition>:<offset>, such as 0:1700";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    static Position parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("A Kafka position must be " + FORMAT + ", but is '" + text + "'");
        }
        return new Position(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /** The text of a position, without creating one. */
    static String text(int partition, long offset) {
        return partition + ":" + offset;
    }

    @Override
    public String toString() {
        return text(partition, offset);
    }
}
