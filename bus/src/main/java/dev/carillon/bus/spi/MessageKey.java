package dev.carillon.bus.spi;

/**
 * The key of a message: events of one key keep their order.
 *
 * @param value the value at the key field: a {@code String} or a {@code Long}, which is also its Avro type
 */
public record MessageKey(Object value) {

    /**
     * Checks the type.
     *
     * @throws IllegalArgumentException when the value is neither text nor a long
     */
    public MessageKey {
        if (!(value instanceof String) && !(value instanceof Long)) {
            throw new IllegalArgumentException("A message key must be text or a long, but is a "
                    + value.getClass().getName());
        }
    }
}
