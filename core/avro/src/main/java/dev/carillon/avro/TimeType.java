package dev.carillon.avro;

import dev.carillon.events.internal.IsoTime;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** {@link OffsetDateTime}, as Python's {@code isoformat()} with its offset. */
final class TimeType extends TextType<OffsetDateTime> {

    static final TimeType INSTANCE = new TimeType();

    private TimeType() {
        super(OffsetDateTime.class);
    }

    @Override
    String expected() {
        return "a time such as 2024-01-02T03:04:05+00:00";
    }

    @Override
    OffsetDateTime parse(String text) {
        return IsoTime.parse(text);
    }

    @Override
    String format(OffsetDateTime value) {
        return IsoTime.format(value);
    }

    @Override
    void write(Object value, AvroBuffer out) {
        try {
            out.writeShort((OffsetDateTime) value, IsoTime.MAX_LENGTH, IsoTime::write);
        } catch (DateTimeException e) {
            throw DataProblem.unwritable(e.getMessage());
        }
    }

    @Override
    public Object read(AvroInput in) {
        int position = in.position();
        int length = in.readLength();
        int start = in.advance(length);
        OffsetDateTime usual = UsualTime.read(in.bytes(), start, length);
        return usual != null ? usual : valueOf(Utf8.read(in.bytes(), start, length), position);
    }
}
