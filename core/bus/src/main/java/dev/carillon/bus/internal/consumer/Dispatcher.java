package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.interceptor.EventInterceptor.Outcome;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.internal.consumer.Resolver.Resolution;
import dev.carillon.events.internal.Shown;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * The delivery of one message, step by step:
 *
 * <pre>
 * resolve ──▶ gate ──▶ call the receivers ──▶ await what they sent ──▶ complete
 *                ▲                                  │
 *                └───────────── retry ◀─────────────┴──▶ dead letter ──▶ complete
 * </pre>
 *
 * <p>A message without a receiver here is finished at once; one that cannot be decoded becomes a dead letter. While the service
 * is unhealthy, the gate is closed and no attempt counts. The worker of the message's key runs each step; the result says when the
 * next step is due. Stateless: the state is in the {@link InFlightMessage} and its {@link Delivery}.
 */
final class Dispatcher {

    private static final Logger LOG = Loggers.CONSUMER;
    /** The delay before a dead letter that the broker refused is sent again. Its key is blocked meanwhile. */
    private static final long REFUSED_RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** The length to which names of receivers are shortened in log lines. */
    private static final int MAX_NAME = 300;

    /** What happens next to a message. */
    sealed interface Next {

        /** It is finished. */
        record Finished() implements Next {}

        /** It is not acknowledged and stays with the group, because the consumer ends or its partition was revoked. */
        record Unacknowledged() implements Next {}

        /** It is dispatched again after this delay; later messages with its key wait. */
        record Retry(long delayNanos) implements Next {}

        /** {@link #sendsCompleted} continues it; later messages with its key wait. */
        record AwaitSends(Delivery<?> delivery) implements Next {}

        Next FINISHED = new Finished();
        Next UNACKNOWLEDGED = new Unacknowledged();
    }

    private final Receivers receivers;
    private final Function<String, RetryPolicy> retries;
    private final FailureHandler failures;
    private final HealthGate health;
    private final InFlightMessages inFlight;
    private final Predicate<InFlightMessage> isOurs;
    private final Consumer<Error> fatal;
    private final ConsumerMetrics metrics;
    private final ConsecutiveErrors errors;
    private final HealthTracker tracker;
    private final Clock clock;
    private volatile boolean abandoned;

    /**
     * @param retries the retry policy of an event type
     * @param isOurs whether a message still belongs to this member of the group
     * @param fatal called with an error that ends the consumer
     */
    Dispatcher(
            Receivers receivers,
            Function<String, RetryPolicy> retries,
            FailureHandler failures,
            HealthGate health,
            InFlightMessages inFlight,
            Predicate<InFlightMessage> isOurs,
            Consumer<Error> fatal,
            ConsumerMetrics metrics,
            ConsecutiveErrors errors,
            HealthTracker tracker,
            Clock clock) {
        this.receivers = receivers;
        this.retries = retries;
        this.failures = failures;
        this.health = health;
        this.inFlight = inFlight;
        this.isOurs = isOurs;
        this.fatal = fatal;
        this.metrics = metrics;
        this.errors = errors;
        this.tracker = tracker;
        this.clock = clock;
    }

    /**
     * Ignores failures from now on: receivers are being interrupted, and their events will be redelivered to another consumer. The
     * workers must have been abandoned before: no later message of a key may begin.
     */
    void abandon() {
        abandoned = true;
        failures.abandon();
    }

    /** Runs the steps of a message that are possible now. */
    Next dispatch(InFlightMessage message) {
        if (!isOurs.test(message) || !message.begin()) {
            return Next.UNACKNOWLEDGED;
        }
        if (message.isGone()) {
            inFlight.finished(message);
            return Next.FINISHED;
        }
        return conclude(message, () -> step(message));
    }

    /** Continues a message after {@link Next.AwaitSends}, when the broker has responded to all sends of its receivers. */
    Next sendsCompleted(InFlightMessage message, Delivery<?> delivery) {
        return conclude(message, () -> {
            if (abandoned || message.isLost()) {
                delivery.attemptEnded(Outcome.ABANDONED, 0);
                return Next.UNACKNOWLEDGED;
            }
            return evaluate(message, delivery);
        });
    }

    /** Ends the consumer because a worker failed: its keys would stop while the consumer reports itself ready. */
    void workerFailed(Throwable failure) {
        fatal.accept(failure instanceof Error error ? error : new AssertionError("A worker failed", failure));
        try {
            LOG.error("Consumer ends: a worker failed", failure);
        } catch (RuntimeException | Error e) { // the exception's own methods may throw while it is logged
            LOG.error(
                    "Consumer ends: a worker failed with {}", failure.getClass().getName());
        }
    }

    private Next conclude(InFlightMessage message, Supplier<Next> step) {
        try {
            Next next = guarded(message, step);
            if (next instanceof Next.Finished) {
                inFlight.finished(message);
            } else if (next instanceof Next.Retry && !message.pause()) {
                return Next.UNACKNOWLEDGED;
            }
            return next;
        } catch (Error e) {
            LOG.error(
                    "Consumer ends: fatal error in message {}, which stays unacknowledged",
                    message,
                    message.loggable(e));
            fatal.accept(e);
            return Next.UNACKNOWLEDGED;
        }
    }

    /**
     * Treats unexpected exceptions like undecodable messages. The same applies to errors caused by a single message, such as one
     * that needs more memory than there is: otherwise, the consumer would fail on it after each restart.
     */
    private Next guarded(InFlightMessage message, Supplier<Next> step) {
        try {
            return step.get();
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError | LinkageError e) {
            LOG.error(
                    "Message {} could not be delivered; dead-lettering it, or calling the failure policy",
                    message,
                    message.loggable(e));
            // The class of the failure, without its message, which may contain event data.
            return undecodable(
                    message,
                    new IllegalStateException(
                            "delivering it failed with " + e.getClass().getName(), e));
        }
    }

    private Next step(InFlightMessage message) {
        Resolution resolution = receivers.resolve(message);
        if (resolution instanceof Resolution.Unwanted) {
            return Next.FINISHED;
        }
        if (errors.isAtLimit()) {
            return Next.UNACKNOWLEDGED;
        }
        BooleanSupplier refused = message.refusedCompletion();
        if (refused != null) {
            return complete(message, refused);
        }
        if (resolution instanceof Resolution.Undecodable undecodable) {
            return undecodable(message, undecodable.problem());
        }
        if (resolution instanceof Delivery<?> delivery) {
            return health.isOpen() ? deliver(message, delivery) : new Next.Retry(health.intervalNanos());
        }
        return unreached(message);
    }

    private Next deliver(InFlightMessage message, Delivery<?> delivery) {
        if (!delivery.hasBegun()) {
            receivers.logReceived(delivery);
        }
        try {
            delivery.data();
        } catch (RuntimeException e) {
            return undecodable(message, e);
        }
        if (failures.isBlocked(message)) {
            return complete(message, () -> failures.deadLetterBehind(message));
        }
        receivers.call(message.origin(), delivery, policy(delivery));
        if (abandoned || message.isLost()) {
            delivery.attemptEnded(Outcome.ABANDONED, 0);
            return Next.UNACKNOWLEDGED;
        }
        return delivery.areSendsCompleted() ? evaluate(message, delivery) : new Next.AwaitSends(delivery);
    }

    private Next evaluate(InFlightMessage message, Delivery<?> delivery) {
        delivery.countFailedSends();
        return delivery.failures().isEmpty() ? succeeded(message, delivery) : failed(message, delivery);
    }

    private Next succeeded(InFlightMessage message, Delivery<?> delivery) {
        if (!delivery.missing().isEmpty() || (message.origin().isRedriven() && !delivery.hasReachedReceiver())) {
            delivery.attemptEnded(Outcome.FAILED, 0);
            return unreached(message);
        }
        delivery.attemptEnded(Outcome.DELIVERED, 0);
        metrics.delivered.increment();
        errors.success();
        receivers.logProcessed(delivery);
        return complete(message, () -> failures.handled(message));
    }

    private Next failed(InFlightMessage message, Delivery<?> delivery) {
        if (!health.checkNow()) {
            delivery.attemptEnded(Outcome.POSTPONED, 0);
            return new Next.Retry(health.intervalNanos());
        }
        delivery.attempted(clock.instant());
        RetryPolicy policy = policy(delivery);
        boolean aborts = delivery.failures().stream().allMatch(policy::abortsOn);
        if (!aborts && delivery.attempts() < policy.maxAttempts()) {
            metrics.retried.increment();
            long delayNanos = policy.delayNanos(delivery.attempts());
            logRetry(message, delivery, policy, delayNanos);
            delivery.attemptEnded(Outcome.RETRIED, delayNanos);
            return new Next.Retry(delayNanos);
        }
        logFailures(message, delivery, policy);
        delivery.attemptEnded(Outcome.FAILED, 0);
        metrics.delivered.increment();
        metrics.failed.add(delivery.failures().size());
        errors.error();
        return complete(message, () -> failures.failed(message, delivery));
    }

    private static void logRetry(InFlightMessage message, Delivery<?> delivery, RetryPolicy policy, long delayNanos) {
        if (LOG.isWarnEnabled()) {
            delivery.failuresByReceiver()
                    .forEach((receiver, failure) -> LOG.warn(
                            "Receiver {} failed on message {} ({} {}), attempt {} of {}, next in {} ms: {}",
                            Shown.text(receiver.receiverName(), MAX_NAME),
                            message,
                            delivery.metadata().eventType(),
                            delivery.metadata().id(),
                            delivery.attempts(),
                            policy.maxAttempts(),
                            TimeUnit.NANOSECONDS.toMillis(delayNanos),
                            Shown.message(String.valueOf(delivery.loggable(failure)))));
        }
    }

    private static void logFailures(InFlightMessage message, Delivery<?> delivery, RetryPolicy policy) {
        delivery.failuresByReceiver()
                .forEach((receiver, failure) -> LOG.error(
                        "Receiver {} failed on message {} ({} {}), attempt {} of {}, the last one",
                        Shown.text(receiver.receiverName(), MAX_NAME),
                        message,
                        delivery.metadata().eventType(),
                        delivery.metadata().id(),
                        delivery.attempts(),
                        policy.maxAttempts(),
                        delivery.loggable(failure)));
    }

    private RetryPolicy policy(Delivery<?> delivery) {
        return retries.apply(delivery.signal().eventType());
    }

    /** A redriven dead letter that did not reach all its receivers stays a dead letter. */
    private Next unreached(InFlightMessage message) {
        errors.error();
        return complete(message, () -> failures.unreached(message));
    }

    private Next undecodable(InFlightMessage message, RuntimeException problem) {
        metrics.undecodable.increment();
        errors.error();
        return complete(message, () -> failures.undecodable(message, problem));
    }

    /**
     * Completes a message: stores or removes its dead letter if necessary. A dead letter that the broker refuses blocks only its
     * own key, until the broker accepts it.
     */
    private Next complete(InFlightMessage message, BooleanSupplier completion) {
        try {
            Next next = completion.getAsBoolean() ? Next.FINISHED : Next.UNACKNOWLEDGED;
            tracker.unblocked(message);
            message.setRefusedCompletion(null);
            return next;
        } catch (FailureHandler.DeadLetterRefusedException e) {
            if (tracker.blocked(message, String.valueOf(e.getMessage()))) {
                LOG.error("Message {} blocks its key; retrying every 30 s: {}", message, e.getMessage());
            }
            message.setRefusedCompletion(completion); // retried without calling the receivers again
            return new Next.Retry(REFUSED_RETRY_NANOS);
        }
    }
}
