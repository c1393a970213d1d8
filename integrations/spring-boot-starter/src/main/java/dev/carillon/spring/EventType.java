package dev.carillon.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record the data of an event of the application's own. It is found in the packages that Spring Boot scans for entities: that of
 * the application's main class, and those below it.
 *
 * <pre>{@code
 * @EventType(value = "org.example.library.book.lent.v1", key = "loan")
 * public record LoanData(String isbn, @Pii String reader) {}
 * }</pre>
 *
 * <p>An event that needs more, such as serializers, is a bean of type {@code Signal} instead.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {

    /** The event type on the wire, {@code org.example.<subdomain>.<subject>.<action>.v<major>} by convention. */
    String value();

    /** The data key: the name under which the data travel. */
    String key();

    /** The minor version, 0 or more. */
    int minorVersion() default 0;
}
