package dev.carillon.bus;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import java.util.function.UnaryOperator;

/**
 * What becomes of what cannot be handled. Called by lanes. Those that answer tell whether the message may be acknowledged; where
 * not, the consumer ended meanwhile. Where the broker will never take what is to be kept, they throw a
 * {@link DeadLetterRefusedException}: the message stays unfinished.
 */
interface GivenUp extends AutoCloseable {

    /** Begins, with what tells topics of one name from each other, as {@link MessageSource#topicId} says. Called before all else. */
    void begin(UnaryOperator<String> topicIds);

    /** Receivers failed for the last time. */
    boolean failed(Delivery<?> delivery);

    /** A dead letter was redriven to receivers that are not connected here. */
    boolean unreached(Task task);

    /** A message is no event. */
    boolean unusable(Task task, RuntimeException problem);

    /** Where a message came from first. */
    Origin originOf(IncomingMessage message);

    /** Whether something before it on its key holds this event back. */
    boolean isHeldBack(Delivery<?> delivery, Origin origin);

    /** An event is held back. */
    boolean keepBehind(Delivery<?> delivery, Origin origin);

    /** An event was handled. */
    boolean handled(IncomingMessage message, Origin origin);

    /** Reads again what others change; answers false when the end was requested before that was done. */
    boolean refresh(StopSignal stop);

    /** Whether others change what this one goes by. */
    boolean isShared();

    /** The consumer ends. */
    void abandon();

    @Override
    void close();
}
