package dev.carillon.bus.interceptor;

import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Observes every attempt to deliver an event, and every event that is sent: for metrics, traces, the log context, or a cycle of work
 * of one's own, such as a database session for each event.
 *
 * <pre>{@code
 * EventBus.builder(settings, events).intercept(new Tracing(), EventInterceptor.logContext()).open();
 * }</pre>
 *
 * <p>Interceptors are called in the order in which they were given, and what they return in the opposite order. They must be
 * thread-safe and fast, because they run on the path of each event. One that throws is logged, and the event goes on.
 */
public interface EventInterceptor {

    /** Puts {@code event_id}, {@code event_type} and {@code topic} into SLF4J's MDC while receivers run. */
    static EventInterceptor logContext() {
        return new LogContext();
    }

    /**
     * An attempt to deliver an event begins. Called by the thread that then calls the receivers. Not called for messages without a
     * receiver here, nor for those that cannot be decoded.
     *
     * @return is notified of how the attempt goes on
     */
    default DeliveryScope delivering(DeliveryAttempt attempt) {
        return DeliveryScope.NONE;
    }

    /**
     * An event is being sent. Called by the sending thread, after the event was encoded, and before it goes to the broker or outbox.
     *
     * @return is notified of how sending it ended
     */
    default SendScope sending(OutgoingEvent event) {
        return SendScope.NONE;
    }

    /** One attempt to deliver an event to the receivers of this service. */
    interface DeliveryAttempt {

        /** The event, with its data and metadata. */
        Event<?> event();

        /** The short name of the broker, such as {@code redis}. */
        String broker();

        /** The topic, with its prefix. */
        String topic();

        /** The partition of the topic; 0 when the broker has none. */
        int partition();

        /** The position in the topic, as the broker's transport writes it: {@code 3:17} or {@code 1716300000000-0}. */
        String position();

        /** The consumer group. */
        String group();

        /** 1 for the first attempt, also of a redriven dead letter. */
        int number();

        /** Whether the event was a dead letter, or is replayed to this group. */
        boolean isRedriven();

        /** The first header of the message with this name; null when there is none. */
        @Nullable
        String header(String name);
    }

    /** What an interceptor does in the course of one attempt. */
    interface DeliveryScope {

        /** Does nothing. */
        DeliveryScope NONE = new DeliveryScope() {};

        /**
         * The receivers have returned, except those with an executor of their own. Called by the thread of {@link #delivering}, so
         * what belongs to the thread can be restored. It is always called.
         */
        default void returned() {}

        /**
         * The attempt has ended, after the broker has responded to what the receivers sent. Called after {@link #returned}, possibly
         * by another thread, and not at all when the process ends meanwhile.
         */
        default void ended(DeliveryResult result) {}
    }

    /**
     * How an attempt ended.
     *
     * @param outcome what happens to the event
     * @param responses the responses of the receivers that were called in this attempt
     * @param failures why it failed: the exceptions of the receivers, or of what they sent; empty on success
     * @param retryIn the delay before the next attempt; zero unless the outcome is {@link Outcome#RETRIED}
     */
    record DeliveryResult(Outcome outcome, List<Response> responses, List<Throwable> failures, Duration retryIn) {}

    /** What happens to an event after an attempt. */
    enum Outcome {
        /** Every receiver has handled it. */
        DELIVERED,
        /** A receiver has failed, and is called again. */
        RETRIED,
        /** A receiver has failed, and no attempt is left: the event becomes a dead letter, or the failure policy is called. */
        FAILED,
        /** A receiver has failed while the health check fails: the attempt does not count, and is repeated. */
        POSTPONED,
        /** The consumer ends, or the partition was revoked: the event is delivered again by another member. */
        ABANDONED
    }

    /** An event that is being sent. */
    interface OutgoingEvent {

        /** Its metadata. */
        EventMetadata metadata();

        /** The short name of the broker, such as {@code redis}. */
        String broker();

        /** The topic, with its prefix. */
        String topic();

        /** Its way to the broker. */
        Route route();

        /** The header with this name that an interceptor has set, now or when the event was stored; null when there is none. */
        @Nullable
        String header(String name);

        /**
         * Sets a header, which consumers in Python ignore.
         *
         * @param name letters, digits, {@code -} and {@code _}, not beginning with {@code ce_} or {@code carillon-}
         * @param value printable ASCII
         * @throws IllegalArgumentException when the name or value is not of this form, or a field of the metadata has the name
         */
        void setHeader(String name, String value);
    }

    /** The way of an event to the broker. */
    enum Route {
        /** It goes to the broker at once. */
        DIRECT,
        /** It is encoded for an outbox, with its headers: a relay publishes it later. */
        TO_OUTBOX,
        /** It comes from an outbox, with the headers that it had there. */
        FROM_OUTBOX
    }

    /** What an interceptor does when sending ends. */
    interface SendScope {

        /** Does nothing. */
        SendScope NONE = new SendScope() {};

        /**
         * The broker has acknowledged the event, or it could not be published. With {@link Route#TO_OUTBOX}: it was encoded. Called
         * by any thread, which it must not block.
         *
         * @param failure null on success; otherwise a {@code ProduceException}, or why the event cannot be encoded
         */
        default void ended(@Nullable Throwable failure) {}
    }
}
