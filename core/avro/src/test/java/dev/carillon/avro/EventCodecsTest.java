package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.Conformance.Vector;
import dev.carillon.catalog.Catalog;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventCodecsTest {

    /** Their keys were free text before release 10.0.0, which is read, and not written again. */
    private static final Set<String> FREE_TEXT = Stream.of("collection", "container")
            .flatMap(each -> Stream.of("created", "updated", "deleted")
                    .map(what -> "org.openedx.content_authoring.content_library." + each + "." + what + ".v1"))
            .collect(Collectors.toSet());

    @Test
    void eachCodecIsMadeOnce() {
        EventCodecs codecs = new EventCodecs();

        assertThat(codecs.of(LearningSignals.CERTIFICATE_CREATED))
                .isSameAs(codecs.of(LearningSignals.CERTIFICATE_CREATED))
                .isNotSameAs(codecs.of(LearningSignals.CERTIFICATE_REVOKED));
        assertThat(codecs.of(LearningSignals.CERTIFICATE_CREATED).signal())
                .isSameAs(LearningSignals.CERTIFICATE_CREATED);
    }

    @Test
    void oneCodecServesManyThreadsFromItsFirstUseOn() {
        List<Vector> vectors = Conformance.vectors("old-release-vectors.jsonl");
        EventCodecs codecs = new EventCodecs();

        IntStream.range(0, 20_000).parallel().forEach(i -> {
            Vector vector = vectors.get(i % vectors.size());
            Signal<?> signal = Catalog.signals().get(vector.eventType());
            assertReadAsExpected(codecs.of(signal), vector);
        });
    }

    private static <T> void assertReadAsExpected(EventCodec<T> codec, Vector vector) {
        T data = codec.decode(vector.avro(), LibraryVersion.parse(vector.text("sourcelib")));
        assertThat(Conformance.json(codec.json().write(data))).isEqualTo(vector.json("expect"));
        if (!FREE_TEXT.contains(vector.eventType())) {
            assertThat(codec.encode(data)).isEqualTo(codec.encode(data));
        }
    }

    @Test
    void moreSchemasThanAreKeptAreStillRead() {
        EventCodec<Long> codec = EventCodec.of(Signal.of("org.example.count.v1", "count", Long.class));
        byte[] bytes = codec.encode(7L);

        for (int i = 0; i < 1_000; i++) {
            EventSchema schema = EventSchema.parse("{\"type\": \"record\", \"name\": \"R" + i
                    + "\", \"fields\": [{\"name\": \"count\", \"type\": \"long\"}]}");
            assertThat(codec.decode(bytes, schema)).isEqualTo(7);
        }
    }
}
