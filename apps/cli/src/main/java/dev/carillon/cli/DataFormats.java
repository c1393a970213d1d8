package dev.carillon.cli;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.avro.EventJson;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the data of each signal are written: as Avro and as JSON. Each is made when first asked for. Not thread-safe. */
final class DataFormats {

    private final EventCodecs codecs = new EventCodecs();
    private final Map<Signal<?>, Format<?>> formats = new HashMap<>();

    /** The data of one signal as Avro and as JSON. */
    record Format<T>(EventCodec<T> codec, EventJson<T> json) {

        byte[] toAvro(String data) {
            return codec.encode(json.read(data));
        }

        /** Without a release, the bytes are of ours. */
        String toJson(byte[] avro, @Nullable LibraryVersion writer) {
            return json.write(writer == null ? codec.decode(avro) : codec.decode(avro, writer));
        }
    }

    @SuppressWarnings("unchecked") // a format stands under its own signal
    <T> Format<T> of(Signal<T> signal) {
        return (Format<T>) formats.computeIfAbsent(signal, this::make);
    }

    private <T> Format<T> make(Signal<T> signal) {
        EventCodec<T> codec = codecs.of(signal);
        return new Format<>(codec, codec.json());
    }
}
