package dev.carillon.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a record component that is missing in a message or in JSON: {@code "false"}, {@code "0"}, {@code ""} for
 * text, {@code "[]"} for a list, {@code "{}"} for a map. A {@code @Nullable} component needs none: its default is null. All
 * other components are required.
 *
 * <p>The default is not part of the Avro schema (as in the Python library, where only a default of None is).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD}) // Kotlin annotates the field of a property
public @interface DefaultValue {
    /** The default as JSON; text without quotes. */
    String value();
}
