package dev.carillon.rig.role;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** What makes events large. */
final class Loads {

    /** Kafka takes this by default, with key and headers; the same with what a dead letter adds, it does not. */
    private static final int LARGEST = 1_047_900;

    private static final int LEAST = 200_000;
    private static final int LARGEST_PERCENT = 10;
    private static final int LARGE_PERCENT = 1;

    private Loads() {}

    /** Of those that become dead letters, or come behind one, many are as large as can be; of the others, some are large. */
    static Step some(Step step) {
        RandomGenerator random = ThreadLocalRandom.current();
        if (Counters.isPoison(step) || Counters.isPoisonToArchive(step)) {
            return of(step, LARGEST);
        }
        if (Counters.isBehindPoison(step) && random.nextInt(100) < LARGEST_PERCENT) {
            return of(step, LARGEST);
        }
        return random.nextInt(100) < LARGE_PERCENT ? of(step, random.nextInt(LEAST, LARGEST)) : step;
    }

    private static Step of(Step step, int length) {
        return new Step(step.counter(), step.number(), "x".repeat(length));
    }
}
