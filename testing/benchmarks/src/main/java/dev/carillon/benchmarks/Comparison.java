package dev.carillon.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures Carillon and a peer in alternating rounds, and prints the medians and their ratio. */
final class Comparison {

    static final int WARM_UP_ROUNDS = 2;
    static final int ROUNDS = 7;

    private final int events;
    private final String peer;

    /** Each round has this number of events; {@code peer} is the name of the peer. */
    Comparison(int events, String peer) {
        this.events = events;
        this.peer = peer;
    }

    /** One round of all events. */
    @FunctionalInterface
    interface Round {
        void run() throws Exception;
    }

    void compare(String measurement, Round carillon, Round raw, Round beforeRound) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            double oursPerSecond = measure(carillon, beforeRound);
            double theirsPerSecond = measure(raw, beforeRound);
            if (round >= WARM_UP_ROUNDS) {
                ours.add(oursPerSecond);
                theirs.add(theirsPerSecond);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s carillon %,10.0f events/s   raw %s %,10.0f events/s   ratio %.2f%n",
                measurement,
                median(ours),
                peer,
                median(theirs),
                median(ours) / median(theirs));
    }

    private double measure(Round round, Round beforeRound) throws Exception {
        beforeRound.run();
        long start = System.nanoTime();
        round.run();
        return events * 1e9 / (System.nanoTime() - start);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
