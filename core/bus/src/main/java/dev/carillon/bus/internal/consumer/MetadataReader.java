package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import dev.carillon.events.internal.IsoTime;
import dev.carillon.events.internal.StrictUtf8;
import dev.carillon.events.internal.Uuids;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads metadata from headers. A header that is missing, or that is empty in a wire format that is not strict, takes the
 * default of new metadata, as in the Python consumers. Thread-safe. Caches the last value of headers that seldom change.
 */
final class MetadataReader {

    /** Indexes of the metadata headers, in the order in which they are written. */
    private static final int TYPE = 0;

    private static final int ID = 1;
    private static final int SOURCE = 2;
    private static final int TIME = 3;
    private static final int MINOR_VERSION = 4;
    private static final int SOURCE_HOST = 5;
    private static final int SOURCE_LIB = 6;

    private final String[] names;
    private final boolean strict;
    private final Events events;
    private final Memo<String> type = new Memo<>(Function.identity());
    private final Memo<String> source = new Memo<>(Function.identity());
    private final Memo<String> sourceHost = new Memo<>(Function.identity());
    private final Memo<LibraryVersion> sourceLib = new Memo<>(LibraryVersion::parse);

    MetadataReader(HeaderNames names, Events events) {
        this.names = new String[] {
            names.eventType(),
            names.id(),
            names.source(),
            names.time(),
            names.minorVersion(),
            names.sourceHost(),
            names.sourceLib()
        };
        this.strict = names.strict();
        this.events = events;
    }

    /** Finds the metadata headers of a message. */
    Found find(IncomingMessage message) {
        return new Found(message.headers());
    }

    /** The metadata headers of one message. Each is parsed on request. */
    final class Found {
        private final byte[] @Nullable [] values = new byte[names.length] @Nullable [];
        private int duplicates;

        /** Inspects each header once; they mostly arrive in the order in which they are written. */
        private Found(List<Header> headers) {
            int next = 0;
            for (int i = 0; i < headers.size(); i++) {
                Header header = headers.get(i);
                int field = fieldOf(header.name(), next);
                if (field >= 0) {
                    duplicates |= values[field] == null ? 0 : 1 << field;
                    values[field] = header.value();
                    next = field + 1;
                }
            }
        }

        private int fieldOf(String name, int likely) {
            for (int i = 0; i < names.length; i++) {
                int field = (likely + i) % names.length;
                if (names[field].equals(name)) {
                    return field;
                }
            }
            return -1;
        }

        /** The event type; null when the message has none. */
        @Nullable
        String eventType() {
            return read(TYPE, "text", type);
        }

        /**
         * Returns the complete metadata.
         *
         * @throws IllegalArgumentException naming the header that cannot be read, and what is expected
         */
        EventMetadata metadata(Signal<?> signal) {
            @Nullable UUID id = read(ID, "a UUID", bytes -> Uuids.parse(text(bytes)));
            if (id == null && strict) {
                throw new IllegalArgumentException(
                        "it has no header '" + names[ID] + "', which must contain the event's id");
            }
            @Nullable Integer minorVersion = read(MINOR_VERSION, "a number", bytes -> Integer.valueOf(text(bytes)));
            @Nullable
            Instant time = read(
                    TIME,
                    "a time such as 2024-01-02T03:04:05+00:00",
                    bytes -> IsoTime.parse(text(bytes)).toInstant());
            @Nullable String from = read(SOURCE, "text", source);
            @Nullable String host = read(SOURCE_HOST, "text", sourceHost);
            @Nullable LibraryVersion lib = read(SOURCE_LIB, "a version such as 11.2.0", sourceLib);
            if (id != null && minorVersion != null && time != null && from != null && host != null && lib != null) {
                return new EventMetadata(signal.eventType(), id, minorVersion, from, host, time, lib);
            }
            EventMetadata fresh = events.newMetadata(signal);
            return new EventMetadata(
                    signal.eventType(),
                    id == null ? fresh.id() : id,
                    minorVersion == null ? 0 : minorVersion,
                    from == null ? fresh.source() : from,
                    host == null ? fresh.sourceHost() : host,
                    time == null ? fresh.time() : time,
                    lib == null ? fresh.sourceLib() : lib);
        }

        private <V> @Nullable V read(int field, String expected, Function<byte[], V> reader) {
            byte @Nullable [] value = values[field];
            String name = names[field];
            if (strict && (duplicates & 1 << field) != 0) {
                throw new IllegalArgumentException("header '" + name + "' occurs twice, but must occur once");
            }
            if (value == null || (value.length == 0 && (!strict || field == TYPE))) {
                return null;
            }
            try {
                return reader.apply(value);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("header '" + name + "' must be " + expected
                        + ", but is a different text of " + value.length + " bytes");
            }
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StrictUtf8.decode(bytes, 0, bytes.length);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }

    /** Caches the last value, because the next message mostly has the same. */
    private static final class Memo<V> implements Function<byte[], V> {
        private final Function<String, V> reader;

        /**
         * Not volatile: a thread may miss another thread's update, but never sees a partial one, because the record is
         * immutable.
         */
        private @Nullable Known<V> last;

        @SuppressWarnings("ArrayRecordComponent") // compared by content, and never exposed
        private record Known<V>(byte[] bytes, V value) {}

        Memo(Function<String, V> reader) {
            this.reader = reader;
        }

        @Override
        public V apply(byte[] bytes) {
            Known<V> known = last;
            if (known == null || !Arrays.equals(bytes, known.bytes())) {
                known = new Known<>(bytes, reader.apply(text(bytes)));
                last = known;
            }
            return known.value();
        }
    }
}
