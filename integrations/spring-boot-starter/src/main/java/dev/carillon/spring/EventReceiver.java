package dev.carillon.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes a method of a bean a receiver of events: with a {@link #topic}, of those that arrive over the event bus; without, of those that
 * are sent in this application.
 *
 * <pre>{@code
 * @EventReceiver(signal = "org.openedx.learning.certificate.created.v1", topic = "learning-certificate-lifecycle")
 * void award(CertificateData certificate) { … }
 * }</pre>
 *
 * <p>The method takes the data of the event, or the {@code Event} with its data and metadata, or the data and then the
 * {@code EventMetadata}. What it returns is ignored, except a future, which is awaited. What it throws is a failure: on the bus, the
 * event is retried, and becomes a dead letter in the end. It may be called by several threads at once, and twice for one event, unless
 * it is {@link Once}.
 *
 * <p>In each text, {@code ${…}} is replaced by a property of the application.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EventReceiver {

    /** The same as {@link #signal}. */
    @AliasFor("signal")
    String value() default "";

    /**
     * The event type, or the Python path of the signal. May be left out when only one known event has the data class that the
     * method takes, as with records that are marked {@link EventType}.
     */
    @AliasFor("value")
    String signal() default "";

    /**
     * The id of the receiver, by which dead letters and the inbox know it; it must be unique among the receivers of an event, and
     * survive a deployment. By default the names of bean and method: {@code badges.award}.
     */
    String id() default "";

    /**
     * The topics (without prefix) that a consumer of this application reads for the receiver: then it receives what arrives over the event
     * bus, and nothing else. By default none: then it receives what is sent in this application, in the thread and transaction of the
     * sender, and nothing else.
     */
    String[] topic() default {};

    /**
     * The consumer group that reads the topics. By default {@code carillon.consumer.group}, and else {@code spring.application.name}.
     * All receivers of one event belong to one group.
     */
    String group() default "";

    /**
     * The dotted path of the event's key, such as {@code certificate.user.id}: events of one key are received in order. By default as
     * in {@code EVENT_BUS_PRODUCER_CONFIG}. The same for all receivers of one event.
     */
    String key() default "";

    /**
     * How often the receiver is called at most, including the first time, before the event becomes a dead letter. By default
     * {@code carillon.consumer.attempts}. The same for all receivers of one event.
     */
    int attempts() default 0;

    /** Exceptions after which the event becomes a dead letter at once. The same for all receivers of one event. */
    Class<? extends Throwable>[] abortOn() default {};
}
