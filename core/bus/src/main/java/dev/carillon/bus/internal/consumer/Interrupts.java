package dev.carillon.bus.internal.consumer;

/** Handles interrupts of the consumer's own threads. They stop by a flag, so an interrupt was meant for a receiver or health check. */
final class Interrupts {

    private Interrupts() {}

    /** Clears the interrupt flag that a receiver or a health check may have left behind, so that it affects nothing later. */
    @SuppressWarnings("ReturnValueIgnored") // called for its side effect
    static void clear() {
        Thread.interrupted();
    }
}
