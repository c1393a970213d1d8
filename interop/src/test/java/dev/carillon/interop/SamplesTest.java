package dev.carillon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.EventCodec;
import dev.carillon.catalog.Catalog;
import dev.carillon.events.Signal;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples samples = Samples.ofThisRun(Set.of());

    @Test
    void eachEventOfTheBusHasASampleOfEachVariant() {
        Map<String, List<Variant>> variants = samples.all().stream()
                .collect(Collectors.groupingBy(
                        sample -> sample.signal().eventType(),
                        Collectors.mapping(Sample::variant, Collectors.toList())));

        assertThat(variants.keySet())
                .containsExactlyInAnyOrderElementsOf(Catalog.signals().all().stream()
                        .filter(signal -> signal.inProcessReason().isEmpty())
                        .map(Signal::eventType)
                        .toList());
        assertThat(variants.values()).allSatisfy(each -> assertThat(each).containsExactly(Variant.values()));
    }

    @Test
    void everyOptionalComponentIsPresentInOneSampleAndMissingInAnother() {
        Set<String> optional = new HashSet<>();
        Set<String> present = new HashSet<>();
        Set<String> missing = new HashSet<>();
        for (Sample<?> sample : samples.all()) {
            visit((Record) sample.data(), optional, present, missing);
        }
        assertThat(optional).hasSizeGreaterThan(70);
        assertThat(optional).as("never present").allMatch(present::contains);
        assertThat(optional).as("never missing").allMatch(missing::contains);
    }

    private static void visit(Record record, Set<String> optional, Set<String> present, Set<String> missing) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            @Nullable Object value = Components.read(component, record);
            if (Components.isOptional(component)) {
                String name = record.getClass().getSimpleName() + "." + component.getName();
                optional.add(name);
                boolean isDefault = value == null || value.equals(Components.defaultOf(component));
                (isDefault ? missing : present).add(name);
            }
            List<@Nullable Object> inside = new ArrayList<>();
            inside.add(value);
            if (value instanceof List<?> list) {
                inside.addAll(list);
            }
            for (@Nullable Object each : inside) {
                if (each instanceof Record nested) {
                    visit(nested, optional, present, missing);
                }
            }
        }
    }

    @Test
    void everySampleSurvivesTheCodec() {
        for (Sample<?> sample : samples.all()) {
            assertSurvives(sample);
        }
    }

    private static <T> void assertSurvives(Sample<T> sample) {
        Signal<T> signal = sample.signal();
        EventCodec<T> codec = EventCodec.of(signal);
        T decoded = codec.decode(codec.encode(sample.data()));
        assertThat(Tree.difference(DataTree.of(signal, sample.data()), DataTree.of(signal, decoded)))
                .as("%s %s", signal.eventType(), sample.variant())
                .isEmpty();
    }

    @Test
    void everySignalHasAKeyField() {
        assertThat(Samples.busSignals())
                .allSatisfy(
                        signal -> assertThat(KeyFields.of(signal)).contains(".").doesNotEndWith("."));
        assertThat(Arrays.asList("certificate.user.id", "course_passing_status.course.course_key"))
                .isSubsetOf(Samples.busSignals().stream().map(KeyFields::of).toList());
    }
}
