package dev.carillon.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a record component holds when a message or JSON does not have it: {@code "false"}, {@code "0"}, {@code ""} for
 * text, {@code "[]"} for a list, {@code "{}"} for a map. A {@code @Nullable} component needs none: its default is null. A
 * component without either must be there.
 *
 * <p>The default is not part of the Avro schema (as in the Python library, where only a default of None is).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface DefaultValue {
    /** The default as JSON would write it; text without its quotes. */
    String value();
}
