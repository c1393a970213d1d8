package dev.carillon.bus.internal.consumer;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.interceptor.EventInterceptor.DeliveryScope;
import dev.carillon.bus.internal.AuditLog;
import dev.carillon.bus.internal.Interceptors;
import dev.carillon.bus.internal.SendTracker;
import dev.carillon.bus.internal.consumer.Resolver.Resolution;
import dev.carillon.bus.internal.deadletter.Origin;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.events.Events;
import dev.carillon.events.SendResult;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The receivers of this service, as one group calls them: finds those of a message, and calls them between the interceptors.
 * Thread-safe.
 */
public final class Receivers {

    private final Events events;
    private final Resolver resolver;
    private final AuditLog audit;
    private final Interceptors interceptors;
    private final String group;

    public Receivers(
            Events events,
            EventCodecs codecs,
            HeaderNames headerNames,
            OwnTopics ownTopics,
            ConsumerMetrics metrics,
            AuditLog audit,
            Interceptors interceptors,
            String group) {
        this.events = events;
        this.resolver = new Resolver(events, codecs, headerNames, ownTopics, metrics);
        this.audit = audit;
        this.interceptors = interceptors;
        this.group = group;
    }

    /** Returns the resolution of a message, see {@link Resolver#resolve}. */
    Resolution resolve(InFlightMessage message) {
        return resolver.resolve(message);
    }

    /** Logs that an event is about to be delivered for the first time. */
    void logReceived(Delivery<?> delivery) {
        audit.received(delivery.message(), delivery.metadata());
    }

    /** Logs that all receivers have handled an event. */
    void logProcessed(Delivery<?> delivery) {
        audit.processed(delivery.message(), delivery.metadata());
    }

    /** Calls the receivers that have yet to handle an event, and waits for those that have an executor. */
    void call(Origin origin, Delivery<?> delivery, RetryPolicy policy) {
        if (interceptors.areAbsent()) {
            callNow(origin, delivery, policy);
            return;
        }
        DeliveryScope scope = delivery.beginAttempt(interceptors, group, origin.isRedriven());
        try {
            callNow(origin, delivery, policy);
        } finally {
            scope.returned();
        }
    }

    private void callNow(Origin origin, Delivery<?> delivery, RetryPolicy policy) {
        SendTracker sends = SendTracker.begin();
        try {
            @Nullable
            SendResult result = delivery.hasBegun()
                    ? delivery.callAgain(events, policy::abortsOn)
                    : delivery.begin(events, origin.receivers(), origin.pendingReceivers());
            delivery.responded(result == null ? List.of() : completed(result).responses());
        } finally {
            delivery.sent(sends.end());
            StopSignal.clearInterrupt();
        }
    }

    private static SendResult completed(SendResult result) {
        try {
            return result.completion().toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
