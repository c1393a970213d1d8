package dev.carillon.cli;

import dev.carillon.avro.EventJson;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.Arrays;
import java.util.Optional;

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
    Optional<String> json(DeadLetter letter, RawMessage message, boolean showsPii) {
        return signal(letter).flatMap(signal -> json(signal, message, showsPii));
    }

    /** The data; empty where they cannot be read. */
    Optional<Object> of(DeadLetter letter, RawMessage message) {
        return signal(letter).flatMap(signal -> read(signal, message.value()));
    }

    private Optional<Signal<?>> signal(DeadLetter letter) {
        return Optional.ofNullable(letter.eventType()).flatMap(signals::find);
    }

    private <T> Optional<String> json(Signal<T> signal, RawMessage message, boolean showsPii) {
        EventJson<T> json = formats.of(signal).json();
        return read(signal, message.value()).map(data -> showsPii ? json.write(data) : json.writeMasked(data));
    }

    private <T> Optional<T> read(Signal<T> signal, byte[] value) {
        return decode(signal, value)
                .or(() -> isFramed(value)
                        ? decode(signal, Arrays.copyOfRange(value, FRAME, value.length))
                        : Optional.empty());
    }

    private static boolean isFramed(byte[] value) {
        return value.length > FRAME && value[0] == 0;
    }

    private <T> Optional<T> decode(Signal<T> signal, byte[] avro) {
        try {
            return Optional.of(formats.of(signal).codec().decode(avro));
        } catch (RuntimeException e) {
            return Optional.empty(); // what is wrong with it stands in its cause
        }
    }
}
