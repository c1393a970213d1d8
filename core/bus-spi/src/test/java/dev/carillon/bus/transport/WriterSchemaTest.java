package dev.carillon.bus.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WriterSchemaTest {

    private final AtomicInteger calls = new AtomicInteger();
    private final WriterSchema schema = new WriterSchema("\"long\"");

    private StringBuilder parse(String text) {
        calls.incrementAndGet();
        return new StringBuilder(text);
    }

    @Test
    void theTextIsParsedOnceAndTheResultIsAlwaysTheSameObject() {
        StringBuilder first = schema.parsed(StringBuilder.class, this::parse);

        assertThat(schema.parsed(StringBuilder.class, this::parse)).isSameAs(first);
        assertThat(first).hasToString("\"long\"");
        assertThat(calls).hasValue(1);
    }

    @Test
    void aFailedParseIsRepeatedByTheNextCall() {
        assertThatThrownBy(() -> schema.parsed(StringBuilder.class, text -> {
                    throw new IllegalArgumentException("no schema");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no schema");

        assertThat(schema.parsed(StringBuilder.class, this::parse)).hasToString("\"long\"");
    }

    @Test
    void schemasOfTheSameTextAreDifferent() {
        assertThat(new WriterSchema(schema.text())).isNotEqualTo(schema);
    }
}
