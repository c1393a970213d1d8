package dev.carillon.bus;

import dev.carillon.events.Events;
import dev.carillon.events.SendResult;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a lane does with a task: call the receivers, again where they fail, and see to what is given up. */
final class Deliverer {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    /** How long a key is blocked before its refused dead letter is tried again. */
    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Events events;
    private final Function<String, RetryPolicy> retries;
    private final GivenUp givenUp;
    private final HealthGate health;
    private final AuditLog audit;
    private final Tally tally;
    private final ConsecutiveErrors errors;
    private final EngineHealth vitals;
    private volatile boolean abandoned;

    /** Asks {@code retries} for the policy of an event type. */
    Deliverer(
            Events events,
            Function<String, RetryPolicy> retries,
            GivenUp givenUp,
            HealthGate health,
            AuditLog audit,
            Tally tally,
            ConsecutiveErrors errors,
            EngineHealth vitals) {
        this.events = events;
        this.retries = retries;
        this.givenUp = givenUp;
        this.health = health;
        this.audit = audit;
        this.tally = tally;
        this.errors = errors;
        this.vitals = vitals;
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
        @Nullable BooleanSupplier keeping = task.held().keeping();
        if (keeping != null) {
            return kept(task, keeping);
        }
        if (task instanceof Delivery<?> delivery) {
            return health.isOpen() ? deliver(delivery) : Outcome.againAfter(health.everyNanos());
        }
        RuntimeException problem = ((Undeliverable) task).problem();
        return problem == null ? unreached(task) : unusable(task, problem);
    }

    private Outcome deliver(Delivery<?> delivery) {
        Origin origin = givenUp.originOf(delivery.message());
        if (!delivery.hasBegun()) {
            audit.received(delivery.message(), delivery.metadata());
        }
        try {
            delivery.data();
        } catch (RuntimeException e) {
            return unusable(delivery, e);
        }
        if (givenUp.isHeldBack(delivery, origin)) {
            return kept(delivery, () -> givenUp.keepBehind(delivery, origin));
        }
        call(delivery, origin);
        if (abandoned || delivery.held().isLost()) {
            return Outcome.LEFT;
        }
        return delivery.isPublished() ? judged(delivery, origin) : Outcome.whenPublished(delivery);
    }

    private void call(Delivery<?> delivery, Origin origin) {
        OutputTracker outputs = OutputTracker.begin();
        try {
            @Nullable
            SendResult result = delivery.hasBegun()
                    ? delivery.callAgain(events, policy(delivery)::isFinal)
                    : delivery.begin(events, origin.receivers(), origin.owed());
            delivery.responded(result == null ? List.of() : completed(result).responses());
        } finally {
            delivery.sent(outputs.end());
            clearInterrupt();
        }
    }

    /** What the receivers of a delivery have sent is on the broker, or will never be. */
    Outcome published(Delivery<?> delivery) {
        return abandoned || delivery.held().isLost()
                ? Outcome.LEFT
                : judged(delivery, givenUp.originOf(delivery.message()));
    }

    private Outcome judged(Delivery<?> delivery, Origin origin) {
        delivery.seeWhatWasSent();
        return delivery.failures().isEmpty() ? succeeded(delivery, origin) : failed(delivery);
    }

    /** An interrupt was meant for the receiver: what follows must not end by it. */
    @SuppressWarnings("ReturnValueIgnored") // called to clear it
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    private RetryPolicy policy(Delivery<?> delivery) {
        return retries.apply(delivery.signal().eventType());
    }

    private Outcome succeeded(Delivery<?> delivery, Origin origin) {
        if (!delivery.missing().isEmpty() || (origin.isRedriven() && !delivery.hasReachedAnybody())) {
            return unreached(delivery);
        }
        tally.delivered.increment();
        errors.success();
        audit.processed(delivery.message(), delivery.metadata());
        return kept(delivery, () -> givenUp.handled(delivery.message(), origin));
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

    private Outcome failed(Delivery<?> delivery) {
        if (!health.lookNow()) {
            return Outcome.againAfter(health.everyNanos());
        }
        delivery.attempted();
        RetryPolicy policy = policy(delivery);
        boolean allFinal = delivery.failures().stream().allMatch(policy::isFinal);
        if (!allFinal && delivery.attempts() < policy.attempts()) {
            tally.retried.increment();
            return Outcome.againAfter(policy.waitNanos(delivery.attempts()));
        }
        tally.delivered.increment();
        tally.failed.add(delivery.failures().size());
        errors.error();
        return kept(delivery, () -> givenUp.failed(delivery));
    }

    /** A dead letter that was redriven, and has not reached all that it was meant for, stays a dead letter. */
    private Outcome unreached(Task task) {
        errors.error();
        return kept(task, () -> givenUp.unreached(task));
    }

    /** A message that cannot be delivered to anybody. */
    Outcome unusable(Task task, RuntimeException problem) {
        tally.unusable.increment();
        errors.error();
        return kept(task, () -> givenUp.unusable(task, problem));
    }

    /** A dead letter that the broker refuses blocks its key, and no other, until the broker takes it. */
    private Outcome kept(Task task, BooleanSupplier keeping) {
        try {
            Outcome outcome = keeping.getAsBoolean() ? Outcome.FINISHED : Outcome.LEFT;
            vitals.unblocked(task.held());
            task.held().setKeeping(null);
            return outcome;
        } catch (DeadLetterRefusedException e) {
            if (vitals.blocked(task.held(), String.valueOf(e.getMessage()))) {
                LOG.error("{} blocks its key, and is tried again every 30 s: {}", task.message(), e.getMessage());
            }
            task.held().setKeeping(keeping); // the receivers have had their attempts
            return Outcome.againAfter(REFUSED_NANOS);
        }
    }
}
