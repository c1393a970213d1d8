package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.events.DefaultValue;
import dev.carillon.events.Signal;
import dev.carillon.events.WireName;
import dev.carillon.events.keys.CourseLocator;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A type that the wire format does not support is refused when the codec is created; the message names the component and a supported type. */
class UnsupportedTypesTest {

    private static void assertRefused(Class<?> dataClass, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventCodec.of(Signal.of("org.example.wrong.v1", "data", dataClass)))
                .withMessageStartingWith("Data of event org.example.wrong.v1 cannot go over the wire: ")
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage())
                        .contains(parts));
    }

    @Test
    void typesThatAvroInPythonDoesNotHave() {
        record Fraction(float ratio) {}
        record Small(short count) {}
        record Initial(char initial) {}
        record Choice(TimeUnit unit) {}
        record Money(BigDecimal amount) {}
        record When(LocalDateTime time) {}
        record Maybe(Optional<String> text) {}
        record Where(CourseLocator course) {}
        record Any(Object value) {}

        assertRefused(Fraction.class, "Fraction.ratio: float is not supported: use double");
        assertRefused(Small.class, "Small.count: short is not supported: use int, long or String");
        assertRefused(Initial.class, "Initial.initial: char is not supported: use int, long or String");
        assertRefused(Choice.class, "Choice.unit", "TimeUnit is not supported", "no enums, use String");
        assertRefused(Money.class, "Money.amount", "BigDecimal is not supported: use long, double or String");
        assertRefused(When.class, "When.time", "LocalDateTime is not supported: use OffsetDateTime or Instant");
        assertRefused(Maybe.class, "Maybe.text", "Optional is not supported: mark the component @Nullable");
        assertRefused(Where.class, "Where.course", "CourseLocator is not supported: use one of CourseKey, UsageKey");
        assertRefused(Any.class, "Any.value: java.lang.Object is not supported: use a record, boolean");
        assertRefused(Object.class, "java.lang.Object is not supported");
    }

    @SuppressWarnings({"rawtypes", "ArrayRecordComponent"}) // what is refused
    @Test
    void collectionsThatAreNoListOrMapOfKnownItems() {
        record Unique(Set<String> names) {}
        record Several(Collection<String> names) {}
        record Array(long[] ids) {}
        record Raw(List names) {}
        record RawMap(Map names) {}
        record Unknown(List<?> names) {}
        record Generic<T>(T name) {}
        record Numbered(Map<Long, String> names) {}
        record Gaps(List<@Nullable String> names) {}
        record Holes(Map<String, @Nullable String> names) {}
        record Deep(Map<String, List<Set<String>>> names) {}

        assertRefused(Unique.class, "Unique.names: java.util.Set is not supported: use List");
        assertRefused(Several.class, "Several.names: java.util.Collection is not supported: use List");
        assertRefused(Array.class, "Array.ids: long[] is not supported: use List");
        assertRefused(Raw.class, "Raw.names", "name what the list holds, as in List<String>");
        assertRefused(RawMap.class, "RawMap.names", "name what the map holds");
        assertRefused(Unknown.class, "Unknown.names: ? is no class");
        assertRefused(Generic.class, "Generic.name: T is no class");
        assertRefused(Numbered.class, "Numbered.names: the keys of a map must be String, but are java.lang.Long");
        assertRefused(Gaps.class, "Gaps.names", "cannot be null on the wire", "leave the inner @Nullable out");
        assertRefused(Holes.class, "Holes.names", "cannot be null on the wire");
        assertRefused(Deep.class, "Deep.names: java.util.Set is not supported: use List");
    }

    record Parent(String name, @Nullable Child child) {}

    record Child(List<Parent> parents) {}

    @Test
    void recordsThatHoldThemselves() {
        assertRefused(Parent.class, "Child.parents: it contains itself", "use an id instead");
    }

    static final class One {
        record Course(long id) {}
    }

    static final class Two {
        record Course(String id) {}
    }

    record CloudEvent(long id) {}

    @Test
    void twoRecordsOfOneName() {
        record Both(One.Course first, Two.Course second) {}

        assertRefused(Both.class, "Both.second: two records are named Course", "One$Course", "Two$Course", "rename");
        assertRefused(CloudEvent.class, "two records are named CloudEvent");
    }

    @Test
    void namesThatAvroDoesNotHave() {
        record Umlaut(@WireName("größe") String size) {}
        record Spaced(@WireName("two words") String text) {}
        record Twice(String text, @WireName("text") String again) {}

        assertRefused(Umlaut.class, "Umlaut.size: 'größe' cannot be a name in an Avro schema", "@WireName");
        assertRefused(Spaced.class, "'two words' cannot be a name");
        assertRefused(Twice.class, "Twice.again: another component is also named text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventCodec.of(Signal.of("org.example.wrong.v1", "two words", One.Course.class)))
                .withMessageContaining("'two words' cannot be a name");
    }

    @Test
    void defaultsThatDoNotFit() {
        record Count(@DefaultValue("many") long count) {}
        record Items(@DefaultValue("[1]") List<Long> items) {}
        record Nothing(@DefaultValue("") @Nullable String text) {}
        record Truth(@DefaultValue("yes") boolean flag) {}

        assertRefused(Count.class, "Count.count: @DefaultValue(\"many\")", "must be a whole number");
        assertRefused(Items.class, "Items.items", "of lists only []");
        assertRefused(Nothing.class, "Nothing.text: the default of a @Nullable component is null");
        assertRefused(Truth.class, "Truth.flag", "must be true or false");
    }

    @SuppressWarnings({"NullablePrimitive", "NullablePrimitiveArray", "ArrayRecordComponent"}) // what is refused
    @Test
    void nullWhereItCannotBe() {
        record Primitive(@Nullable long count) {}
        record Bytes(@Nullable byte[] bytes) {}

        assertRefused(Primitive.class, "Primitive.count: a primitive is never null");
        assertRefused(Bytes.class, "Bytes.bytes", "byte @Nullable []");
    }
}
