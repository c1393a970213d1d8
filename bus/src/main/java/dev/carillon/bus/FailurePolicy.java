package dev.carillon.bus;

/**
 * What a consumer does with an event that a receiver failed on, and with a message that is no event. Called in the event's
 * lane, so the events behind it in order wait. When it returns, the message is finished with, and acknowledged.
 */
public interface FailurePolicy {

    /** A receiver failed; the others were called all the same. Called once for each failure. */
    void receiverFailed(FailedDelivery failed);

    /** A message could not be read. */
    void unusable(UnusableMessage message);

    /** Logs and goes on, as the Python consumer does. */
    static FailurePolicy logAndAcknowledge() {
        return new LogAndAcknowledge();
    }
}
