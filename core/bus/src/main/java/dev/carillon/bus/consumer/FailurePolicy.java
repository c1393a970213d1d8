package dev.carillon.bus.consumer;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.internal.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a consumer does with an event that a receiver failed on for the last time, and with a message that cannot be decoded. Called
 * by the worker of the event's key, so the events behind it in order wait. When it returns, the message is acknowledged.
 */
public interface FailurePolicy {

    /** A receiver failed as often as its {@link RetryPolicy} allows. Called once for each receiver. */
    void receiverFailed(FailedDelivery failed);

    /** A message could not be decoded. */
    void undecodable(UndecodableMessage message);

    /**
     * Keeps it among the group's {@link DeadLetters}, from where it can be redriven; the events behind it on its key are delivered.
     * The default.
     */
    static FailurePolicy deadLetters() {
        return deadLetters(KeyPolicy.CONTINUE);
    }

    /** Keeps it among the group's {@link DeadLetters}; the key policy decides about the events behind it on its key. */
    static FailurePolicy deadLetters(KeyPolicy keyPolicy) {
        return new DeadLettering(keyPolicy);
    }

    /** Logs the failure and acknowledges the message, as the Python consumer does. */
    static FailurePolicy logAndAcknowledge() {
        return new LogAndAcknowledge();
    }

    /**
     * A receiver that threw on an event from the bus.
     *
     * @param group the consumer group
     * @param message the message as it came
     * @param metadata the event's metadata
     * @param receiverName the receiver
     * @param cause what it threw
     */
    record FailedDelivery(
            String group, IncomingMessage message, EventMetadata metadata, String receiverName, Throwable cause) {}

    /**
     * A message that is no event: bad headers, or data that do not fit their schema.
     *
     * @param group the consumer group
     * @param message the message as it came
     * @param problem what is wrong with it; nothing of its data
     */
    record UndecodableMessage(String group, IncomingMessage message, String problem) {}

    /**
     * The consumer itself keeps dead letters; it never calls these methods.
     *
     * @param keyPolicy what becomes of the events behind them
     */
    record DeadLettering(KeyPolicy keyPolicy) implements FailurePolicy {

        @Override
        public void receiverFailed(FailedDelivery failed) {
            throw new IllegalStateException("The consumer itself keeps dead letters");
        }

        @Override
        public void undecodable(UndecodableMessage message) {
            throw new IllegalStateException("The consumer itself keeps dead letters");
        }
    }

    /** Logs what failed and where it stands, so that it can be found and sent again. */
    final class LogAndAcknowledge implements FailurePolicy {

        private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

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
                    failed.cause().getClass().getName()); // its message is in the receiver's own log line, scrubbed
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

    /** What becomes of the events behind a dead letter, on the same key. */
    enum KeyPolicy {

        /** They are delivered. */
        CONTINUE,

        /**
         * The key is blocked: they are dead-lettered behind it, in order, until it was handled or discarded; also after a restart, and
         * by other members of the group.
         */
        BLOCK
    }
}
