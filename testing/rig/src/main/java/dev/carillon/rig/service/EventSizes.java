package dev.carillon.rig.service;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Enlarges some events. */
final class EventSizes {

    /** With key and headers, just below the default limit of Kafka; a dead letter of such an event exceeds the limit. */
    private static final int MAX_SIZE = 1_047_900;

    private static final int MIN_LARGE_SIZE = 200_000;
    private static final int MAX_SIZE_PERCENT = 10;
    private static final int LARGE_PERCENT = 1;

    private EventSizes() {}

    /** Events that become dead letters have the maximum size, and some of those behind them; of the others, a few are large. */
    static Step vary(Step step) {
        RandomGenerator random = ThreadLocalRandom.current();
        if (Counters.isPoison(step) || Counters.isPoisonToArchive(step)) {
            return withSize(step, MAX_SIZE);
        }
        if (Counters.isBehindPoison(step) && random.nextInt(100) < MAX_SIZE_PERCENT) {
            return withSize(step, MAX_SIZE);
        }
        return random.nextInt(100) < LARGE_PERCENT ? withSize(step, random.nextInt(MIN_LARGE_SIZE, MAX_SIZE)) : step;
    }

    private static Step withSize(Step step, int size) {
        return new Step(step.counter(), step.number(), "x".repeat(size));
    }
}
