package dev.carillon.bus;

import dev.carillon.events.Events;
import dev.carillon.events.Response;
import dev.carillon.events.SendResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a lane does with a task: call the receivers, again where they fail, and see to what is given up. */
final class Deliverer {

    private final Events events;
    private final Function<String, RetryPolicy> retries;
    private final GivenUp givenUp;
    private final HealthGate health;
    private final AuditLog audit;
    private final Tally tally;
    private final ErrorStreak errors;
    private volatile boolean abandoned;

    /** Asks {@code retries} for the policy of an event type. */
    Deliverer(
            Events events,
            Function<String, RetryPolicy> retries,
            GivenUp givenUp,
            HealthGate health,
            AuditLog audit,
            Tally tally,
            ErrorStreak errors) {
        this.events = events;
        this.retries = retries;
        this.givenUp = givenUp;
        this.health = health;
        this.audit = audit;
        this.tally = tally;
        this.errors = errors;
    }

    /** From now on failures are nobody's: receivers are interrupted, and their events come again to another consumer. */
    void abandon() {
        abandoned = true;
        givenUp.abandon();
    }

    /** Does it. Past the limit of errors nothing more is begun. */
    Outcome work(Task task) {
        if (errors.isAtLimit()) {
            return Outcome.LEFT;
        }
        if (task instanceof Delivery<?> delivery) {
            return health.isOpen() ? deliver(delivery) : Outcome.againAfter(health.everyNanos());
        }
        return unusable(task, ((Undeliverable) task).problem());
    }

    private Outcome deliver(Delivery<?> delivery) {
        Origin origin = givenUp.originOf(delivery.message());
        if (delivery.attempts() == 0 && delivery.failures().isEmpty()) {
            audit.received(delivery.message(), delivery.metadata());
        }
        try {
            delivery.data();
        } catch (RuntimeException e) {
            return unusable(delivery, e);
        }
        if (givenUp.isHeldBack(delivery, origin)) {
            return done(givenUp.keepBehind(delivery, origin));
        }
        OutputTracker outputs = OutputTracker.begin();
        SendResult result;
        @Nullable CompletableFuture<Void> published;
        try {
            result = completed(delivery.sendTo(events, receivers(delivery, origin)));
        } finally {
            published = outputs.end();
        }
        @Nullable Throwable unpublished = published == null ? null : failureOf(published);
        if (abandoned) {
            return Outcome.LEFT;
        }
        if (result.succeeded() && unpublished == null && delivery.failures().isEmpty()) {
            return succeeded(delivery, origin);
        }
        return failed(delivery, result, unpublished, origin);
    }

    /** Waits until the broker has what the receivers sent. */
    private @Nullable Throwable failureOf(CompletableFuture<Void> published) {
        while (!abandoned) {
            try {
                published.get();
                return null;
            } catch (ExecutionException e) {
                return e.getCause();
            } catch (InterruptedException e) {
                // meant for a receiver that has ended; what is meant for the lane is told by "abandoned"
            }
        }
        return null;
    }

    /** Those that failed before; all, the first time. */
    private Collection<String> receivers(Delivery<?> delivery, Origin origin) {
        if (delivery.failures().isEmpty()) {
            return origin.receivers();
        }
        RetryPolicy policy = policy(delivery);
        List<String> again = new ArrayList<>();
        delivery.failures().forEach((receiver, failure) -> {
            if (!policy.isFinal(failure)) {
                again.add(receiver);
            }
        });
        return again;
    }

    private RetryPolicy policy(Delivery<?> delivery) {
        return retries.apply(delivery.signal().eventType());
    }

    private Outcome succeeded(Delivery<?> delivery, Origin origin) {
        tally.delivered.increment();
        errors.success();
        audit.processed(delivery.message(), delivery.metadata());
        return done(givenUp.handled(delivery.message(), origin));
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

    /** What could not be published is a failure of each receiver that was called: whose it was is not known. */
    private Outcome failed(Delivery<?> delivery, SendResult result, @Nullable Throwable unpublished, Origin origin) {
        Map<String, Throwable> failures = delivery.failures();
        for (Response response : result.responses()) {
            Throwable failure = response.failure() == null ? unpublished : response.failure();
            if (failure == null) {
                failures.remove(response.receiverName());
            } else {
                failures.put(response.receiverName(), failure);
            }
        }
        if (failures.isEmpty()) {
            return succeeded(delivery, origin);
        }
        if (!health.lookNow()) {
            return Outcome.againAfter(health.everyNanos());
        }
        delivery.attempted();
        RetryPolicy policy = policy(delivery);
        boolean allFinal = failures.values().stream().allMatch(policy::isFinal);
        if (!allFinal && delivery.attempts() < policy.attempts()) {
            tally.retried.increment();
            return Outcome.againAfter(policy.waitNanos(delivery.attempts()));
        }
        tally.delivered.increment();
        tally.failed.add(failures.size());
        errors.error();
        return done(givenUp.failed(delivery, failures));
    }

    /** A message that cannot be delivered to anybody. */
    Outcome unusable(Task task, RuntimeException problem) {
        tally.unusable.increment();
        errors.error();
        return done(givenUp.unusable(task, problem));
    }

    private static Outcome done(boolean isSafe) {
        return isSafe ? Outcome.FINISHED : Outcome.LEFT;
    }
}
