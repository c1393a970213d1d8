package dev.carillon.cli;

import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the event data of dead letters as far as the public events are enough for that. */
final class LetterData {

    /** What stands before the data on Kafka: a zero byte, and the id of their schema. */
    private static final int FRAME = 5;

    private final Signals signals;
    private final DataFormats formats = new DataFormats();

    LetterData(Signals signals) {
        this.signals = signals;
    }

    /** The data as JSON; empty where they cannot be read. */
    Optional<String> of(@Nullable String eventType, byte[] value, boolean showsPii) {
        if (eventType == null) {
            return Optional.empty();
        }
        return signals.find(eventType)
                .flatMap(signal -> read(signal, value, showsPii)
                        .or(() -> isFramed(value)
                                ? read(signal, Arrays.copyOfRange(value, FRAME, value.length), showsPii)
                                : Optional.empty()));
    }

    private static boolean isFramed(byte[] value) {
        return value.length > FRAME && value[0] == 0;
    }

    private <T> Optional<String> read(Signal<T> signal, byte[] avro, boolean showsPii) {
        try {
            DataFormats.Format<T> format = formats.of(signal);
            T data = format.codec().decode(avro);
            return Optional.of(
                    showsPii ? format.json().write(data) : format.json().writeMasked(data));
        } catch (RuntimeException e) {
            return Optional.empty(); // what is wrong with it stands in its cause
        }
    }
}
