package dev.carillon.bus.jdbc;

import dev.carillon.bus.transport.MessageKey;

/** The type of an event's key, and how the columns {@code key_type} and {@code key_value} represent it. */
enum KeyType {
    STRING("string"),
    LONG("long"),
    DOUBLE("double"),
    BOOLEAN("boolean");

    private final String text;

    KeyType(String text) {
        this.text = text;
    }

    static KeyType of(MessageKey key) {
        if (key.value() instanceof String) {
            return STRING;
        }
        if (key.value() instanceof Long) {
            return LONG;
        }
        return key.value() instanceof Double ? DOUBLE : BOOLEAN;
    }

    static KeyType named(String text) {
        for (KeyType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalStateException(
                "key_type in carillon_outbox must be string, long, double or boolean, but is '" + text + "'");
    }

    String text() {
        return text;
    }

    /** The key of this type whose {@code toString()} is this text. */
    Object parse(String value) {
        return switch (this) {
            case STRING -> value;
            case LONG -> Long.valueOf(value);
            case DOUBLE -> Double.valueOf(value);
            case BOOLEAN -> Boolean.valueOf(value);
        };
    }
}
