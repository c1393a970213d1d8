package dev.carillon.events;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the values of a class as text on the wire, for classes that have no wire format of their own: enums, decimals, and a user's
 * value types. Python has the same by {@code BaseCustomTypeAvroSerializer}. A signal names the serializers of its data:
 *
 * <pre>{@code
 * Signal.of("org.example.library.fine.paid.v1", "fine", Fine.class)
 *         .withSerializers(TypeSerializer.ofEnum(Currency.class), TypeSerializer.decimal());
 * }</pre>
 *
 * <p>Must be stateless and thread-safe. Who changes the text changes the event: readers of the former one no longer understand it.
 *
 * @param <V> the class; its values must be equal to what is read from their text
 */
public interface TypeSerializer<V> {

    /** The class whose values it writes, not its subclasses. */
    Class<V> type();

    /** The text of a value, not null. What it throws makes the event unpublishable. */
    String serialize(V value);

    /** The value of a text, not null. What it throws makes the event undecodable. */
    V deserialize(String text);

    /** The expected text, to complete "must be …" in messages. */
    default String expected() {
        return "a value of " + type().getSimpleName();
    }

    /** Writes the constants of an enum by their names. */
    static <E extends Enum<E>> TypeSerializer<E> ofEnum(Class<E> type) {
        String names = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        return new FunctionSerializer<>(type, Enum::name, text -> Enum.valueOf(type, text), "one of " + names);
    }

    /**
     * Writes decimals as digits without exponent: {@code 12.50}. The scale is kept. One with more than 1000 digits is neither
     * written nor read.
     */
    static TypeSerializer<BigDecimal> decimal() {
        return new DecimalSerializer();
    }

    /** Writes values with the one function, and reads them with the other. */
    static <V> TypeSerializer<V> of(Class<V> type, Function<V, String> serialize, Function<String, V> deserialize) {
        return new FunctionSerializer<>(type, serialize, deserialize, "a value of " + type.getSimpleName());
    }
}
