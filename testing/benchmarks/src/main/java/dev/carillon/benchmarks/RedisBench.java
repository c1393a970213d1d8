package dev.carillon.benchmarks;

import dev.carillon.embedded.EmbeddedRedis;
import java.util.Locale;

/**
 * Events per second through Redis, for producing and for consuming, and the same for plain Lettuce moving the same bytes in the
 * same run: the two take turns, and the median of the rounds counts.
 */
final class RedisBench {

    private final int events;

    RedisBench(int events) {
        this.events = events;
    }

    void run() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                CarillonOnRedis carillon = new CarillonOnRedis(redis.url(), events);
                LettuceOnRedis lettuce = new LettuceOnRedis(redis.url(), carillon.recorded(), events)) {
            System.out.printf(
                    Locale.ROOT,
                    "%,d certificate events a round, %d rounds each in turn after %d to warm up; Redis on the same machine%n",
                    events,
                    Turns.ROUNDS,
                    Turns.WARM_UP_ROUNDS);
            Turns turns = new Turns(events, "Lettuce");
            turns.compare("producing", carillon::produce, lettuce::produce, carillon::clear);
            carillon.clear();
            lettuce.produce();
            turns.compare("consuming", carillon::consume, lettuce::consume, () -> {});
        }
    }
}
