package dev.carillon.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of a record component on the wire, where it is not the component's name in snake case ({@code courseKey} is
 * {@code course_key} without it).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD}) // Kotlin annotates the field of a property
public @interface WireName {
    /** The name in schema, bytes and JSON. */
    String value();
}
