package dev.carillon.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.carillon.events.internal.Shown;
import java.io.UncheckedIOException;

/** How the command reads and writes JSON. Thread-safe. */
final class Json {

    /** Takes text of any length, because it is in memory already, and NaN as Python writes it. The depth stays limited. */
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .build();

    /** As Python writes objects: one line, with a space after each colon and comma. */
    private static final ObjectWriter ONE_LINE =
            MAPPER.writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withRootSeparator("")
                            .withObjectFieldValueSpacing(Spacing.AFTER)
                            .withObjectEntrySpacing(Spacing.AFTER)
                            .withArrayValueSpacing(Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(DefaultPrettyPrinter.NopIndenter.instance)
                    .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance));

    private Json() {}

    /** An empty object, to be filled by the caller. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A value that is JSON already. It is written as it is. */
    static RawValue raw(String json) {
        return new RawValue(json);
    }

    /** A Java value, such as a list or a map, as JSON. */
    static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The object on one line, safe for a terminal: control characters and halves of surrogate pairs are escaped. */
    static String toLine(ObjectNode object) {
        try {
            // Such characters occur only inside JSON strings, where the escape means the same.
            return Shown.escaped(ONE_LINE.writeValueAsString(object));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
