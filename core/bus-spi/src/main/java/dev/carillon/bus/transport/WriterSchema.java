package dev.carillon.bus.transport;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The schema that wrote the data of messages, as its text. A transport makes one instance for each schema and gives it to all
 * messages of that schema: what is derived from the text is kept in the instance, so that nothing is parsed or looked up for
 * each event, and it is garbage together with the instance. Equal only to itself. Thread-safe.
 */
public final class WriterSchema {

    private final String text;
    private volatile @Nullable Object parsed;

    /** Creates a schema; does not parse it. */
    public WriterSchema(String text) {
        this.text = text;
    }

    /** The schema in JSON, as Avro defines it. */
    public String text() {
        return text;
    }

    /**
     * Returns the result of parsing the text. Only the first call that succeeds parses; all callers must use the same parser.
     * Other threads wait meanwhile.
     *
     * @throws RuntimeException the parser's own exception when the text is invalid; a later call parses again
     */
    public <T> T parsed(Class<T> type, Function<String, T> parser) {
        Object known = parsed;
        return type.cast(known == null ? parse(parser) : known);
    }

    private synchronized Object parse(Function<String, ?> parser) {
        Object result = parsed;
        if (result == null) {
            result = parser.apply(text);
            parsed = result;
        }
        return result;
    }

    /** The text of the schema. */
    @Override
    public String toString() {
        return text;
    }
}
