package dev.carillon.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times two ways to do the same, in turn, and prints the medians and their ratio. */
final class Turns {

    static final int WARM_UP_ROUNDS = 2;
    static final int ROUNDS = 7;

    private final int events;
    private final String peer;

    /** So many events a round, beside a peer of this name. */
    Turns(int events, String peer) {
        this.events = events;
        this.peer = peer;
    }

    /** One timed round of all events. */
    @FunctionalInterface
    interface Round {
        void run() throws Exception;
    }

    void compare(String what, Round carillon, Round raw, Round between) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            double oursPerSecond = measure(carillon, between);
            double theirsPerSecond = measure(raw, between);
            if (round >= WARM_UP_ROUNDS) {
                ours.add(oursPerSecond);
                theirs.add(theirsPerSecond);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s carillon %,10.0f events/s   raw %s %,10.0f events/s   ratio %.2f%n",
                what,
                median(ours),
                peer,
                median(theirs),
                median(ours) / median(theirs));
    }

    private double measure(Round round, Round between) throws Exception {
        between.run();
        long start = System.nanoTime();
        round.run();
        return events * 1e9 / (System.nanoTime() - start);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
