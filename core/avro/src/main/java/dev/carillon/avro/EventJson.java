package dev.carillon.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.carillon.events.Signal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * The data of one signal as JSON: one object with the data keys, {@code {"certificate": {"user": {…}, …}}}. Fields have
 * their wire names. Times, UUIDs and keys are text, bytes are Base64 text, and null is written as null.
 *
 * <p>JSON has no NaN and no infinity: they are written as the texts {@code "NaN"}, {@code "Infinity"} and {@code
 * "-Infinity"}. Map entries are ordered by the code points of their keys, as in Avro.
 *
 * <p>Reading is strict. Errors are: an unknown or repeated field, a missing field without a default, a value of another
 * type (1.0 is not a whole number), and a whole number of more than 64 bits. Fields with a default may be missing.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the event data
 */
public final class EventJson<T> {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // as Python writes them
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // keys of maps come from anywhere
            .streamReadConstraints(StreamReadConstraints.builder() // the text is in memory already
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final EventShape<T> shape;

    EventJson(EventShape<T> shape) {
        this.shape = shape;
    }

    /**
     * Returns the JSON format of a signal's data.
     *
     * @throws IllegalArgumentException as {@link EventCodec#of}
     */
    public static <T> EventJson<T> of(Signal<T> signal) {
        return new EventJson<>(EventShape.of(signal));
    }

    /**
     * Reads data from JSON. Trailing content is an error.
     *
     * @throws EventJsonException when the JSON does not fit
     */
    public T read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            return read(parser, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads data from the object at the parser's current token, or from the next one if the parser has not started.
     * Afterwards the current token is the object's end.
     *
     * @throws EventJsonException when the JSON does not fit
     * @throws UncheckedIOException when the parser's source fails
     */
    public T read(JsonParser parser) {
        return read(parser, false);
    }

    private T read(JsonParser parser, boolean toTheEnd) {
        JsonInput in = new JsonInput(parser, shape.type().containsPii());
        try {
            in.start();
            Object data = shape.type().readJson(in);
            if (toTheEnd) {
                in.requireEnd();
            }
            return shape.require(data);
        } catch (DataProblem problem) {
            throw EventJsonException.unreadable(shape.eventType(), problem);
        }
    }

    /**
     * The data as JSON, on one line.
     *
     * @throws EventJsonException when the data contain a value that cannot be written, such as null for a required value
     */
    public String write(T data) {
        return write(data, false);
    }

    /**
     * The data as JSON, with {@code ***} in place of components marked {@link dev.carillon.events.Pii}. For logs and
     * screens; it cannot be read back.
     *
     * @throws EventJsonException when the data contain a value that cannot be written
     */
    public String writeMasked(T data) {
        return write(data, true);
    }

    private String write(T data, boolean masksPii) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(data, new JsonOutput(generator, masksPii));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Writes the data as one value.
     *
     * @throws EventJsonException when the data contain a value that cannot be written; some output has been written by then
     * @throws UncheckedIOException when the generator's target fails
     */
    public void write(T data, JsonGenerator generator) {
        write(data, new JsonOutput(generator, false));
    }

    /**
     * As {@link #write(Object, JsonGenerator)}, masked as in {@link #writeMasked(Object)}.
     *
     * @throws EventJsonException when the data contain a value that cannot be written
     */
    public void writeMasked(T data, JsonGenerator generator) {
        write(data, new JsonOutput(generator, true));
    }

    private void write(T data, JsonOutput out) {
        try {
            shape.type().writeJson(shape.require(data), out);
        } catch (DataProblem problem) {
            throw EventJsonException.unwritable(shape.eventType(), problem);
        }
    }
}
