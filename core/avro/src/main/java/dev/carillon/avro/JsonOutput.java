package dev.carillon.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.carillon.events.Masked;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * Writes JSON piece by piece.
 *
 * @param masksPii whether personal data are replaced by {@code ***}
 */
record JsonOutput(JsonGenerator generator, boolean masksPii) {

    /** A call of the generator. */
    private interface Piece {
        void write() throws IOException;
    }

    /** The generator's target failed; the data are valid. */
    static final class TargetException extends UncheckedIOException {

        @Serial
        private static final long serialVersionUID = 1L;

        private TargetException(IOException cause) {
            super(cause);
        }
    }

    private static void put(Piece piece) {
        try {
            piece.write();
        } catch (JsonProcessingException e) {
            throw DataProblem.failed("JSON cannot hold it", e);
        } catch (IOException e) {
            throw new TargetException(e);
        }
    }

    void startObject() {
        put(generator::writeStartObject);
    }

    void endObject() {
        put(generator::writeEndObject);
    }

    void startList() {
        put(generator::writeStartArray);
    }

    void endList() {
        put(generator::writeEndArray);
    }

    void name(String name) {
        Utf8.requireUnicode(name);
        put(() -> generator.writeFieldName(name));
    }

    void text(String text) {
        Utf8.requireUnicode(text);
        put(() -> generator.writeString(text));
    }

    void bool(boolean value) {
        put(() -> generator.writeBoolean(value));
    }

    void number(long value) {
        put(() -> generator.writeNumber(value));
    }

    /** Writes a number. NaN and infinities become text, so that every parser can read the rest. */
    void number(double value) {
        if (Double.isFinite(value)) {
            put(() -> generator.writeNumber(value));
        } else {
            text(Double.toString(value));
        }
    }

    void base64(byte[] bytes) {
        text(Base64.getEncoder().encodeToString(bytes));
    }

    void nothing() {
        put(generator::writeNull);
    }

    /** Writes {@code ***} in place of personal data. */
    void mask() {
        text(Masked.MASK);
    }
}
