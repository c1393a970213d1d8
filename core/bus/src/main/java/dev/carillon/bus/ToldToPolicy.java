package dev.carillon.bus;

import dev.carillon.bus.transport.IncomingMessage;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What cannot be handled is told to the caller's policy, and acknowledged. */
final class ToldToPolicy implements GivenUp {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    private final String group;
    private final FailurePolicy policy;

    ToldToPolicy(String group, FailurePolicy policy) {
        this.group = group;
        this.policy = policy;
    }

    @Override
    public void begin(UnaryOperator<String> topicIds) {}

    @Override
    public boolean failed(Delivery<?> delivery) {
        delivery.failuresByReceiver().forEach((receiver, failure) -> {
            FailedDelivery failed = new FailedDelivery(
                    group, delivery.message(), delivery.metadata(), receiver.receiverName(), failure);
            tell(delivery, () -> policy.receiverFailed(failed));
        });
        return true;
    }

    /** Without dead letters, nothing is redriven. */
    @Override
    public boolean unreached(Task task) {
        return true;
    }

    @Override
    public boolean unusable(Task task, RuntimeException problem) {
        UndecodableMessage unusable =
                new UndecodableMessage(group, task.message(), String.valueOf(problem.getMessage()));
        tell(task, () -> policy.unusable(unusable));
        return true;
    }

    private static void tell(Task task, Runnable policy) {
        try {
            policy.run();
        } catch (RuntimeException e) {
            LOG.error("The failure policy failed on {}; the message is acknowledged", task.message(), task.loggable(e));
        }
    }

    @Override
    public Origin originOf(IncomingMessage message) {
        return Origin.of(message, OwnTopics.NONE);
    }

    @Override
    public boolean isHeldBack(Delivery<?> delivery, Origin origin) {
        return false;
    }

    @Override
    public boolean keepBehind(Delivery<?> delivery, Origin origin) {
        return true;
    }

    @Override
    public boolean handled(IncomingMessage message, Origin origin) {
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
