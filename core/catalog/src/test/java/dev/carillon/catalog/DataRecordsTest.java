package dev.carillon.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.catalog.Conformance.Field;
import dev.carillon.catalog.Conformance.PythonClass;
import dev.carillon.catalog.learning.CourseNotificationData;
import dev.carillon.catalog.learning.ORASubmissionAnswer;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.WireNames;
import dev.carillon.events.keys.CourseKey;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataRecordsTest {

    private static final Map<String, String> JAVA_NAMES = Map.of(
            "str", "String",
            "int", "Long",
            "float", "Double",
            "bool", "Boolean",
            "datetime", "OffsetDateTime",
            "dict", "Map",
            "CCXLocator", "CcxLocator",
            "BinaryIO", "InputStream");
    private static final Map<Class<?>, String> BOXED =
            Map.of(long.class, "Long", double.class, "Double", boolean.class, "Boolean");
    private static final Pattern PACKAGE = Pattern.compile("\\b[a-z_.]+\\.(?=[A-Z])");

    static Stream<PythonClass> dataClasses() {
        return Conformance.dataClasses();
    }

    @Test
    void areThoseOfPythonAndNoOthers() throws IOException, URISyntaxException {
        assertThat(Conformance.differences(Conformance.recordNames(), recordsOfTheCatalog()))
                .isEmpty();
        assertThat(Conformance.recordNames()).isNotEmpty().doesNotHaveDuplicates();
    }

    /** The full names of all public records that are compiled in this module. */
    private static List<String> recordsOfTheCatalog() throws IOException, URISyntaxException {
        Path classes = Path.of(Catalog.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.'))
                    .filter(name -> !name.equals("module-info") && isPublicRecord(name))
                    .toList();
        }
    }

    private static boolean isPublicRecord(String name) {
        try {
            Class<?> type = Class.forName(name, false, Catalog.class.getClassLoader());
            return type.isRecord() && Modifier.isPublic(type.getModifiers());
        } catch (ClassNotFoundException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void haveTheFieldsOfPythonInWireOrder(PythonClass dataClass) {
        assertThat(components(dataClass))
                .extracting(WireNames::of)
                .containsExactlyElementsOf(
                        dataClass.fields().stream().map(Field::name).toList());
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void haveTheTypesOfPython(PythonClass dataClass) {
        assertThat(components(dataClass))
                .extracting(DataRecordsTest::typeName)
                .containsExactlyElementsOf(dataClass.fields().stream()
                        .map(field -> javaName(field.type()))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void useBoxedNumbersOnlyWhereNullIsPossible(PythonClass dataClass) {
        List<RecordComponent> components = components(dataClass);
        for (int i = 0; i < components.size(); i++) {
            boolean simple = List.of("int", "float", "bool")
                    .contains(dataClass.fields().get(i).type());
            assertThat(components.get(i).getType().isPrimitive())
                    .as("%s is primitive", components.get(i))
                    .isEqualTo(simple && !dataClass.fields().get(i).isNullable());
        }
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void areNullableExactlyWhereTheDefaultIsNone(PythonClass dataClass) {
        assertThat(components(dataClass))
                .extracting(DataRecordsTest::isNullable)
                .containsExactlyElementsOf(
                        dataClass.fields().stream().map(Field::isNullable).toList());
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void declareTheOtherDefaults(PythonClass dataClass) {
        assertThat(components(dataClass))
                .extracting(DataRecordsTest::declaredDefault)
                .containsExactlyElementsOf(
                        dataClass.fields().stream().map(Field::defaultText).toList());
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void refuseNullNamingRecordAndComponent(PythonClass dataClass) {
        Object[] arguments = new Samples().arguments(dataClass.javaRecord());
        List<RecordComponent> components = components(dataClass);
        for (int i = 0; i < arguments.length; i++) {
            RecordComponent component = components.get(i);
            @Nullable Object[] withNull = arguments.clone();
            withNull[i] = null;
            if (isNullable(component)) {
                Record made = Samples.construct(dataClass.javaRecord(), withNull);
                assertThat(read(made, component)).isNull();
            } else if (!component.getType().isPrimitive()) {
                assertThatNullPointerException()
                        .as(component.toString())
                        .isThrownBy(() -> Samples.construct(dataClass.javaRecord(), withNull))
                        .withMessage(dataClass.javaRecord().getSimpleName() + "." + component.getName()
                                + " must not be null");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void refuseNullInsideListsAndMaps(PythonClass dataClass) {
        Object[] arguments = new Samples().arguments(dataClass.javaRecord());
        for (int i = 0; i < arguments.length; i++) {
            Object[] withNull = arguments.clone();
            String name = dataClass.javaRecord().getSimpleName() + "."
                    + components(dataClass).get(i).getName();
            if (arguments[i] instanceof List<?> list) {
                List<@Nullable Object> changed = new ArrayList<>(list);
                changed.set(1, null);
                withNull[i] = changed;
                assertThatNullPointerException()
                        .isThrownBy(() -> Samples.construct(dataClass.javaRecord(), withNull))
                        .withMessage(name + "[1] must not be null");
            } else if (arguments[i] instanceof Map<?, ?> map) {
                Map<Object, @Nullable Object> changed = new HashMap<>(map);
                changed.put("none", null);
                withNull[i] = changed;
                assertThatNullPointerException()
                        .isThrownBy(() -> Samples.construct(dataClass.javaRecord(), withNull))
                        .withMessage(name + "[\"none\"] must not be null");

                Map<@Nullable Object, Object> nullKey = new HashMap<>(map);
                nullKey.put(null, map.values().iterator().next());
                withNull[i] = nullKey;
                assertThatNullPointerException()
                        .isThrownBy(() -> Samples.construct(dataClass.javaRecord(), withNull))
                        .withMessage(name + " must not have a null key");
            }
        }
    }

    @Test
    void sayWhereANullIsWhenListsAndMapsNest() {
        Map<String, @Nullable String> part = new HashMap<>();
        part.put("text", null);
        assertThatNullPointerException()
                .isThrownBy(() -> ORASubmissionAnswer.builder()
                        .parts(List.of(Map.of("text", "first"), nullsIn(part)))
                        .build())
                .withMessage("ORASubmissionAnswer.parts[1][\"text\"] must not be null");

        assertThatNullPointerException()
                .isThrownBy(() -> CourseNotificationData.builder()
                        .courseKey(CourseKey.parse("course-v1:edX+DemoX+2024"))
                        .appName("discussion")
                        .notificationType("new_discussion_post")
                        .contentUrl("https://example.org")
                        .audienceFilters(Map.of("cohorts", nullsIn(Arrays.asList("first", null))))
                        .build())
                .withMessage("CourseNotificationData.audienceFilters[\"cohorts\"][1] must not be null");
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void keepWhatTheyHoldWhenTheSourceChanges(PythonClass dataClass) {
        Object[] arguments = new Samples().arguments(dataClass.javaRecord());
        Record expected = Samples.construct(dataClass.javaRecord(), arguments.clone());
        Object[] mutable =
                Arrays.stream(arguments).map(DataRecordsTest::mutable).toArray();

        Record made = Samples.construct(dataClass.javaRecord(), mutable);
        Arrays.stream(mutable).forEach(DataRecordsTest::clear);

        assertThat(made).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void giveOutNothingThatCanBeChanged(PythonClass dataClass) {
        Object[] arguments = Arrays.stream(new Samples().arguments(dataClass.javaRecord()))
                .map(DataRecordsTest::mutable)
                .toArray();
        Record made = Samples.construct(dataClass.javaRecord(), arguments);

        components(dataClass).forEach(component -> assertUnmodifiable(read(made, component)));
    }

    /** Passes for what it is not, as data from code without null checks may. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the very mistake that is tested
    private static <T> T nullsIn(Object value) {
        return (T) value;
    }

    private static void assertUnmodifiable(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
            list.forEach(DataRecordsTest::assertUnmodifiable);
        } else if (value instanceof Map<?, ?> map) {
            assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
            map.values().forEach(DataRecordsTest::assertUnmodifiable);
        }
    }

    private static Object mutable(Object value) {
        if (value instanceof List<?> list) {
            return new ArrayList<>(list.stream().map(DataRecordsTest::mutable).toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new HashMap<>();
            map.forEach((key, inner) -> copy.put(key, mutable(inner)));
            return copy;
        }
        return value;
    }

    private static void clear(Object value) {
        if (value instanceof Collection<?> list) {
            list.forEach(DataRecordsTest::clear);
            list.clear();
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(DataRecordsTest::clear);
            map.clear();
        }
    }

    private static List<RecordComponent> components(PythonClass dataClass) {
        return List.of(dataClass.javaRecord().getRecordComponents());
    }

    private static @Nullable Object read(Record from, RecordComponent component) {
        try {
            return component.getAccessor().invoke(from);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static String typeName(RecordComponent component) {
        String boxed = BOXED.get(component.getType());
        return boxed != null
                ? boxed
                : PACKAGE.matcher(component.getGenericType().getTypeName()).replaceAll("");
    }

    /** {@code dict[str, List[learning.data.X]]} as {@code Map<String, List<X>>}. */
    private static String javaName(String pythonType) {
        String type =
                PACKAGE.matcher(pythonType).replaceAll("").replace('[', '<').replace(']', '>');
        return Pattern.compile("\\w+")
                .matcher(type)
                .replaceAll(word -> JAVA_NAMES.getOrDefault(word.group(), word.group()));
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable String declaredDefault(RecordComponent component) {
        DefaultValue value = component.getAnnotation(DefaultValue.class);
        return value == null ? null : value.value();
    }
}
