package dev.carillon.cli;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.avro.EventJson;
import dev.carillon.avro.EventSchema;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Avro and JSON formats of event data, by signal. Each is created at its first use. Not thread-safe. */
final class DataFormats {

    private final EventCodecs codecs = new EventCodecs();
    private final Map<Signal<?>, Format<?>> formats = new HashMap<>();

    /** The formats of one signal. */
    record Format<T>(EventCodec<T> codec, EventJson<T> json) {

        byte[] toAvro(String data) {
            return codec.encode(json.read(data));
        }

        /** Decodes what this release of openedx-events wrote; without one, the release that Carillon implements. */
        String toJson(byte[] avro, @Nullable LibraryVersion writer) {
            return json.write(writer == null ? codec.decode(avro) : codec.decode(avro, writer));
        }

        /** Decodes what was written with this schema. */
        String toJson(byte[] avro, EventSchema writer) {
            return json.write(codec.decode(avro, writer));
        }
    }

    @SuppressWarnings("unchecked") // each format is stored under its own signal
    <T> Format<T> of(Signal<T> signal) {
        return (Format<T>) formats.computeIfAbsent(signal, this::create);
    }

    private <T> Format<T> create(Signal<T> signal) {
        EventCodec<T> codec = codecs.of(signal);
        return new Format<>(codec, codec.json());
    }
}
