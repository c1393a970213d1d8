package dev.carillon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventEncodeException;
import dev.carillon.avro.EventJsonException;
import dev.carillon.events.EventMetadata;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Untrusted JSON: data or an {@link EventJsonException}; metadata or an {@link IllegalArgumentException}. */
@Tag("thorough")
class JsonFuzzTest {

    static Stream<byte[]> data() {
        return Stream.concat(Recorded.oneOfEachType(), Recorded.vectors("odd-vectors.jsonl"))
                .map(vector -> new Input.Writer()
                        .add(vector.place())
                        .rest(vector.json())
                        .bytes());
    }

    /** An input is the index of a signal, and a text. */
    @MethodSource("data")
    @FuzzTest
    void eventData(byte[] bytes) {
        Input input = new Input(bytes);
        EventCodec<Object> codec = Recorded.codec(input.next());
        Object data;
        try {
            data = codec.json().read(input.restAsText());
        } catch (EventJsonException e) {
            assertThat(e).hasMessageStartingWith("Event " + codec.signal().eventType());
            return;
        }
        String written = codec.json().write(data);
        assertThat(codec.json().write(codec.json().read(written))).isEqualTo(written);
        try {
            codec.encode(data);
        } catch (EventEncodeException e) {
            return; // JSON takes halves of characters, which UTF-8 does not
        }
        CodecFuzzTest.assertTravels(codec, data);
    }

    static Stream<byte[]> metadata() {
        return Recorded.oneOfEachType()
                .map(vector -> vector.field("metadata").toString())
                .limit(10)
                .map(text -> new Input.Writer().rest(text).bytes());
    }

    /** An input is a text. */
    @MethodSource("metadata")
    @FuzzTest
    void metadata(byte[] bytes) {
        EventMetadata metadata;
        try {
            metadata = EventMetadata.fromJson(new Input(bytes).restAsText());
        } catch (IllegalArgumentException e) {
            assertThat(e.getClass()).isEqualTo(IllegalArgumentException.class);
            return;
        }
        assertThat(EventMetadata.fromJson(metadata.toJson())).isEqualTo(metadata);
    }
}
