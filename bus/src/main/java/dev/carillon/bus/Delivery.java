package dev.carillon.bus;

import dev.carillon.avro.EventCodec;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.SendOptions;
import dev.carillon.events.SendResult;
import dev.carillon.events.Signal;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A message that somebody here wants, on its way through a lane to the receivers. */
final class Delivery<T> implements Task {

    private final Held held;
    private final EventMetadata metadata;
    private final Signal<T> signal;
    private final EventCodec<T> codec;
    private final Map<String, Throwable> failures = new LinkedHashMap<>();
    private @Nullable T data;
    private int attempts;
    private @Nullable Instant firstFailed;

    Delivery(Held held, EventMetadata metadata, Signal<T> signal, EventCodec<T> codec) {
        this.held = held;
        this.metadata = metadata;
        this.signal = signal;
        this.codec = codec;
    }

    @Override
    public Held held() {
        return held;
    }

    EventMetadata metadata() {
        return metadata;
    }

    Signal<T> signal() {
        return signal;
    }

    /** The event data, decoded when first asked for. Throws what the codec throws on bytes that do not fit. */
    T data() {
        T decoded = data;
        if (decoded == null) {
            Schema writer = message().writerSchema();
            decoded = writer == null
                    ? codec.decode(message().data(), metadata.sourceLib())
                    : codec.decode(message().data(), message().dataStart(), writer);
            data = decoded;
        }
        return decoded;
    }

    /** How often its receivers were called; those in vain while the service was unwell do not count. */
    int attempts() {
        return attempts;
    }

    void attempted() {
        attempts++;
        if (firstFailed == null) {
            firstFailed = Clock.systemUTC().instant();
        }
    }

    /** When its receivers failed for the first time; null when they have not. */
    @Nullable
    Instant firstFailed() {
        return firstFailed;
    }

    /** The receivers that failed the last time they were called, and with what. */
    Map<String, Throwable> failures() {
        return failures;
    }

    SendResult sendTo(Events events, Collection<String> receivers) {
        return receivers.isEmpty()
                ? events.resend(signal, data(), metadata)
                : events.resend(signal, data(), metadata, SendOptions.robust().toReceivers(Set.copyOf(receivers)));
    }
}
