package dev.carillon.bus.internal.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.Transport;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The wire format of a dead letter: the original message, with additional headers that begin with {@code carillon-}. */
public final class DeadLetterHeaders {

    static final String ID = "carillon-id";
    static final String PLACE = "carillon-place";
    static final String TOPIC = GroupTopics.TOPIC_HEADER;
    static final String TOPIC_ID = "carillon-topic-id";
    static final String POSITION = "carillon-position";
    static final String RECEIVERS = "carillon-receivers";
    static final String ATTEMPTS = "carillon-attempts";
    static final String FIRST_FAILED = "carillon-first-failed";

    private static final String PREFIX = "carillon-";
    static final String PARTITION = "carillon-partition";
    static final String GROUP = GroupTopics.GROUP_HEADER;
    private static final String EVENT_TYPE = "carillon-event-type";
    private static final String EVENT_ID = "carillon-event-id";
    private static final String KEY = "carillon-key";
    private static final String KEY_BYTES = "carillon-key-bytes";
    private static final String KIND = "carillon-cause";
    private static final String FAILURE = "carillon-failure";
    private static final String TEXT = "carillon-message";
    private static final String LAST_FAILED = "carillon-last-failed";
    private static final String REDRIVEN = "carillon-redriven";
    private static final String PENDING_RECEIVERS = "carillon-pending-receivers";
    private static final String RECEIVER_SEPARATOR = "\n";

    private static final int SHORT_TEXT = 100;

    /** The highest count that matches {@link #COUNT_FORM}. */
    private static final int MAX_COUNT = 999_999_999;

    private static final Pattern ID_FORM = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final Pattern COUNT_FORM = Pattern.compile("[0-9]{1,9}");
    private static final Pattern NON_EMPTY = Pattern.compile(".+", Pattern.DOTALL);

    /** How much detail is written. Brokers limit the size of a message, and a dead letter is larger than its message. */
    public enum Detail {
        ALL,
        /** The text of the cause is shortened. */
        SHORT_CAUSE,
        /** Without the text of the cause, without values that the message itself contains, and without optional headers. */
        LEAST
    }

    private DeadLetterHeaders() {}

    /** The message as it is stored. The original key is in a header, because brokers may use the message key for the id. */
    static RawMessage stored(DeadLetter deadLetter, RawMessage message, Detail detail) {
        List<Header> headers = new ArrayList<>(message.headers());
        add(headers, ID, deadLetter.id());
        addOrigin(headers, deadLetter);
        if (detail != Detail.LEAST) {
            add(headers, EVENT_TYPE, deadLetter.eventType());
            add(headers, EVENT_ID, deadLetter.eventId());
        }
        add(headers, KEY, deadLetter.key());
        byte @Nullable [] key = message.key();
        add(headers, KEY_BYTES, key == null ? null : HexFormat.of().formatHex(key));
        add(headers, KIND, deadLetter.cause().kind().name());
        add(headers, FAILURE, deadLetter.cause().failure());
        add(headers, TEXT, text(deadLetter.cause(), detail));
        add(
                headers,
                RECEIVERS,
                String.join(RECEIVER_SEPARATOR, deadLetter.cause().receivers()));
        add(headers, ATTEMPTS, count(deadLetter.attempts()));
        add(headers, FIRST_FAILED, deadLetter.firstFailed().toString());
        add(headers, LAST_FAILED, deadLetter.lastFailed().toString());
        add(
                headers,
                REDRIVEN,
                deadLetter.redrivenAt() == null ? null : deadLetter.redrivenAt().toString());
        return new RawMessage(headers, null, message.value());
    }

    private static String text(DeadLetter.Cause cause, Detail detail) {
        return switch (detail) {
            case ALL -> cause.text();
            case SHORT_CAUSE ->
                cause.text().substring(0, Math.min(SHORT_TEXT, cause.text().length()));
            case LEAST -> "";
        };
    }

    /**
     * The message as it is redriven to its group: the original message, with the place of the dead letter, which is removed
     * when the message has been handled.
     */
    static RawMessage redriven(DeadLetter deadLetter, RawMessage message, Detail detail) {
        List<Header> headers = new ArrayList<>(message.headers());
        add(headers, ID, deadLetter.id());
        add(headers, PLACE, deadLetter.place());
        addOrigin(headers, deadLetter);
        add(
                headers,
                RECEIVERS,
                String.join(RECEIVER_SEPARATOR, deadLetter.cause().receivers()));
        if (detail != Detail.LEAST) {
            add(headers, ATTEMPTS, count(deadLetter.attempts()));
            add(headers, FIRST_FAILED, deadLetter.firstFailed().toString());
        }
        return new RawMessage(headers, message.key(), message.value());
    }

    /**
     * The message as it is replayed to one group: the original message, its original position, and, if it has a dead letter,
     * the receivers that still have to handle it.
     */
    static RawMessage replayed(IncomingMessage message, String group, List<String> pendingReceivers) {
        List<Header> headers = new ArrayList<>(withoutDeadLetterHeaders(message.headers()));
        add(headers, TOPIC, message.topic());
        add(headers, PARTITION, Integer.toString(message.partition()));
        add(headers, POSITION, message.position().toString());
        add(headers, GROUP, group);
        add(
                headers,
                PENDING_RECEIVERS,
                pendingReceivers.isEmpty() ? null : String.join(RECEIVER_SEPARATOR, pendingReceivers));
        return new RawMessage(headers, message.key(), message.data());
    }

    private static void addOrigin(List<Header> headers, DeadLetter deadLetter) {
        add(headers, TOPIC, deadLetter.topic());
        add(headers, TOPIC_ID, deadLetter.topicId().isEmpty() ? null : deadLetter.topicId());
        add(headers, PARTITION, Integer.toString(deadLetter.partition()));
        add(headers, POSITION, deadLetter.position());
        add(headers, GROUP, deadLetter.group());
    }

    private static String count(int count) {
        return Integer.toString(Math.min(count, MAX_COUNT));
    }

    private static void add(List<Header> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(Header.of(name, value));
        }
    }

    /**
     * Reads the dead letter that is stored in a message.
     *
     * @throws MalformedException when the message is not a dead letter
     */
    static DeadLetter read(IncomingMessage message, Transport transport) {
        if (message.problem() != null) {
            throw new MalformedException(message.problem());
        }
        String id = required(message, ID, ID_FORM, "an id");
        if (message.key() != null && !id.equals(new String(message.key(), UTF_8))) {
            throw new MalformedException("it is stored under an id other than that in its header '" + ID + "'");
        }
        keyBytes(message);
        HeaderNames names = transport.headerNames();
        return new DeadLetter(
                id,
                required(message, TOPIC, NON_EMPTY, "a topic"),
                text(message, TOPIC_ID),
                count(message, PARTITION),
                position(message, transport),
                required(message, GROUP, NON_EMPTY, "a group"),
                either(message, EVENT_TYPE, names.eventType()),
                either(message, EVENT_ID, names.id()),
                message.header(KEY),
                new DeadLetter.Cause(kind(message), text(message, FAILURE), text(message, TEXT), receivers(message)),
                count(message, ATTEMPTS),
                instant(message, FIRST_FAILED).orElse(Instant.EPOCH),
                instant(message, LAST_FAILED).orElse(Instant.EPOCH),
                instant(message, REDRIVEN).orElse(null),
                message.position().toString());
    }

    /**
     * Returns the original message of the dead letter that is stored in this message.
     *
     * @throws MalformedException when the message is not a dead letter
     */
    static RawMessage original(IncomingMessage message) {
        return new RawMessage(
                withoutDeadLetterHeaders(message.headers()), keyBytes(message), message.data(), message.writerSchema());
    }

    private static byte @Nullable [] keyBytes(IncomingMessage message) {
        @Nullable String hex = message.header(KEY_BYTES);
        try {
            return hex == null ? null : HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw wrong(KEY_BYTES, "bytes in hexadecimal digits");
        }
    }

    private static String required(IncomingMessage message, String name, Pattern form, String expected) {
        @Nullable String value = message.header(name);
        if (value == null) {
            throw new MalformedException("it has no header '" + name + "'");
        }
        if (!form.matcher(value).matches()) {
            throw wrong(name, expected);
        }
        return value;
    }

    /** The text as it was stored, because the id of a dead letter may depend on it. */
    private static String position(IncomingMessage message, Transport transport) {
        String text = required(message, POSITION, NON_EMPTY, "a position");
        try {
            transport.position(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw wrong(POSITION, "a position");
        }
    }

    private static int count(IncomingMessage message, String name) {
        @Nullable String value = message.header(name);
        if (value == null) {
            return 0;
        }
        if (!COUNT_FORM.matcher(value).matches()) {
            throw wrong(name, "a number");
        }
        return Integer.parseInt(value);
    }

    private static Optional<Instant> instant(IncomingMessage message, String name) {
        Optional<Instant> time = time(message, name);
        if (time.isEmpty() && message.header(name) != null) {
            throw wrong(name, "a time");
        }
        return time;
    }

    /** Does not include the value, which may be anything. */
    private static MalformedException wrong(String name, String expected) {
        return new MalformedException("its header '" + name + "' is not " + expected);
    }

    /** Whether this text has the form of a dead letter id. */
    static boolean isId(String text) {
        return ID_FORM.matcher(text).matches();
    }

    /** A message is not a dead letter. The exception message says why. */
    static final class MalformedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        MalformedException(String reason) {
            super(reason);
        }

        /** The reason; never null. */
        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private static @Nullable String either(IncomingMessage message, String name, String other) {
        String value = message.header(name);
        return value == null ? message.header(other) : value;
    }

    public static List<Header> withoutDeadLetterHeaders(List<Header> headers) {
        return headers.stream()
                .filter(header -> !header.name().startsWith(PREFIX))
                .toList();
    }

    static List<String> receivers(IncomingMessage message) {
        return names(message, RECEIVERS);
    }

    static List<String> pendingReceivers(IncomingMessage message) {
        return names(message, PENDING_RECEIVERS);
    }

    private static List<String> names(IncomingMessage message, String header) {
        String names = text(message, header);
        return names.isEmpty() ? List.of() : List.of(names.split(RECEIVER_SEPARATOR, -1));
    }

    /** Returns a count; 0 when the header is missing or not a count. */
    static int number(IncomingMessage message, String name) {
        String value = text(message, name);
        return COUNT_FORM.matcher(value).matches() ? Integer.parseInt(value) : 0;
    }

    static Optional<Instant> time(IncomingMessage message, String name) {
        try {
            return Optional.of(Instant.parse(text(message, name)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static DeadLetter.Kind kind(IncomingMessage message) {
        try {
            return DeadLetter.Kind.valueOf(text(message, KIND));
        } catch (IllegalArgumentException e) {
            return DeadLetter.Kind.FAILED;
        }
    }

    private static String text(IncomingMessage message, String name) {
        String value = message.header(name);
        return value == null ? "" : value;
    }
}
