package dev.carillon.bus.kafka.registry;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache that loads each key once: callers that request it while it is being loaded wait for the same result. Loads run in the
 * caller's thread, without a lock, so a slow load delays no other key. Values are kept forever. Exceptions are kept for a while,
 * so that many consecutive callers fail at once, and at most 1,000 of them. Errors are not kept. Thread-safe.
 */
final class SingleFlightCache<K, V> {

    private static final long MAX_FAILURES = 1_000;

    /** Where a plain Caffeine cache would load under a lock that it shares with other keys, futures do not. */
    private final AsyncCache<K, Outcome<V>> outcomes;

    /** One of the two is null. */
    private record Outcome<V>(@Nullable V value, @Nullable RuntimeException failure) {}

    /**
     * An empty cache.
     *
     * @param failureLifetime how long an exception is kept
     * @param nanoTime the clock
     */
    SingleFlightCache(Function<RuntimeException, Duration> failureLifetime, LongSupplier nanoTime) {
        this.outcomes = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(nanoTime::getAsLong)
                .maximumWeight(MAX_FAILURES)
                .weigher((K key, Outcome<V> outcome) -> outcome.failure() == null ? 0 : 1)
                .expireAfter(Expiry.creating((K key, Outcome<V> outcome) -> outcome.failure() == null
                        ? Duration.ofNanos(Long.MAX_VALUE)
                        : failureLifetime.apply(outcome.failure())))
                .buildAsync();
    }

    /** Throws what the load threw. */
    V get(K key, Function<K, V> load) {
        CompletableFuture<Outcome<V>> known = outcomes.getIfPresent(key);
        if (known != null) {
            return await(known);
        }
        CompletableFuture<Outcome<V>> mine = new CompletableFuture<>();
        CompletableFuture<Outcome<V>> theirs = outcomes.asMap().putIfAbsent(key, mine);
        if (theirs != null) {
            return await(theirs);
        }
        try {
            mine.complete(new Outcome<>(load.apply(key), null));
        } catch (RuntimeException e) {
            mine.complete(new Outcome<>(null, e));
        } catch (Error e) { // other callers must not wait forever, for example after an oversized response
            mine.completeExceptionally(e);
        }
        return await(mine);
    }

    private static <V> V await(CompletableFuture<Outcome<V>> future) {
        Outcome<V> outcome;
        try {
            outcome = future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        return Objects.requireNonNull(outcome.value(), "a load returns a value or throws");
    }
}
