package dev.carillon.bus;

import dev.carillon.bus.spi.Header;
import dev.carillon.bus.spi.HeaderNames;
import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import dev.carillon.events.internal.IsoTime;
import dev.carillon.events.internal.Uuids;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads metadata from headers. A header that is missing or empty takes the default of fresh metadata, as in the Python
 * consumers. One thread only: it remembers the last text of headers that seldom change.
 */
final class MetadataReader {

    private final HeaderNames names;
    private final Events events;
    private final Memo<String> type = new Memo<>(Function.identity());
    private final Memo<String> source = new Memo<>(Function.identity());
    private final Memo<String> sourceHost = new Memo<>(Function.identity());
    private final Memo<LibraryVersion> sourceLib = new Memo<>(LibraryVersion::parse);

    MetadataReader(HeaderNames names, Events events) {
        this.names = names;
        this.events = events;
    }

    /** The event type; null when the message has none. */
    @Nullable
    String eventType(IncomingMessage message) {
        return read(message, names.eventType(), "text", type);
    }

    /**
     * Reads all of it.
     *
     * @throws IllegalArgumentException naming the header that cannot be read, and what is expected
     */
    EventMetadata read(IncomingMessage message, Signal<?> signal) {
        @Nullable UUID id = read(message, names.id(), "a UUID", bytes -> Uuids.parse(text(bytes)));
        if (id == null && names.needsId()) {
            throw new IllegalArgumentException("it has no header '" + names.id() + "', but needs its event's id there");
        }
        @Nullable
        Integer minorVersion = read(message, names.minorVersion(), "a number", bytes -> Integer.valueOf(text(bytes)));
        @Nullable
        Instant time = read(
                message,
                names.time(),
                "a time such as 2024-01-02T03:04:05+00:00",
                bytes -> IsoTime.parse(text(bytes)).toInstant());
        @Nullable String source = read(message, names.source(), "text", this.source);
        @Nullable String sourceHost = read(message, names.sourceHost(), "text", this.sourceHost);
        @Nullable
        LibraryVersion sourceLib = read(message, names.sourceLib(), "a version such as 11.2.0", this.sourceLib);
        if (id != null
                && minorVersion != null
                && time != null
                && source != null
                && sourceHost != null
                && sourceLib != null) {
            return new EventMetadata(signal.eventType(), id, minorVersion, source, sourceHost, time, sourceLib);
        }
        EventMetadata fresh = events.newMetadata(signal);
        return new EventMetadata(
                signal.eventType(),
                id == null ? fresh.id() : id,
                minorVersion == null ? 0 : minorVersion,
                source == null ? fresh.source() : source,
                sourceHost == null ? fresh.sourceHost() : sourceHost,
                time == null ? fresh.time() : time,
                sourceLib == null ? fresh.sourceLib() : sourceLib);
    }

    private static <V> @Nullable V read(
            IncomingMessage message, String name, String expected, Function<byte[], V> reader) {
        byte @Nullable [] value = value(message, name);
        if (value == null || value.length == 0) {
            return null;
        }
        try {
            return reader.apply(value);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "header '" + name + "' must be " + expected + ", but is '"
                            + Shown.brief(new String(value, StandardCharsets.UTF_8)) + "'",
                    e);
        }
    }

    private static byte @Nullable [] value(IncomingMessage message, String name) {
        byte @Nullable [] found = null;
        for (Header header : message.headers()) {
            if (header.name().equals(name)) {
                if (found != null) {
                    throw new IllegalArgumentException("header '" + name + "' is there twice, but must be there once");
                }
                found = header.value();
            }
        }
        return found;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }

    /** Remembers the last value, because the next message mostly has the same. */
    private static final class Memo<V> implements Function<byte[], V> {
        private final Function<String, V> reader;
        private byte @Nullable [] lastBytes;
        private @Nullable V lastValue;

        Memo(Function<String, V> reader) {
            this.reader = reader;
        }

        @Override
        public V apply(byte[] bytes) {
            V value = lastValue;
            if (value == null || !Arrays.equals(bytes, lastBytes)) {
                value = reader.apply(text(bytes));
                lastValue = value;
                lastBytes = bytes;
            }
            return value;
        }
    }
}
