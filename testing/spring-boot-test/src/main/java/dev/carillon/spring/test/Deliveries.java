package dev.carillon.spring.test;

import dev.carillon.bus.interceptor.EventInterceptor;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Knows how the delivery of the events that {@link OtherService} sends has ended. */
final class Deliveries implements EventInterceptor {

    private final Map<UUID, CompletableFuture<DeliveryResult>> awaited = new ConcurrentHashMap<>();

    /** How the next delivery of this event ends, after its last attempt. */
    CompletableFuture<DeliveryResult> next(UUID eventId) {
        CompletableFuture<DeliveryResult> result = new CompletableFuture<>();
        awaited.put(eventId, result);
        return result;
    }

    /** Waits for it no longer. */
    void forget(UUID eventId) {
        awaited.remove(eventId);
    }

    @Override
    public DeliveryScope delivering(DeliveryAttempt attempt) {
        CompletableFuture<DeliveryResult> result =
                awaited.get(attempt.event().metadata().id());
        return result == null
                ? DeliveryScope.NONE
                : new DeliveryScope() {
                    @Override
                    public void ended(DeliveryResult ended) {
                        if (ended.outcome() == Outcome.DELIVERED || ended.outcome() == Outcome.FAILED) {
                            result.complete(ended);
                        }
                    }
                };
    }
}
