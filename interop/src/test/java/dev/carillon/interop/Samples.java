package dev.carillon.interop;

import dev.carillon.catalog.Catalog;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Test events of every type, each signal in several variants. The same seed produces the same samples. */
final class Samples {

    private final long seed;
    private final Set<String> without;

    private Samples(long seed, Set<String> without) {
        this.seed = seed;
        this.without = without;
    }

    /** The samples of this run, without these event types. Their seed is the system property {@code interop.seed}; 1 by default. */
    static Samples ofThisRun(Set<String> without) {
        return new Samples(Long.parseLong(System.getProperty("interop.seed", "1")), without);
    }

    /** The signals of the samples. */
    List<Signal<?>> signals() {
        return busSignals().stream()
                .filter(signal -> !without.contains(signal.eventType()))
                .toList();
    }

    long seed() {
        return seed;
    }

    /** The signals that may be sent over the bus. */
    static List<Signal<?>> busSignals() {
        return Catalog.signals().all().stream()
                .filter(signal -> signal.inProcessReason().isEmpty())
                .toList();
    }

    /** All samples, of every signal in every variant. */
    List<Sample<?>> all() {
        return signals().stream()
                .<Sample<?>>flatMap(signal -> of(signal).stream())
                .toList();
    }

    /** One sample of each excluded event type, to check that the broker refuses it. */
    List<Sample<?>> refused() {
        return busSignals().stream()
                .filter(signal -> without.contains(signal.eventType()))
                .<Sample<?>>map(signal -> of(signal, Variant.FULL))
                .toList();
    }

    /** The samples of a signal in every variant. */
    <T> List<Sample<T>> of(Signal<T> signal) {
        return Arrays.stream(Variant.values())
                .map(variant -> of(signal, variant))
                .toList();
    }

    /** The samples of every signal in one variant. */
    List<Sample<?>> of(Variant variant) {
        return signals().stream().<Sample<?>>map(signal -> of(signal, variant)).toList();
    }

    <T> Sample<T> of(Signal<T> signal, Variant variant) {
        Random random = new Random(Objects.hash(seed, signal.eventType(), variant.name()));
        T data = signal.dataClass().cast(new SampleMaker(variant, random).value(signal.dataClass()));
        return new Sample<>(signal, variant, data, metadata(signal, random));
    }

    private static EventMetadata metadata(Signal<?> signal, Random random) {
        return new EventMetadata(
                signal.eventType(),
                new UUID(random.nextLong(), random.nextLong()),
                SampleMaker.oneOf(List.of(0, 1, 7, Integer.MAX_VALUE), random),
                "openedx/" + SampleMaker.oneOf(List.of("ünï-教育", "x y", "credentials"), random) + "/web",
                SampleMaker.oneOf(List.of("höst.example", "\ud83c\udf93", "10.0.0.1"), random),
                Instant.parse(SampleMaker.oneOf(
                        List.of(
                                "0001-02-28T23:59:59.000001Z",
                                "1970-01-01T00:00:00Z",
                                "2024-02-29T12:00:00.123456789Z",
                                "9999-12-31T23:59:59.999999Z"),
                        random)),
                // future releases
                LibraryVersion.parse(SampleMaker.oneOf(List.of("11.2.1", "12.0", "12.10.3.1"), random)));
    }
}
