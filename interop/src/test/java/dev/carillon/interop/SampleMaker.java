package dev.carillon.interop;

import dev.carillon.events.keys.KeyKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Generates the values of one sample. */
final class SampleMaker {

    private final Variant variant;
    private final Random random;
    private int count;
    private int depth;

    SampleMaker(Variant variant, Random random) {
        this.variant = variant;
        this.random = random;
    }

    static <V> V oneOf(List<V> pool, Random random) {
        return pool.get(random.nextInt(pool.size()));
    }

    /** A value of a type that occurs in data records. */
    Object value(Type type) {
        count++;
        if (type instanceof ParameterizedType container) {
            Type[] arguments = container.getActualTypeArguments();
            return container.getRawType() == List.class ? items(arguments[0], size()) : map(arguments[1]);
        }
        Class<?> plain = (Class<?>) type;
        return plain.isRecord() ? record(plain) : scalar(plain);
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @Nullable
        Object[] values = Arrays.stream(components).map(this::component).toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("No " + type.getSimpleName() + " of " + Arrays.toString(values), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Cannot create a " + type, e);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        if (!Components.isOptional(component)) {
            return value(component.getGenericType());
        }
        boolean isPresent = switch (variant) {
            case FULL, LARGE, ODD -> true;
            case BARE, EMPTY -> false;
            case HOLLOW -> Components.holdsRecords(component);
            case MIXED, MIXED_AGAIN -> random.nextBoolean();
        };
        if (isPresent) {
            return value(component.getGenericType());
        }
        return variant == Variant.EMPTY ? empty(component) : Components.defaultOf(component);
    }

    /** The value of a type that is false in Python; the default for types without one. */
    private static @Nullable Object empty(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == boolean.class || type == Boolean.class) {
            return false;
        }
        if (type == long.class || type == Long.class) {
            return 0L;
        }
        if (type == Map.class) {
            return Map.of();
        }
        return type == List.class ? List.of() : type == String.class ? "" : Components.defaultOf(component);
    }

    private Object scalar(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        if (type == long.class || type == Long.class) {
            return number();
        }
        if (type == double.class) {
            return isOdd() ? oneOf(SampleValues.DOUBLES, random) : (Object) (count + 0.25);
        }
        if (type == String.class) {
            return text();
        }
        if (type == OffsetDateTime.class) {
            return time();
        }
        if (type == UUID.class) {
            return new UUID(random.nextLong(), random.nextLong());
        }
        KeyKind kind = Arrays.stream(KeyKind.values())
                .filter(each -> each.type() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No sample of " + type));
        return kind.parse(pick(SampleValues.keys(kind)));
    }

    private boolean isMixed() {
        return variant == Variant.MIXED || variant == Variant.MIXED_AGAIN;
    }

    private boolean isOdd() {
        return variant == Variant.ODD || (isMixed() && random.nextBoolean());
    }

    private <V> V pick(List<V> pool) {
        return isOdd() ? oneOf(pool, random) : pool.get(count % 2);
    }

    private List<Object> items(Type type, int size) {
        depth++;
        List<Object> items = IntStream.range(0, size).mapToObj(i -> value(type)).toList();
        depth--;
        return items;
    }

    private Map<String, Object> map(Type type) {
        List<String> keys = keys(size());
        List<Object> values = items(type, keys.size());
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }

    private List<String> keys(int size) {
        List<String> keys = new ArrayList<>(SampleValues.MAP_KEYS);
        Collections.shuffle(keys, random);
        for (int i = keys.size(); i < size; i++) {
            keys.add(oneOf(SampleValues.MAP_KEYS, random) + i);
        }
        return keys.subList(0, size);
    }

    private int size() {
        return switch (variant) {
            case LARGE -> depth == 0 ? 150 : 3;
            case BARE, EMPTY -> 0;
            case FULL, HOLLOW, ODD, MIXED, MIXED_AGAIN -> isOdd() ? random.nextInt(4) : 2;
        };
    }

    private Object number() {
        if (variant == Variant.LARGE) {
            return random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return isOdd() ? oneOf(SampleValues.NUMBERS, random) : Long.valueOf(1_000L + count);
    }

    private String text() {
        return switch (variant) {
            case LARGE ->
                random.ints(depth == 0 ? 2_000 : 80, 0, SampleValues.ALPHABET.length())
                        .mapToObj(i -> SampleValues.ALPHABET.substring(i, i + 1))
                        .collect(Collectors.joining());
            case EMPTY -> "";
            case FULL, BARE, HOLLOW, ODD, MIXED, MIXED_AGAIN ->
                isOdd() ? oneOf(SampleValues.TEXTS, random) : "text " + count;
        };
    }

    private OffsetDateTime time() {
        return OffsetDateTime.of(
                isOdd() ? oneOf(List.of(1, 1969, 2000, 9999), random) : 2024,
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60),
                oneOf(SampleValues.NANOSECONDS, random),
                isOdd() ? oneOf(SampleValues.OFFSETS, random) : ZoneOffset.UTC);
    }
}
