package dev.carillon.bus;

/**
 * What a consumer does with an event that a receiver failed on for the last time, and with a message that is no event. Called in
 * the event's lane, so the events behind it in order wait. When it returns, the message is finished with, and acknowledged.
 */
public interface FailurePolicy {

    /** A receiver failed, as often as its {@link RetryPolicy} allows. Called once for each receiver. */
    void receiverFailed(FailedDelivery failed);

    /** A message could not be read. */
    void unusable(UndecodableMessage message);

    /**
     * Keeps it among the group's {@link DeadLetters}, from where it can be sent to the group again; the events behind it on its key
     * go on. The default.
     */
    static FailurePolicy deadLetters() {
        return deadLetters(Poison.SKIP);
    }

    /** Keeps it among the group's {@link DeadLetters}, and has this become of the events behind it on its key. */
    static FailurePolicy deadLetters(Poison poison) {
        return new DeadLettering(poison);
    }

    /** Logs and goes on, as the Python consumer does. */
    static FailurePolicy logAndAcknowledge() {
        return new LogAndAcknowledge();
    }
}
