package dev.carillon.bus;

/**
 * The engine keeps what was given up among the group's dead letters.
 *
 * @param poison what becomes of the events behind it
 */
record DeadLettering(Poison poison) implements FailurePolicy {

    @Override
    public void receiverFailed(FailedDelivery failed) {
        throw new UnsupportedOperationException("the consumer itself keeps dead letters");
    }

    @Override
    public void unusable(UndecodableMessage message) {
        throw new UnsupportedOperationException("the consumer itself keeps dead letters");
    }
}
