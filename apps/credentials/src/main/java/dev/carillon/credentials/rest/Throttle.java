package dev.carillon.credentials.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.credentials.security.Caller;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits the calls of each user within any minute; staff are exempt. Thread-safe. */
final class Throttle {

    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
    private static final int MAX_USERS = 100_000;

    private final int limit;
    private final Cache<String, Deque<Long>> calls = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(1))
            .maximumSize(MAX_USERS)
            .build();

    /** With this number of calls a minute. */
    Throttle(int limit) {
        this.limit = limit;
    }

    /**
     * Counts a call.
     *
     * @throws ThrottledException if it is one too many; it does not count then
     */
    void count(Caller caller) {
        if (caller.staff()) {
            return;
        }
        Deque<Long> recent = calls.get(caller.username(), name -> new ArrayDeque<>());
        synchronized (recent) {
            long now = System.nanoTime();
            while (!recent.isEmpty() && now - recent.getFirst() >= WINDOW_NANOS) {
                recent.removeFirst();
            }
            if (recent.size() >= limit) {
                long left = WINDOW_NANOS - (now - recent.getFirst());
                throw new ThrottledException(left / NANOS_PER_SECOND + 1);
            }
            recent.addLast(now);
        }
    }
}
