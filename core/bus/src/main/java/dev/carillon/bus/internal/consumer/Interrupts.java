package dev.carillon.bus.internal.consumer;

/** Interrupts of the consumer's own threads, which only code of the user causes: these threads are stopped by a flag. */
final class Interrupts {

    private Interrupts() {}

    /** Clears the interrupt flag that a receiver or a health check may have left behind, so that it affects nothing later. */
    @SuppressWarnings("ReturnValueIgnored") // called for its side effect
    static void clear() {
        Thread.interrupted();
    }
}
