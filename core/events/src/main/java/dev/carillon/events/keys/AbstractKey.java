package dev.carillon.events.keys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a key and its equality: type, text, and the fields that the text omits. */
abstract class AbstractKey {

    private final String text;

    AbstractKey(String text) {
        this.text = text;
    }

    public abstract String typeName();

    /** Distinguishes this key from others of its type with the same text. */
    List<@Nullable Object> unwrittenFields() {
        return List.of();
    }

    @Override
    public final String toString() {
        return text;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof AbstractKey that
                        && text.equals(that.text)
                        && typeName().equals(that.typeName())
                        && unwrittenFields().equals(that.unwrittenFields()));
    }

    @Override
    public final int hashCode() {
        return text.hashCode();
    }
}
