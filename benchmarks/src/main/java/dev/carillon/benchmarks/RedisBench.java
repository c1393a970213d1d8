package dev.carillon.benchmarks;

import dev.carillon.embedded.EmbeddedRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Events per second through Redis, for producing and for consuming, and the same for plain Lettuce moving the same bytes in the
 * same run: the two take turns, and the median of the rounds counts.
 */
final class RedisBench {

    private static final int WARM_UP_ROUNDS = 2;
    private static final int ROUNDS = 7;

    private final int events;

    RedisBench(int events) {
        this.events = events;
    }

    /** One timed round of {@code events} events. */
    @FunctionalInterface
    private interface Round {
        void run() throws Exception;
    }

    void run() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                CarillonOnRedis carillon = new CarillonOnRedis(redis.url(), events);
                LettuceOnRedis lettuce = new LettuceOnRedis(redis.url(), carillon.recorded(), events)) {
            System.out.printf(
                    Locale.ROOT,
                    "%,d certificate events a round, %d rounds each in turn after %d to warm up; Redis on the same machine%n",
                    events,
                    ROUNDS,
                    WARM_UP_ROUNDS);
            compare("producing", carillon::produce, lettuce::produce, carillon::clear);
            carillon.clear();
            lettuce.produce();
            compare("consuming", carillon::consume, lettuce::consume, () -> {});
        }
    }

    private void compare(String what, Round carillon, Round lettuce, Round between) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            double oursPerSecond = measure(carillon, between);
            double rawPerSecond = measure(lettuce, between);
            if (round >= WARM_UP_ROUNDS) {
                ours.add(oursPerSecond);
                raw.add(rawPerSecond);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s carillon %,10.0f events/s   raw Lettuce %,10.0f events/s   ratio %.2f%n",
                what,
                median(ours),
                median(raw),
                median(ours) / median(raw));
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
