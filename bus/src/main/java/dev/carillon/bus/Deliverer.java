package dev.carillon.bus;

import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.events.Events;
import dev.carillon.events.Response;
import dev.carillon.events.SendResult;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a lane does with a task: call the receivers, and see to what fails. */
final class Deliverer {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    private final String group;
    private final Events events;
    private final FailurePolicy failurePolicy;
    private final AuditLog audit;
    private final Tally tally;
    private final ErrorStreak errors;
    private volatile boolean abandoned;

    Deliverer(
            String group, Events events, FailurePolicy failurePolicy, AuditLog audit, Tally tally, ErrorStreak errors) {
        this.group = group;
        this.events = events;
        this.failurePolicy = failurePolicy;
        this.audit = audit;
        this.tally = tally;
        this.errors = errors;
    }

    /** From now on failures are nobody's: receivers are interrupted, and their events come again to another consumer. */
    void abandon() {
        abandoned = true;
    }

    /** Does it; answers whether the message is finished with. Past the limit of errors nothing more is begun. */
    boolean work(Task task) {
        if (errors.isAtLimit()) {
            return false;
        }
        if (task instanceof Delivery<?> delivery) {
            return deliver(delivery);
        }
        unusable(task.message(), ((Undeliverable) task).problem());
        return true;
    }

    private boolean deliver(Delivery<?> delivery) {
        audit.received(delivery.message(), delivery.metadata());
        try {
            delivery.data();
        } catch (RuntimeException e) {
            unusable(delivery.message(), e);
            return true;
        }
        SendResult result = completed(delivery.sendTo(events));
        if (abandoned) {
            return false;
        }
        tally.delivered.increment();
        if (result.succeeded()) {
            errors.success();
            audit.processed(delivery.message(), delivery.metadata());
        } else {
            errors.error();
            result.responses().forEach(response -> see(delivery, response));
        }
        return true;
    }

    /** With the responses of receivers that have an executor, also of those that have answered already. */
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

    private void see(Delivery<?> delivery, Response response) {
        Throwable failure = response.failure();
        if (failure != null) {
            tally.failed.increment();
            FailedDelivery failed = new FailedDelivery(
                    group, delivery.message(), delivery.metadata(), response.receiverName(), failure);
            tell(delivery.message(), () -> failurePolicy.receiverFailed(failed));
        }
    }

    private void unusable(IncomingMessage message, RuntimeException problem) {
        tally.unusable.increment();
        errors.error();
        UnusableMessage unusable = new UnusableMessage(group, message, String.valueOf(problem.getMessage()));
        tell(message, () -> failurePolicy.unusable(unusable));
    }

    private static void tell(IncomingMessage message, Runnable policy) {
        try {
            policy.run();
        } catch (RuntimeException e) {
            LOG.error("The failure policy failed on {}; the message is acknowledged", message, e);
        }
    }
}
