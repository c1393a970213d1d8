package dev.carillon.benchmarks;

import dev.carillon.embedded.EmbeddedRedis;
import java.util.Locale;

/** Measures producing and consuming with Redis, compared with plain Lettuce and the same bytes. */
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
                    "%,d certificate events per round, %d rounds each, alternating, after %d warm-up rounds; Redis on the same machine%n",
                    events,
                    Comparison.ROUNDS,
                    Comparison.WARM_UP_ROUNDS);
            Comparison comparison = new Comparison(events, "Lettuce");
            comparison.compare("producing", carillon::produce, lettuce::produce, carillon::clear);
            carillon.clear();
            lettuce.produce();
            comparison.compare("consuming", carillon::consume, lettuce::consume, () -> {});
        }
    }
}
