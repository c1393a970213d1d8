package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.UnpublishableException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;

/**
 * Handles messages that failed, and removes dead letters that were handled. Called by workers. The methods that return a boolean
 * block until the broker has stored or removed the dead letter. They return false when the consumer ended before that: the message
 * must then not be acknowledged. They throw a {@link DeadLetterRefusedException} when the broker will never accept the dead letter.
 */
public interface FailureHandler extends AutoCloseable {

    /** Called once, before all other methods, with a function that returns the {@link MessageSource#topicId} of a topic. */
    void begin(UnaryOperator<String> topicIds);

    /** Receivers failed, and no attempt is left. */
    boolean failed(InFlightMessage message, Delivery<?> delivery);

    /** A redriven dead letter did not reach all its receivers, because some are not connected in this service. */
    boolean unreached(InFlightMessage message);

    /** A message could not be decoded. */
    boolean undecodable(InFlightMessage message, RuntimeException problem);

    /** Whether a dead letter blocks the event's key. */
    boolean isBlocked(InFlightMessage message);

    /** Stores an event as a dead letter because an earlier dead letter blocks its key. */
    boolean deadLetterBehind(InFlightMessage message);

    /** An event was handled by all its receivers. */
    boolean handled(InFlightMessage message);

    /** Reads the changes that other members and operators have made; returns false when stopped before that was done. */
    boolean refresh(StopSignal stop);

    /** Whether dead letters block their keys, so that the changes of other members and operators must be read. */
    boolean blocksKeys();

    /** Makes blocked calls return, because the consumer is ending. */
    void abandon();

    @Override
    void close();

    /** Passes failures to the caller's policy; the messages are acknowledged. */
    static FailureHandler calling(FailurePolicy.Callback policy, String group) {
        return new PolicyCaller(policy, group);
    }

    /**
     * The broker, as it is configured now, will never accept the dead letter of a message. The message must not be acknowledged,
     * or it would be lost. A retry can succeed only after the broker's settings were changed.
     */
    final class DeadLetterRefusedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private DeadLetterRefusedException(String message, UnpublishableException cause) {
            super(message, cause);
        }

        /** The exception names the message, its size, the broker's reason and a solution, but none of its content. */
        static DeadLetterRefusedException of(IncomingMessage message, String group, UnpublishableException cause) {
            return new DeadLetterRefusedException(
                    "The dead letter of " + message + " (" + message.data().length + " bytes and "
                            + message.headers().size()
                            + " headers) of group " + group + " cannot be stored: " + cause.getMessage()
                            + ". Raise the size limit of the group's own topics; until then the message stays"
                            + " unacknowledged",
                    cause);
        }
    }

    /** Calls a failure policy. There are no dead letters, so nothing is redriven and no key is blocked. */
    final class PolicyCaller implements FailureHandler {

        private static final Logger LOG = Loggers.CONSUMER;

        private final FailurePolicy.Callback policy;
        private final String group;

        private PolicyCaller(FailurePolicy.Callback policy, String group) {
            this.policy = policy;
            this.group = group;
        }

        @Override
        public void begin(UnaryOperator<String> topicIds) {}

        @Override
        public boolean failed(InFlightMessage message, Delivery<?> delivery) {
            delivery.failuresByReceiver()
                    .forEach((receiver, failure) -> call(
                            message,
                            () -> policy.receiverFailed(new FailurePolicy.FailedDelivery(
                                    group, message.message(), delivery.metadata(), receiver.receiverName(), failure))));
            return true;
        }

        @Override
        public boolean unreached(InFlightMessage message) {
            return true;
        }

        @Override
        public boolean undecodable(InFlightMessage message, RuntimeException problem) {
            call(
                    message,
                    () -> policy.undecodable(new FailurePolicy.UndecodableMessage(
                            group, message.message(), String.valueOf(problem.getMessage()))));
            return true;
        }

        private static void call(InFlightMessage message, Runnable policy) {
            try {
                policy.run();
            } catch (Exception e) { // also a checked exception that its method does not declare
                LOG.error("Failure policy failed on {}; the message is acknowledged", message, message.loggable(e));
            }
        }

        @Override
        public boolean isBlocked(InFlightMessage message) {
            return false;
        }

        @Override
        public boolean deadLetterBehind(InFlightMessage message) {
            return true;
        }

        @Override
        public boolean handled(InFlightMessage message) {
            return true;
        }

        @Override
        public boolean refresh(StopSignal stop) {
            return true;
        }

        @Override
        public boolean blocksKeys() {
            return false;
        }

        @Override
        public void abandon() {}

        @Override
        public void close() {}
    }
}
