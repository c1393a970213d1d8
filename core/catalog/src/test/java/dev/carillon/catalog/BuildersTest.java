package dev.carillon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.catalog.Conformance.PythonClass;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.CourseData;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.events.keys.CourseKey;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuildersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<PythonClass> dataClasses() {
        return Conformance.dataClasses();
    }

    @Test
    void readLikeTheData() {
        UserData ada = UserData.builder()
                .id(42)
                .isActive(true)
                .pii(UserPersonalData.builder()
                        .username("ada")
                        .email("ada@example.org")
                        .name("Ada Lovelace")
                        .build())
                .build();
        CourseData course = CourseData.builder()
                .courseKey(CourseKey.parse("course-v1:edX+DemoX+2024"))
                .displayName("Demo")
                .build();

        CertificateData certificate = CertificateData.builder()
                .user(ada)
                .course(course)
                .mode("verified")
                .grade("0.85")
                .downloadUrl("https://example.org/certificates/1")
                .name("Ada Lovelace")
                .currentStatus("downloadable")
                .build();
        CertificateData revoked = certificate.toBuilder()
                .currentStatus("unavailable")
                .previousStatus("downloadable")
                .build();

        assertThat(certificate.previousStatus()).isEmpty();
        assertThat(course.end()).isNull();
        assertThat(revoked)
                .isEqualTo(new CertificateData(
                        ada,
                        course,
                        "verified",
                        "0.85",
                        "https://example.org/certificates/1",
                        "Ada Lovelace",
                        "unavailable",
                        "downloadable"));
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void giveTheDefaultsOfPython(PythonClass dataClass) {
        Object[] arguments = new Samples().arguments(dataClass.javaRecord());

        Record made = build(required(dataClass, arguments));

        RecordComponent[] components = dataClass.javaRecord().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            JsonNode defaultValue = dataClass.fields().get(i).defaultValue();
            Object actual = invoke(components[i].getAccessor(), made);
            if (defaultValue == null) {
                assertThat(actual).as(components[i].toString()).isEqualTo(arguments[i]);
            } else {
                assertThat(JSON.<JsonNode>valueToTree(actual))
                        .as(components[i].toString())
                        .isEqualTo(defaultValue);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void putEachValueWhereItBelongs(PythonClass dataClass) {
        Object[] arguments = new Samples().arguments(dataClass.javaRecord());
        RecordComponent[] components = dataClass.javaRecord().getRecordComponents();

        Object builder = required(dataClass, arguments);
        for (int i = 0; i < components.length; i++) {
            if (!dataClass.fields().get(i).isRequired()) {
                builder = call(builder, components[i], arguments[i]);
            }
        }

        assertThat(build(builder)).isEqualTo(Samples.construct(dataClass.javaRecord(), arguments));
    }

    @ParameterizedTest
    @MethodSource("dataClasses")
    void copyARecordWithOneChange(PythonClass dataClass) {
        Samples samples = new Samples();
        Object[] arguments = samples.arguments(dataClass.javaRecord());
        Record original = Samples.construct(dataClass.javaRecord(), arguments);
        Method toBuilder = method(dataClass.javaRecord(), "toBuilder");
        RecordComponent[] components = dataClass.javaRecord().getRecordComponents();

        assertThat(build(invoke(toBuilder, original))).isEqualTo(original);
        for (int i = 0; i < components.length; i++) {
            Object[] changed = arguments.clone();
            changed[i] = arguments[i] instanceof Boolean was ? !was : samples.value(components[i].getGenericType());

            Record copy = build(call(invoke(toBuilder, original), components[i], changed[i]));

            assertThat(copy).isEqualTo(Samples.construct(dataClass.javaRecord(), changed));
            assertThat(copy).isNotEqualTo(original);
        }
    }

    /** Each stage has one method, the next required component: so none can be left out, primitive or not. */
    @ParameterizedTest
    @MethodSource("dataClasses")
    void doNotCompileWithoutARequiredComponent(PythonClass dataClass) {
        RecordComponent[] components = dataClass.javaRecord().getRecordComponents();
        List<RecordComponent> required = IntStream.range(0, components.length)
                .filter(i -> dataClass.fields().get(i).isRequired())
                .mapToObj(i -> components[i])
                .toList();

        Class<?> stage = method(dataClass.javaRecord(), "builder").getReturnType();
        for (RecordComponent component : required) {
            assertThat(stage.getMethods()).extracting(Method::getName).containsExactly(component.getName());
            stage = method(stage, component.getName(), component.getType()).getReturnType();
        }

        Stream<String> optional = Arrays.stream(components)
                .filter(component -> !required.contains(component))
                .map(RecordComponent::getName);
        assertThat(stage.getMethods())
                .extracting(Method::getName)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(optional, Stream.of("build", "builder")).toList());
    }

    /** The last stage, or the builder, with the required components set. */
    private static Object required(PythonClass dataClass, Object[] arguments) {
        RecordComponent[] components = dataClass.javaRecord().getRecordComponents();
        Object stage = invoke(method(dataClass.javaRecord(), "builder"), null);
        for (int i = 0; i < components.length; i++) {
            if (dataClass.fields().get(i).isRequired()) {
                stage = call(stage, components[i], arguments[i]);
            }
        }
        return stage;
    }

    private static Object call(Object stage, RecordComponent component, Object value) {
        return invoke(method(typeOf(stage), component.getName(), component.getType()), stage, value);
    }

    private static Record build(Object lastStage) {
        return (Record) invoke(method(typeOf(lastStage), "build"), lastStage);
    }

    /** A stage is a lambda: its interface has the methods. */
    private static Class<?> typeOf(Object stage) {
        return stage.getClass().isHidden() ? stage.getClass().getInterfaces()[0] : stage.getClass();
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static Object invoke(Method method, @Nullable Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
