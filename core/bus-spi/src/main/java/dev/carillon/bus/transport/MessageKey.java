package dev.carillon.bus.transport;

/**
 * The key of a message: events with the same key stay in order.
 *
 * @param field the name of the field that the key was read from, which is part of its registered schema
 * @param value the value of the key field: a {@code String}, {@code Long}, {@code Boolean} or {@code Double}
 */
public record MessageKey(String field, Object value) {

    /**
     * Checks the type.
     *
     * @throws IllegalArgumentException when the value is of another type
     */
    public MessageKey {
        if (!(value instanceof String
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof Double)) {
            throw new IllegalArgumentException("A message key must be a String, Long, Boolean or Double, but is a "
                    + value.getClass().getName());
        }
    }
}
