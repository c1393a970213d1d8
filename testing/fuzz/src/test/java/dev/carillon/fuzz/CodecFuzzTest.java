package dev.carillon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventDataException;
import dev.carillon.avro.EventDecodeException;
import dev.carillon.avro.EventSchema;
import dev.carillon.events.LibraryVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Untrusted Avro: decodes to data, or throws an {@link EventDecodeException}. */
@Tag("thorough")
class CodecFuzzTest {

    /** The releases that inputs were recorded from, and a future one. */
    private static final List<LibraryVersion> RELEASES = Stream.concat(
                    Recorded.vectors("old-release-vectors.jsonl").map(Recorded.Vector::writer),
                    Stream.of(LibraryVersion.CURRENT, LibraryVersion.parse("99.0.0")))
            .distinct()
            .sorted()
            .toList();

    static Stream<byte[]> written() {
        return Stream.concat(Recorded.oneOfEachType(), Recorded.vectors("odd-vectors.jsonl"))
                .map(vector -> new Input.Writer()
                        .add(vector.place())
                        .rest(vector.avro())
                        .bytes());
    }

    /** An input is the index of a signal and a message value. */
    @MethodSource("written")
    @FuzzTest
    void dataUnderOurOwnSchema(byte[] bytes) {
        Input input = new Input(bytes);
        EventCodec<Object> codec = Recorded.codec(input.next());
        byte[] wire = input.rest();
        Object data;
        try {
            data = codec.decode(wire);
        } catch (EventDecodeException e) {
            assertThat(e).hasMessageStartingWith("Event " + codec.signal().eventType());
            return;
        }
        assertTravels(codec, data);
    }

    static Stream<byte[]> writtenByReleases() {
        return Stream.concat(Recorded.oneOfEachType(), Recorded.vectors("old-release-vectors.jsonl"))
                .map(vector -> new Input.Writer()
                        .add(vector.place())
                        .add(RELEASES.indexOf(vector.writer()))
                        .rest(vector.avro())
                        .bytes());
    }

    /** An input is the indexes of a signal and of a release, and a message value. */
    @MethodSource("writtenByReleases")
    @FuzzTest
    void dataOfAnyRelease(byte[] bytes) {
        Input input = new Input(bytes);
        EventCodec<Object> codec = Recorded.codec(input.next());
        LibraryVersion release = RELEASES.get(Byte.toUnsignedInt(input.next()) % RELEASES.size());
        Object data;
        try {
            data = codec.decode(input.rest(), release);
        } catch (EventDecodeException e) {
            return;
        }
        try {
            assertTravels(codec, data);
        } catch (EventDataException e) {
            // Where we have a key, old releases of some events had any text.
            assertThat(release).isLessThan(LibraryVersion.CURRENT);
        }
    }

    static Stream<byte[]> writtenUnderSchemas() {
        return Recorded.vectors("old-release-vectors.jsonl")
                .map(vector -> new Input.Writer()
                        .add(vector.place())
                        .block(vector.field("schema").asText())
                        .rest(vector.avro())
                        .bytes());
    }

    /** An input is the index of a signal, the schema that the registry returns, and a message value. */
    @MethodSource("writtenUnderSchemas")
    @FuzzTest
    void dataUnderAnySchema(byte[] bytes) {
        Input input = new Input(bytes);
        EventCodec<Object> codec = Recorded.codec(input.next());
        EventSchema writer;
        try {
            writer = EventSchema.parse(new Input(input.block()).restAsText());
        } catch (IllegalArgumentException e) {
            return;
        }
        try {
            codec.decode(input.rest(), writer);
        } catch (EventDecodeException e) {
            assertThat(e).hasMessageStartingWith("Event " + codec.signal().eventType());
        }
    }

    /**
     * Decoded data must encode and decode to the same data, and our own encoding must be reproduced byte by byte. The text
     * of an odd key may omit a part of it, as in Python; such keys are compared by their text.
     */
    static void assertTravels(EventCodec<Object> codec, Object data) {
        byte[] canonical = codec.encode(data);
        Object again = codec.decode(canonical);
        assertThat(codec.encode(again)).isEqualTo(canonical);
        assertThat(codec.decode(canonical)).isEqualTo(again);
        assertThat(codec.json().write(again)).isEqualTo(codec.json().write(data));
        assertThat(codec.json().read(codec.json().write(data))).isEqualTo(again);
        MaskedData.assertMasked(codec, data);
    }
}
