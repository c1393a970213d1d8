package dev.carillon.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record component that identifies a person (user name, e-mail address, full name, …). Carillon masks marked
 * components wherever it prints event data, unless the caller asks for them.
 *
 * @see Masked
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD}) // Kotlin annotates the field of a property
public @interface Pii {}
