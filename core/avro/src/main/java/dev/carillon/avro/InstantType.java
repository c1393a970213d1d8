package dev.carillon.avro;

import dev.carillon.events.internal.IsoTime;
import java.time.Instant;
import java.time.ZoneOffset;

/** {@link Instant}: written in UTC. Reading drops the offset and keeps the instant. */
final class InstantType extends TextType<Instant> {

    static final InstantType INSTANCE = new InstantType();

    private InstantType() {
        super(Instant.class);
    }

    @Override
    String expected() {
        return TimeType.INSTANCE.expected();
    }

    @Override
    Instant parse(String text) {
        return IsoTime.parse(text).toInstant();
    }

    @Override
    String format(Instant value) {
        return IsoTime.format(value.atOffset(ZoneOffset.UTC));
    }
}
