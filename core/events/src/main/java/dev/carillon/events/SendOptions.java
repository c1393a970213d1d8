package dev.carillon.events;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Options for sending one event.
 *
 * @param stopsAtFirstFailure true: the first failure of a receiver is thrown, and the receivers after it are not called;
 *     false (robust): every receiver is called, and failures are logged and returned. In both cases a receiver with an
 *     executor does not stop the others: its failure is in {@link SendResult#completion()}
 * @param time when the event happened, for example the time stamp of the row that was written; null: now
 * @param only which receivers to call; null: all
 * @param logsFailures whether failures of receivers are logged; if not, the caller logs what the result contains
 */
public record SendOptions(
        boolean stopsAtFirstFailure,
        @Nullable Instant time,
        @Nullable Predicate<Subscription> only,
        boolean logsFailures) {

    private static final SendOptions ROBUST = new SendOptions(false, null, null, true);
    private static final SendOptions FAIL_FAST = new SendOptions(true, null, null, true);

    /** Every receiver is called (the default). */
    public static SendOptions robust() {
        return ROBUST;
    }

    /** The first failure is thrown. */
    public static SendOptions failFast() {
        return FAIL_FAST;
    }

    /** These options, for an event that happened at this time. */
    public SendOptions at(Instant time) {
        return new SendOptions(stopsAtFirstFailure, time, only, logsFailures);
    }

    /** These options for some receivers only, for example those that failed last time. */
    public SendOptions toReceivers(Predicate<Subscription> which) {
        return new SendOptions(stopsAtFirstFailure, time, which, logsFailures);
    }

    /** These options, without a log of receivers' failures: for a sender that retries, and logs them itself. */
    public SendOptions withoutLog() {
        return new SendOptions(stopsAtFirstFailure, time, only, false);
    }

    /** These options, stopping at the first failure. */
    SendOptions stoppingAtFirstFailure() {
        return stopsAtFirstFailure ? this : new SendOptions(true, time, only, logsFailures);
    }

    boolean isFor(Subscription receiver) {
        return only == null || only.test(receiver);
    }
}
