package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.events.Signal;
import dev.carillon.events.keys.CourseKey;
import dev.carillon.events.keys.UsageKey;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A key that was read before is found again, and is never taken for another. */
class RecentKeysTest {

    record Place(CourseKey course, UsageKey block) {}

    private final EventCodec<Place> codec = EventCodec.of(Signal.of("org.example.place.v1", "place", Place.class));

    private static Place place(int course, int block) {
        CourseKey key = CourseKey.parse("course-v1:edX+DemoX+run" + course);
        return new Place(key, UsageKey.of(key, "problem", "p".repeat(block % 150) + block));
    }

    @Test
    void theSameKeyIsTheSameObject() {
        byte[] bytes = codec.encode(place(1, 1));

        assertThat(codec.decode(bytes).course()).isSameAs(codec.decode(bytes).course());
    }

    @Test
    void manyKeysFromManyThreadsAreEachReadAsThemselves() {
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            Place place = place(i % 97, i % 1_009);
            assertThat(codec.decode(codec.encode(place))).isEqualTo(place);
        });
    }
}
