package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.events.Signal;
import org.junit.jupiter.api.Test;

class AvroBufferTest {

    record Text(String text) {}

    private final EventCodec<Text> codec = EventCodec.of(Signal.of("org.example.text.v1", "data", Text.class));

    @Test
    void takesOneEventBehindTheOtherAndWhatMustStandBeforeThem() {
        AvroBuffer buffer = new AvroBuffer();
        buffer.append(new byte[] {0, 0, 0, 0, 42});
        codec.encode(new Text("a"), buffer);
        codec.encode(new Text("b"), buffer);

        assertThat(buffer.toByteArray()).containsExactly(0, 0, 0, 0, 42, 2, 'a', 2, 'b');
        assertThat(buffer.size()).isEqualTo(9);
    }

    @Test
    void canBeUsedAgain() {
        AvroBuffer buffer = new AvroBuffer();
        codec.encode(new Text("a"), buffer);
        byte[] first = buffer.toByteArray();
        buffer.clear();
        codec.encode(new Text("b"), buffer);

        assertThat(first).containsExactly(2, 'a');
        assertThat(buffer.toByteArray()).containsExactly(2, 'b');
    }

    @Test
    void growsAsNeeded() {
        AvroBuffer buffer = new AvroBuffer(0);
        for (int i = 0; i < 1_000; i++) {
            codec.encode(new Text("x".repeat(i)), buffer);
        }

        byte[] last = codec.encode(new Text("x".repeat(999)));
        assertThat(buffer.toByteArray()).endsWith(last);
    }
}
