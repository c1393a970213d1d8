package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventJson;
import dev.carillon.avro.EventSchema;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters.Malformed;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.WriterSchema;
import dev.carillon.events.Masked;
import dev.carillon.events.PiiScrubber;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.events.internal.IsoTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is printed of a dead letter, without personal data unless requested. Key, cause and headers may quote the event:
 * if the event can be decoded, its personal data are removed from them; if not, everything quoted is. Not thread-safe.
 */
final class DeadLetterView {

    private static final Pattern QUOTED_OR_EMAIL = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|(?<![\\p{L}\\p{N}])'[^']*'(?![\\p{L}\\p{N}])|[^\\s\"']+@[^\\s\"']+");

    /** On Kafka the data follow a zero byte and the id of their schema. */
    private static final int KAFKA_FRAME_LENGTH = 5;

    private final Signals signals;
    private final DataFormats formats = new DataFormats();
    private final Function<DeadLetter, Optional<RawMessage>> messages;
    private final boolean showPii;

    /** Gets messages from the function only where personal data must be removed. */
    DeadLetterView(Signals signals, Function<DeadLetter, Optional<RawMessage>> messages, boolean showPii) {
        this.signals = signals;
        this.messages = messages;
        this.showPii = showPii;
    }

    /** Everything known about a dead letter, without its message. */
    ObjectNode toJson(DeadLetter deadLetter) {
        return toJson(deadLetter, () -> data(deadLetter));
    }

    private ObjectNode toJson(DeadLetter deadLetter, Supplier<Optional<Object>> data) {
        ObjectNode json = Json.object()
                .put("id", deadLetter.id())
                .put("topic", deadLetter.topic())
                .put("position", deadLetter.position())
                .put("group", deadLetter.group())
                .put("event_type", deadLetter.eventType())
                .put("event_id", deadLetter.eventId())
                .put("key", key(deadLetter.key(), data))
                .put("kind", kind(deadLetter))
                .put("failure", deadLetter.cause().failure())
                .put("message", causeMessage(deadLetter.cause(), data));
        return json.<ObjectNode>set("receivers", Json.of(deadLetter.cause().receivers()))
                .put("attempts", deadLetter.attempts())
                .put("first_failed", time(deadLetter.firstFailed()))
                .put("last_failed", time(deadLetter.lastFailed()))
                .put("redriven_at", deadLetter.redrivenAt() == null ? null : time(deadLetter.redrivenAt()));
    }

    /** The same with the message: headers, value if personal data may be shown, and data if they can be decoded. */
    ObjectNode toJson(DeadLetter deadLetter, RawMessage message) {
        Supplier<Optional<Object>> data = () -> data(deadLetter, message);
        ObjectNode json = toJson(deadLetter, data);
        ObjectNode headers = json.putObject("headers");
        for (Header header : message.headers()) {
            headers.put(header.name(), header(new String(header.value(), StandardCharsets.UTF_8), data));
        }
        if (showPii) {
            json.put("value", Base64.getEncoder().encodeToString(message.value()));
        }
        signal(deadLetter)
                .flatMap(signal -> dataAsJson(signal, message))
                .ifPresent(text -> json.putRawValue("data", Json.raw(text)));
        return json;
    }

    /** An entry that is not a dead letter. */
    static ObjectNode toJson(Malformed malformed) {
        return Json.object().put("place", malformed.place()).put("malformed", malformed.reason());
    }

    /** Why the event became a dead letter: {@code failed}, {@code undecodable} or {@code blocked}. */
    static String kind(DeadLetter deadLetter) {
        return switch (deadLetter.cause().kind()) {
            case FAILED -> "failed";
            case UNDECODABLE -> "undecodable";
            case BLOCKED -> "blocked";
        };
    }

    static String time(Instant time) {
        return IsoTime.format(time.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
    }

    /** The key, or a digest of it; null when there is none. */
    @Nullable
    String key(DeadLetter deadLetter) {
        return key(deadLetter.key(), () -> data(deadLetter));
    }

    private @Nullable String key(@Nullable String key, Supplier<Optional<Object>> data) {
        return showPii || key == null ? key : PiiScrubber.key(key, data.get().orElse(null));
    }

    /** Masked as a whole when a receiver wrote it about an event that cannot be decoded here. */
    private String causeMessage(DeadLetter.Cause cause, Supplier<Optional<Object>> data) {
        String text = cause.text();
        return showPii || text.isEmpty()
                ? text
                : data.get()
                        .map(found -> PiiScrubber.scrub(text, found))
                        .orElseGet(() -> cause.kind() == DeadLetter.Kind.FAILED ? Masked.MASK : withoutQuotes(text));
    }

    private String header(String value, Supplier<Optional<Object>> data) {
        return showPii
                ? value
                : data.get().map(found -> PiiScrubber.scrub(value, found)).orElseGet(() -> withoutQuotes(value));
    }

    private static String withoutQuotes(String text) {
        return QUOTED_OR_EMAIL.matcher(text).replaceAll(Masked.MASK);
    }

    /** The event data; empty when they cannot be decoded. */
    private Optional<Object> data(DeadLetter deadLetter) {
        return messages.apply(deadLetter).flatMap(message -> data(deadLetter, message));
    }

    private Optional<Object> data(DeadLetter deadLetter, RawMessage message) {
        return signal(deadLetter).flatMap(signal -> decode(signal, message));
    }

    private Optional<Signal<?>> signal(DeadLetter deadLetter) {
        return Optional.ofNullable(deadLetter.eventType()).flatMap(signals::find);
    }

    private <T> Optional<String> dataAsJson(Signal<T> signal, RawMessage message) {
        EventJson<T> json = formats.of(signal).json();
        return decode(signal, message).map(data -> showPii ? json.write(data) : json.writeMasked(data));
    }

    private <T> Optional<T> decode(Signal<T> signal, RawMessage message) {
        byte[] value = message.value();
        WriterSchema writer = message.writerSchema();
        return decodeAvro(signal, value, writer)
                .or(() -> value.length > KAFKA_FRAME_LENGTH && value[0] == 0
                        ? decodeAvro(signal, Arrays.copyOfRange(value, KAFKA_FRAME_LENGTH, value.length), writer)
                        : Optional.empty());
    }

    private <T> Optional<T> decodeAvro(Signal<T> signal, byte[] avro, @Nullable WriterSchema writer) {
        try {
            EventCodec<T> codec = formats.of(signal).codec();
            return Optional.of(
                    writer == null
                            ? codec.decode(avro)
                            : codec.decode(avro, writer.parsed(EventSchema.class, EventSchema::parse)));
        } catch (RuntimeException e) {
            return Optional.empty(); // the dead letter's cause says what is wrong
        }
    }
}
