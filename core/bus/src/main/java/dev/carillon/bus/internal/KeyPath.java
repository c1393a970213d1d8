package dev.carillon.bus.internal;

import dev.carillon.events.Signal;
import dev.carillon.events.TypeSerializer;
import dev.carillon.events.WireNames;
import dev.carillon.events.internal.IsoTime;
import dev.carillon.events.internal.NearestNames;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path from event data to the event's key, such as {@code certificate.course.course_key}. Resolved once, then read for each
 * event without reflection. Immutable and thread-safe.
 */
public final class KeyPath {

    private static final MethodType OBJECT_TO_OBJECT = MethodType.methodType(Object.class, Object.class);

    private final String path;
    private final MethodHandle[] steps;
    private final @Nullable TypeSerializer<?> serializer;

    private KeyPath(String path, List<MethodHandle> steps, @Nullable TypeSerializer<?> serializer) {
        this.path = path;
        this.steps = steps.toArray(MethodHandle[]::new);
        this.serializer = serializer;
    }

    /**
     * Resolves the path.
     *
     * @throws IllegalArgumentException when a part of the path does not exist (the message suggests the nearest name), or when
     *     the path ends at a record, list, map or bytes, which cannot be a key
     */
    public static KeyPath of(Signal<?> signal, String path) {
        List<String> names = List.of(path.split("\\.", -1));
        if (signal.dataKey().isPresent() && !signal.dataKey().get().equals(names.get(0))) {
            throw unknown(
                    path, names.get(0), signal.eventType(), signal.dataKeys().keySet());
        }
        List<MethodHandle> steps = new ArrayList<>();
        Class<?> type = signal.dataClass();
        for (String name : names.subList(signal.dataKey().isPresent() ? 1 : 0, names.size())) {
            RecordComponent component = component(type, name, path);
            steps.add(accessor(type, component));
            type = component.getType();
        }
        TypeSerializer<?> serializer = serializer(signal, type);
        if (serializer == null
                && (type.isRecord()
                        || type.isArray()
                        || Collection.class.isAssignableFrom(type)
                        || Map.class.isAssignableFrom(type))) {
            throw new IllegalArgumentException("'" + path + "' leads to a " + type.getSimpleName()
                    + ", but a key must be one simple value, such as text, a number or a key");
        }
        return new KeyPath(path, steps, serializer);
    }

    private static @Nullable TypeSerializer<?> serializer(Signal<?> signal, Class<?> type) {
        return signal.serializers().stream()
                .filter(each -> each.type() == type)
                .findFirst()
                .orElse(null);
    }

    /** The name of the last part of the path. */
    public String field() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /**
     * Returns the value at the end of the path as it is sent: a {@code Long}, {@code Double} or {@code Boolean}, or else text.
     * Null when the value, or a part of the path before it, is null.
     */
    @Nullable
    public Object read(Object data) {
        Object value = data;
        try {
            for (MethodHandle step : steps) {
                value = (Object) step.invokeExact(value);
                if (value == null) {
                    return null;
                }
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Could not read " + path, e);
        }
        TypeSerializer<?> known = serializer;
        return known == null ? wireValue(value) : serialized(known, value);
    }

    private static <V> String serialized(TypeSerializer<V> serializer, Object value) {
        return serializer.serialize(serializer.type().cast(value));
    }

    private static Object wireValue(Object value) {
        if (value instanceof Long || value instanceof String || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number instanceof Float ? (Object) number.doubleValue() : (Object) number.longValue();
        }
        if (value instanceof OffsetDateTime time) {
            return IsoTime.format(time);
        }
        return value instanceof Instant time ? IsoTime.format(time.atOffset(ZoneOffset.UTC)) : value.toString();
    }

    private static RecordComponent component(Class<?> type, String name, String path) {
        RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        return Arrays.stream(components)
                .filter(candidate -> WireNames.of(candidate).equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        path,
                        name,
                        type.getSimpleName(),
                        Arrays.stream(components).map(WireNames::of).toList()));
    }

    private static MethodHandle accessor(Class<?> type, RecordComponent component) {
        KeyPath.class.getModule().addReads(type.getModule()); // a lookup in another module requires it
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .unreflect(component.getAccessor())
                    .asType(OBJECT_TO_OBJECT);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "Record " + type.getName()
                            + " cannot be read: its module must open its package to dev.carillon.bus",
                    e);
        }
    }

    private static IllegalArgumentException unknown(String path, String name, String place, Collection<String> known) {
        String has = known.isEmpty() ? ", which has no fields" : ", which has " + String.join(", ", known);
        return new IllegalArgumentException(
                "'" + path + "': there is no '" + name + "' in " + place + has + NearestNames.question(name, known));
    }

    @Override
    public String toString() {
        return path;
    }
}
