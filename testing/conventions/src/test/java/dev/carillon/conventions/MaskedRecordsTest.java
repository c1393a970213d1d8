package dev.carillon.conventions;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import dev.carillon.events.keys.CcxLocator;
import dev.carillon.events.keys.CourseKey;
import dev.carillon.events.keys.UsageKey;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No record of any module has personal data in its {@code toString}. */
class MaskedRecordsTest {

    /** A record that the rule must find. */
    record Unmasked(@Pii String username, int id) {}

    static Stream<Class<?>> recordsWithPersonalData() {
        return Project.THIS.modules().stream()
                .flatMap(module -> Project.THIS.mainClasses(module).stream())
                .filter(JavaClass::isRecord)
                .<Class<?>>map(JavaClass::reflect)
                .filter(MaskedRecordsTest::hasPersonalData)
                .sorted(comparing(Class::getName));
    }

    private static boolean hasPersonalData(Type type) {
        return hasPersonalData(type, new HashSet<>());
    }

    /** Records may contain themselves. */
    private static boolean hasPersonalData(Type type, Set<Type> seen) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).anyMatch(each -> hasPersonalData(each, seen));
        }
        return type instanceof Class<?> record
                && record.isRecord()
                && seen.add(record)
                && Arrays.stream(record.getRecordComponents())
                        .anyMatch(each ->
                                each.isAnnotationPresent(Pii.class) || hasPersonalData(each.getGenericType(), seen));
    }

    @ParameterizedTest
    @MethodSource("recordsWithPersonalData")
    void toStringContainsNoPersonalData(Class<?> record) throws ReflectiveOperationException {
        Object instance = instance(record);

        assertThat(Masked.values(instance))
                .isNotEmpty()
                .allSatisfy(personal -> assertThat(instance.toString()).doesNotContain(personal));
    }

    @Test
    void theRuleFindsTheRecordsOfTheCatalogAndOneWithoutAMask() throws ReflectiveOperationException {
        assertThat(recordsWithPersonalData())
                .extracting(Class::getSimpleName)
                .contains("UserPersonalData", "UserData", "CertificateData", "TrackingLogData");
        assertThat(hasPersonalData(Unmasked.class)).isTrue();
        Object unmasked = instance(Unmasked.class);
        assertThat(unmasked.toString()).contains(Masked.values(unmasked));
    }

    /** An instance with a different text in each component. */
    private static Object instance(Class<?> record) throws ReflectiveOperationException {
        RecordComponent[] components = record.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(components[i].getGenericType(), record.getSimpleName() + "-value-" + i);
        }
        Constructor<?> constructor = record.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new AssertionError(record.getName() + " needs another sample", e.getCause());
        }
    }

    private static Object value(Type type, String text) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Object item = value(arguments[arguments.length - 1], text + "-item");
            return generic.getRawType() == Map.class ? Map.of(text + "-key", item) : List.of(item);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return instance(plain);
        }
        return Stream.<Object>of(
                        text,
                        true,
                        7,
                        77L,
                        1.5,
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        InputStream.nullInputStream(),
                        UUID.randomUUID(),
                        OffsetDateTime.parse("2024-01-02T03:04:05Z"),
                        Instant.EPOCH,
                        CourseKey.parse("course-v1:edX+DemoX+1"),
                        CcxLocator.parse("ccx-v1:edX+DemoX+1+ccx@7"),
                        UsageKey.parse("block-v1:edX+DemoX+1+type@html+block@1"))
                .filter(each -> wrapped(plain).isInstance(each))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no sample of " + plain));
    }

    private static Class<?> wrapped(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }
}
