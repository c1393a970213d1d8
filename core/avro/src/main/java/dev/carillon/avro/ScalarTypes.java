package dev.carillon.avro;

import dev.carillon.events.keys.KeyKind;
import dev.carillon.events.keys.OpaqueKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The classes that are one value on the wire, and the replacements for unsupported ones. */
final class ScalarTypes {

    private static final Map<Class<?>, DataType> TYPES = Map.ofEntries(
            Map.entry(boolean.class, BooleanType.INSTANCE),
            Map.entry(Boolean.class, BooleanType.INSTANCE),
            Map.entry(int.class, IntType.INSTANCE),
            Map.entry(Integer.class, IntType.INSTANCE),
            Map.entry(long.class, LongType.INSTANCE),
            Map.entry(Long.class, LongType.INSTANCE),
            Map.entry(double.class, DoubleType.INSTANCE),
            Map.entry(Double.class, DoubleType.INSTANCE),
            Map.entry(String.class, StringType.INSTANCE),
            Map.entry(byte[].class, BytesType.ARRAY),
            Map.entry(ByteBuffer.class, BytesType.BUFFER),
            Map.entry(OffsetDateTime.class, TimeType.INSTANCE),
            Map.entry(Instant.class, InstantType.INSTANCE),
            Map.entry(UUID.class, UuidType.INSTANCE));

    private ScalarTypes() {}

    static DataType of(Class<?> type) {
        return find(type).orElseThrow(() -> unsupported(type));
    }

    /** The wire format of a class; empty when it has none. */
    static Optional<DataType> find(Class<?> type) {
        return Optional.ofNullable(TYPES.get(type)).or(() -> KeyKind.of(type).map(KeyType::of));
    }

    static UnsupportedTypeException unsupported(Class<?> type) {
        return new UnsupportedTypeException(type.getTypeName() + " is not supported: " + insteadOf(type));
    }

    private static String insteadOf(Class<?> type) {
        if (type == List.class) {
            return "name what the list holds, as in List<String>";
        }
        if (type == Map.class) {
            return "name what the map holds, as in Map<String, String>";
        }
        if (Iterable.class.isAssignableFrom(type) || type.isArray()) {
            return "use List";
        }
        if (Map.class.isAssignableFrom(type)) {
            return "use Map";
        }
        if (type == Optional.class) {
            return "mark the component @Nullable";
        }
        if (type.isEnum()) {
            return "the wire format has no enums, use String, or give the signal a serializer: signal.withSerializers(TypeSerializer.ofEnum("
                    + type.getSimpleName() + ".class))";
        }
        if (type == float.class || type == Float.class) {
            return "use double";
        }
        if (type.isPrimitive() || type == Short.class || type == Byte.class || type == Character.class) {
            return "use int, long or String";
        }
        if (type == BigDecimal.class) {
            return "use long, double or String, or give the signal a serializer:"
                    + " signal.withSerializers(TypeSerializer.decimal())";
        }
        if (type == BigInteger.class) {
            return "use long, double or String";
        }
        if (Temporal.class.isAssignableFrom(type) || Date.class.isAssignableFrom(type)) {
            return "use OffsetDateTime or Instant";
        }
        if (OpaqueKey.class.isAssignableFrom(type)) {
            return "use one of "
                    + Arrays.stream(KeyKind.values())
                            .map(kind -> kind.type().getSimpleName())
                            .collect(Collectors.joining(", "));
        }
        if (Arrays.stream(type.getAnnotations())
                .anyMatch(each -> each.annotationType().getName().equals("kotlin.Metadata"))) {
            return "annotate the Kotlin data class with @JvmRecord";
        }
        return "use a record, boolean, int, long, double, String, byte[], ByteBuffer, List, Map, OffsetDateTime, Instant,"
                + " UUID or an opaque key such as CourseKey, or give the signal a TypeSerializer for the class";
    }
}
