package dev.carillon.testkit;

import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import dev.carillon.events.WireNames;
import dev.carillon.events.internal.Annotated;
import dev.carillon.events.keys.KeyKind;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Realistic event data for tests, of every signal of the catalog and of users' own records.
 *
 * <pre>{@code
 * CertificateData certificate = Samples.of(CERTIFICATE_CREATED);      // the same in each run
 *
 * Samples samples = Samples.seeded(42);                               // several that differ
 * UserData ada = samples.next(UserData.class);
 * UserData ben = samples.next(UserData.class);
 * }</pre>
 *
 * <p>The values depend only on the seed, the data class and the calls before. Every component has a value, also an optional
 * one. Within one sample, all keys are of one course, and times are in a plausible order. Keys are valid; e-mail addresses and
 * URLs are at {@code example.org}, which belongs to nobody. A release of Carillon may change the values, so tests must not contain
 * them. Not thread-safe.
 */
public final class Samples {

    private final long seed;
    private final Random random;
    private final Map<Class<?>, Function<Random, ?>> sources;

    private Samples(long seed, Map<Class<?>, Function<Random, ?>> sources) {
        this.seed = seed;
        this.random = new Random(seed);
        this.sources = sources;
    }

    /**
     * The sample of a signal, always the same.
     *
     * @throws IllegalArgumentException as {@link #next(Class)}
     */
    public static <T> T of(Signal<T> signal) {
        return seeded(0).next(signal);
    }

    /** Samples that depend on a seed. */
    public static Samples seeded(long seed) {
        return new Samples(seed, Map.of());
    }

    /**
     * These samples from their first one on, but with the values of a class from this function. For classes that have a
     * {@link dev.carillon.events.TypeSerializer}, or a constructor that rejects arbitrary values.
     */
    public <V> Samples with(Class<V> type, Function<Random, ? extends V> source) {
        Map<Class<?>, Function<Random, ?>> all = new HashMap<>(sources);
        all.put(type, source);
        return new Samples(seed, Map.copyOf(all));
    }

    /**
     * The next sample of a signal's data.
     *
     * @throws IllegalArgumentException as {@link #next(Class)}
     */
    public <T> T next(Signal<T> signal) {
        return next(signal.dataClass());
    }

    /**
     * The next sample of a class: a record, or any class that a component of a record may have.
     *
     * @throws IllegalArgumentException when the class is of another kind, or its constructor rejects the values; the message names
     *     the component
     */
    @SuppressWarnings("unchecked") // the value is of this class, or of the wrapper of this primitive
    public <T> T next(Class<T> type) {
        return (T) valueOf(type, new SampleText(random, type.getSimpleName(), "", false), new SampleWorld(random));
    }

    private Object valueOf(Type type, SampleText text, SampleWorld world) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            Type item = generic.getActualTypeArguments()[0];
            return List.of(valueOf(item, text, world), valueOf(item, text, world));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            Type value = generic.getActualTypeArguments()[1];
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("first", valueOf(value, text, world));
            map.put("second", valueOf(value, text, world));
            return map;
        }
        if (type instanceof WildcardType wildcard) { // Kotlin's List<T>
            return valueOf(wildcard.getUpperBounds()[0], text, world);
        }
        Class<?> named = type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : type instanceof Class<?> plain ? plain : Object.class;
        Function<Random, ?> source = sources.get(named);
        if (source != null) {
            return source.apply(random);
        }
        if (named.isRecord()) {
            return recordOf(named.asSubclass(Record.class), world);
        }
        if (named.isEnum()) {
            Object[] constants = named.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        Object scalar = scalarOf(named, text, world);
        if (scalar == null) {
            throw new IllegalArgumentException(text.path() + " is of " + type.getTypeName()
                    + ", which has no sample: add one, Samples.seeded(…).with(" + named.getSimpleName() + ".class, …)");
        }
        return scalar;
    }

    private @Nullable Object scalarOf(Class<?> type, SampleText text, SampleWorld world) {
        if (type == String.class) {
            return text.value(world);
        }
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        if (type == int.class || type == Integer.class) {
            return (int) text.number();
        }
        if (type == long.class || type == Long.class) {
            return text.number();
        }
        if (type == double.class || type == Double.class) {
            return random.nextInt(101) / 100.0;
        }
        if (type == BigDecimal.class) {
            return BigDecimal.valueOf(100 + random.nextInt(9_900), 2);
        }
        if (type == OffsetDateTime.class) {
            return world.time(text.name());
        }
        if (type == Instant.class) {
            return world.time(text.name()).toInstant();
        }
        if (type == UUID.class) {
            return world.uuid();
        }
        if (type == byte[].class) {
            return bytes();
        }
        if (type == ByteBuffer.class) {
            return ByteBuffer.wrap(bytes());
        }
        if (type == InputStream.class) { // in-process events only
            return new ByteArrayInputStream(bytes());
        }
        return KeyKind.of(type).map(world::key).orElse(null);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }

    private <R extends Record> R recordOf(Class<R> type, SampleWorld world) {
        RecordComponent[] components = type.getRecordComponents();
        world.enter(components);
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            RecordComponent each = components[i];
            SampleText text =
                    new SampleText(random, type.getSimpleName(), WireNames.of(each), Annotated.has(each, Pii.class));
            values[i] = valueOf(each.getGenericType(), text, world);
        }
        return construct(type, components, values);
    }

    private static <R extends Record> R construct(Class<R> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true); // records of tests are often private
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " rejects the sample values (" + e.getCause()
                            + "): add valid ones, Samples.seeded(…).with(" + type.getSimpleName() + ".class, …)",
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("The constructor of " + type.getName() + " is not accessible", e);
        }
    }
}
