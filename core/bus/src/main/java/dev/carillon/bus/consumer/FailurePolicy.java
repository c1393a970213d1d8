package dev.carillon.bus.consumer;

import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.internal.Shown;
import org.slf4j.Logger;

/**
 * What a consumer does with an event after the final failure of a receiver, and with a message that cannot be decoded: it stores
 * dead letters, or calls a {@link Callback}.
 */
public sealed interface FailurePolicy {

    /**
     * Decides in the service's own code. Called by the worker of the event's key, so later events with that key wait. The message
     * is acknowledged when it returns, and also when it throws an exception, which is logged. An {@link Error} ends the consumer,
     * and the message stays with the group; those that a single message can cause (such as {@link AssertionError} and
     * {@link OutOfMemoryError}) are failures like any other.
     */
    non-sealed interface Callback extends FailurePolicy {

        /** A receiver has failed in all attempts that its {@link RetryPolicy} allows. Called once for each receiver. */
        void receiverFailed(FailedDelivery failed);

        /** A message could not be decoded. */
        void undecodable(UndecodableMessage message);
    }

    /**
     * Stores the event among the group's {@link DeadLetters}, from which it can be redriven; later events with its key are
     * delivered. The default.
     */
    static FailurePolicy deadLetters() {
        return deadLetters(KeyPolicy.CONTINUE);
    }

    /** Stores the event among the group's {@link DeadLetters}; the key policy decides about later events with its key. */
    static FailurePolicy deadLetters(KeyPolicy keyPolicy) {
        return new DeadLettering(keyPolicy);
    }

    /** Logs the failure and acknowledges the message, as the Python consumer does. */
    static Callback logAndAcknowledge() {
        return new LogAndAcknowledge();
    }

    /**
     * The failure of a receiver on an event from the bus.
     *
     * @param group the consumer group
     * @param message the message as it was received
     * @param metadata the event's metadata
     * @param receiverName the receiver
     * @param cause the exception that it threw
     */
    record FailedDelivery(
            String group, IncomingMessage message, EventMetadata metadata, String receiverName, Throwable cause) {}

    /**
     * A message that cannot be decoded: its headers are invalid, or its data do not match their schema.
     *
     * @param group the consumer group
     * @param message the message as it was received
     * @param problem the reason; contains none of its data
     */
    record UndecodableMessage(String group, IncomingMessage message, String problem) {}

    /**
     * The consumer itself stores dead letters.
     *
     * @param keyPolicy what happens to later events with the same key
     */
    record DeadLettering(KeyPolicy keyPolicy) implements FailurePolicy {}

    /** Logs the failure and the position of the event, so that it can be found and sent again. */
    final class LogAndAcknowledge implements Callback {

        private static final Logger LOG = Loggers.CONSUMER;

        private LogAndAcknowledge() {}

        @Override
        public void receiverFailed(FailedDelivery failed) {
            LOG.error(
                    "Receiver {} failed on event {} ({}) from {}, group {}; the event is acknowledged: {}",
                    Shown.text(failed.receiverName(), 300),
                    failed.metadata().id(),
                    failed.metadata().eventType(),
                    failed.message(),
                    failed.group(),
                    failed.cause()
                            .getClass()
                            .getName()); // the exception message is in the receiver's own log line, scrubbed
        }

        @Override
        public void undecodable(UndecodableMessage undecodable) {
            LOG.error(
                    "Message {} (group {}) is undecodable and is acknowledged: {}",
                    undecodable.message(),
                    undecodable.group(),
                    Shown.text(undecodable.problem(), 1_000));
        }
    }

    /** What happens to later events with the key of a dead letter. */
    enum KeyPolicy {

        /** Later events are delivered. */
        CONTINUE,

        /**
         * The key is blocked: later events are dead-lettered in order, until the first dead letter has been handled or
         * discarded. This also holds after a restart, and for other members of the group.
         */
        BLOCK
    }
}
