package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.UnpublishableException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;

/**
 * What becomes of messages that were not handled, and of dead letters that were. Called by workers. The methods that return a
 * boolean block until the broker has what they keep; false when the consumer ended before that, and the message must not be
 * acknowledged. They throw a {@link DeadLetterRefusedException} where the broker will never take what is to be kept.
 */
public interface FailureHandler extends AutoCloseable {

    /** Called once, first, with what distinguishes topics of one name, see {@link MessageSource#topicId}. */
    void begin(UnaryOperator<String> topicIds);

    /** Receivers failed for the last time. */
    boolean failed(InFlightMessage message, Delivery<?> delivery);

    /** A dead letter was redriven to receivers that are not connected here. */
    boolean unreached(InFlightMessage message);

    /** A message could not be decoded. */
    boolean undecodable(InFlightMessage message, RuntimeException problem);

    /** Whether a dead letter blocks the event's key. */
    boolean isBlocked(InFlightMessage message);

    /** Keeps an event whose key is blocked behind the dead letter that blocks it. */
    boolean keepBehind(InFlightMessage message);

    /** An event was handled by all its receivers. */
    boolean handled(InFlightMessage message);

    /** Reads again what other members and operators may have changed; false when the end was requested before that was done. */
    boolean refresh(StopSignal stop);

    /** Whether others can change what this handler goes by. */
    boolean isShared();

    /** The consumer ends: calls that block return. */
    void abandon();

    @Override
    void close();

    /** Passes failures to the caller's policy; the messages are acknowledged. */
    static FailureHandler calling(FailurePolicy policy, String group) {
        return new PolicyCaller(policy, group);
    }

    /**
     * The broker will never take the dead letter of a message, as it is configured now. The message must not be acknowledged, or it
     * would be lost; trying again helps only once somebody has changed the broker's settings.
     */
    final class DeadLetterRefusedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private DeadLetterRefusedException(String message, UnpublishableException cause) {
            super(message, cause);
        }

        /** Names the message, its size, what the broker said and what to do; nothing of what it holds. */
        static DeadLetterRefusedException of(IncomingMessage message, String group, UnpublishableException cause) {
            return new DeadLetterRefusedException(
                    "The dead letter of " + message + " (" + message.data().length + " bytes and "
                            + message.headers().size()
                            + " headers) of group " + group + " cannot be kept: " + cause.getMessage()
                            + ". Let the group's own topics take larger messages; until then the message stays"
                            + " unacknowledged",
                    cause);
        }
    }

    /** Without dead letters nothing is redriven and no key is blocked. */
    final class PolicyCaller implements FailureHandler {

        private static final Logger LOG = Loggers.CONSUMER;

        private final FailurePolicy policy;
        private final String group;

        private PolicyCaller(FailurePolicy policy, String group) {
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
            } catch (RuntimeException e) {
                LOG.error("Failure policy failed on {}; the message is acknowledged", message, message.loggable(e));
            }
        }

        @Override
        public boolean isBlocked(InFlightMessage message) {
            return false;
        }

        @Override
        public boolean keepBehind(InFlightMessage message) {
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
        public boolean isShared() {
            return false;
        }

        @Override
        public void abandon() {}

        @Override
        public void close() {}
    }
}
