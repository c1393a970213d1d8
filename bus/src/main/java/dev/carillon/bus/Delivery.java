package dev.carillon.bus;

import dev.carillon.avro.EventCodec;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.SendResult;
import dev.carillon.events.Signal;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A message that somebody here wants, on its way through a lane to the receivers. */
final class Delivery<T> implements Task {

    private final Held held;
    private final EventMetadata metadata;
    private final Signal<T> signal;
    private final EventCodec<T> codec;
    private @Nullable T data;

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

    SendResult sendTo(Events events) {
        return events.resend(signal, data(), metadata);
    }
}
