package dev.carillon.cli.demo;

import java.time.Duration;

/** Notices that a number has not grown for a while. */
final class Stall {

    private final long patienceNanos;
    private long lastValue = -1;
    private long lastGrowth = System.nanoTime();

    Stall(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    boolean isStalled(long value) {
        long now = System.nanoTime();
        if (value > lastValue) {
            lastValue = value;
            lastGrowth = now;
        }
        return now - lastGrowth > patienceNanos;
    }
}
