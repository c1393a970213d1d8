package dev.carillon.bus;

import dev.carillon.events.Events;
import dev.carillon.events.Response;
import dev.carillon.events.SendResult;

/** What a lane does with a delivery: call the receivers, and see to those that fail. */
final class Deliverer {

    private final String group;
    private final Events events;
    private final FailurePolicy failurePolicy;
    private final AuditLog audit;
    private final Tally tally;
    private final ErrorStreak errors;

    Deliverer(
            String group, Events events, FailurePolicy failurePolicy, AuditLog audit, Tally tally, ErrorStreak errors) {
        this.group = group;
        this.events = events;
        this.failurePolicy = failurePolicy;
        this.audit = audit;
        this.tally = tally;
        this.errors = errors;
    }

    /** Calls the receivers. When this returns, the message is finished with. */
    void deliver(Delivery<?> delivery) {
        audit.received(delivery.message(), delivery.metadata());
        SendResult result;
        try {
            delivery.data();
        } catch (RuntimeException e) {
            unusable(delivery.held(), e);
            return;
        }
        result = delivery.sendTo(events);
        if (!result.isComplete()) {
            result = result.completion().toCompletableFuture().join();
        }
        tally.delivered.increment();
        if (result.succeeded()) {
            errors.success();
            audit.processed(delivery.message(), delivery.metadata());
        } else {
            errors.error();
            result.responses().forEach(response -> see(delivery, response));
        }
    }

    private void see(Delivery<?> delivery, Response response) {
        Throwable failure = response.failure();
        if (failure != null) {
            tally.failed.increment();
            failurePolicy.receiverFailed(new FailedDelivery(
                    group, delivery.message(), delivery.metadata(), response.receiverName(), failure));
        }
    }

    /** The message is no event. */
    void unusable(Held held, RuntimeException problem) {
        tally.unusable.increment();
        errors.error();
        failurePolicy.unusable(new UnusableMessage(group, held.message(), String.valueOf(problem.getMessage())));
    }
}
