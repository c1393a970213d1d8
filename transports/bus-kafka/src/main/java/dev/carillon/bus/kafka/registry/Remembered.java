package dev.carillon.bus.kafka.registry;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are asked for once and kept for ever. Who asks while another is asking waits for the same answer. A failure is
 * kept for a while only, so that many who ask one after the other fail at once, and at most so many are kept. Thread-safe; an
 * answer that is known takes one look, and no lock.
 */
final class Remembered<K, V> {

    private static final int MOST_FAILURES = 1_000;

    private final Map<K, V> answers = new ConcurrentHashMap<>();
    private final Map<K, CompletableFuture<V>> asking = new ConcurrentHashMap<>();
    private final Map<K, Failure> failures = new ConcurrentHashMap<>();
    private final Predicate<RuntimeException> lasting;
    private final long lastingNanos;
    private final long passingNanos;
    private final LongSupplier nanoTime;

    private record Failure(RuntimeException cause, long until) {}

    /** Keeps failures so long, depending on whether they are lasting. */
    Remembered(Predicate<RuntimeException> lasting, long lastingNanos, long passingNanos, LongSupplier nanoTime) {
        this.lasting = lasting;
        this.lastingNanos = lastingNanos;
        this.passingNanos = passingNanos;
        this.nanoTime = nanoTime;
    }

    /** The answer; throws what the asking threw. */
    V get(K key, Function<K, V> ask) {
        V known = answers.get(key);
        return known != null ? known : find(key, ask);
    }

    private V find(K key, Function<K, V> ask) {
        failRecent(key);
        CompletableFuture<V> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<V> theirs = asking.putIfAbsent(key, mine);
        if (theirs != null) {
            return waitFor(theirs);
        }
        try {
            V known = answers.get(key);
            V answer = known != null ? known : ask.apply(key);
            answers.put(key, answer);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException e) {
            remember(key, e);
            throw released(mine, e);
        } catch (Error e) { // an oversized answer, for example: whoever waits for it must not wait for ever
            throw released(mine, e);
        } finally {
            asking.remove(key);
        }
    }

    private static <T extends Throwable> T released(CompletableFuture<?> waiters, T failure) {
        waiters.completeExceptionally(failure);
        return failure;
    }

    private static <V> V waitFor(CompletableFuture<V> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void failRecent(K key) {
        Failure failure = failures.get(key);
        if (failure != null) {
            if (nanoTime.getAsLong() - failure.until() < 0) {
                throw failure.cause();
            }
            failures.remove(key, failure);
        }
    }

    private void remember(K key, RuntimeException cause) {
        if (failures.size() >= MOST_FAILURES) {
            failures.clear();
        }
        failures.put(
                key, new Failure(cause, nanoTime.getAsLong() + (lasting.test(cause) ? lastingNanos : passingNanos)));
    }
}
