package dev.carillon.bus.redis;

import dev.carillon.bus.internal.Secrets;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How to read a group: what the specification asks, with the options that the Python consumer has.
 *
 * @param consumer our name in the group
 * @param generated whether the name was made up, so that nobody will ever use it again
 * @param start the id behind which a new group begins, or {@code $} for the end
 * @param wish what was asked for as the start, in words
 * @param moves whether the Python consumer would move an existing group there
 * @param claimAfter how long a message must be unacknowledged before it is taken over from another consumer
 * @param sharing whether several members read at the same time, without regard to the order of keys
 * @param lease how long a member that falls silent keeps the others waiting
 */
record SourceOptions(
        String consumer,
        boolean generated,
        String start,
        String wish,
        boolean moves,
        Duration claimAfter,
        boolean sharing,
        Duration lease) {

    static final String CONSUMER_NAME = "consumer_name";
    static final String CHECK_BACKLOG = "check_backlog";
    static final String LAST_READ_MSG_ID = "last_read_msg_id";
    static final String CLAIM_MSGS_OLDER_THAN = "claim_msgs_older_than";
    static final String SHARING = "sharing";
    static final String LEASE_SECONDS = "lease_seconds";

    /** The end of a stream. */
    static final String END = "$";

    private static final long DEFAULT_CLAIM_MILLIS = 30_000;
    private static final long LEAST_CLAIM_MILLIS = 100;
    private static final long LONGEST_CLAIM_MILLIS = Duration.ofDays(365).toMillis();

    private static final long DEFAULT_LEASE_SECONDS = 10;
    private static final long LEAST_LEASE_SECONDS = 1;
    private static final long LONGEST_LEASE_SECONDS = 600;

    private static final Map<String, String> KNOWN = Map.of(
            CONSUMER_NAME, "text that is not empty",
            CHECK_BACKLOG, "true or false",
            LAST_READ_MSG_ID, "the id of an entry, such as '1700000000000-0'",
            CLAIM_MSGS_OLDER_THAN, "a whole number of milliseconds, " + LEAST_CLAIM_MILLIS + " or more",
            SHARING, "true or false",
            LEASE_SECONDS, "a whole number of seconds from " + LEAST_LEASE_SECONDS + " to " + LONGEST_LEASE_SECONDS);

    /** Throws an {@link IllegalArgumentException} that names the option that does not fit. */
    static SourceOptions of(SourceSpec spec) {
        for (String name : new TreeSet<>(spec.extra().keySet())) {
            if (!KNOWN.containsKey(name)) {
                throw new IllegalArgumentException("Unknown extra option " + Shown.quoted(name) + " of value "
                        + Secrets.shown(name, spec.extra().get(name)) + NearestNames.question(name, KNOWN.keySet())
                        + " Redis knows " + String.join(", ", new TreeSet<>(KNOWN.keySet())));
            }
        }
        @Nullable String named = extra(spec, CONSUMER_NAME, SourceOptions::text);
        @Nullable Boolean backlog = extra(spec, CHECK_BACKLOG, value -> value instanceof Boolean flag ? flag : null);
        @Nullable StreamId lastRead = extra(spec, LAST_READ_MSG_ID, SourceOptions::id);
        @Nullable
        Long claimMillis =
                extra(spec, CLAIM_MSGS_OLDER_THAN, value -> whole(value, LEAST_CLAIM_MILLIS, LONGEST_CLAIM_MILLIS));
        boolean sharing =
                Boolean.TRUE.equals(extra(spec, SHARING, value -> value instanceof Boolean flag ? flag : null));
        @Nullable
        Long leaseSeconds =
                extra(spec, LEASE_SECONDS, value -> whole(value, LEAST_LEASE_SECONDS, LONGEST_LEASE_SECONDS));
        @Nullable String consumer = spec.consumerName() == null ? named : spec.consumerName();
        String start = start(spec.startAt());
        String wish = "start at " + described(spec.startAt());
        if (lastRead != null) {
            start = lastRead.toString();
            wish = LAST_READ_MSG_ID + " " + lastRead;
        } else if (Boolean.TRUE.equals(backlog)) {
            start = StreamId.ZERO.toString();
            wish = CHECK_BACKLOG;
        }
        return new SourceOptions(
                consumer == null ? generatedName(sharing) : consumer,
                consumer == null,
                start,
                wish,
                lastRead != null,
                Duration.ofMillis(claimMillis == null ? DEFAULT_CLAIM_MILLIS : claimMillis),
                sharing,
                Duration.ofSeconds(leaseSeconds == null ? DEFAULT_LEASE_SECONDS : leaseSeconds));
    }

    private static <V> @Nullable V extra(SourceSpec spec, String name, Function<Object, @Nullable V> reader) {
        Object value = spec.extra().get(name);
        if (value == null) {
            return null;
        }
        V read = reader.apply(value);
        if (read == null) {
            throw new IllegalArgumentException("The extra option '" + name + "' must be " + KNOWN.get(name)
                    + ", but is " + Secrets.shown(name, value) + " ("
                    + value.getClass().getSimpleName() + ")");
        }
        return read;
    }

    private static @Nullable String text(Object value) {
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    private static @Nullable StreamId id(Object value) {
        try {
            return value instanceof String text ? StreamId.parse(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Long whole(Object value, long least, long most) {
        try {
            long number = value instanceof Number ? new BigDecimal(value.toString()).longValueExact() : -1;
            return number >= least && number <= most ? number : null;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** The id behind which to begin, or {@link #END}. Throws an {@link IllegalArgumentException} when it is no id. */
    static String start(StartAt startAt) {
        if (startAt instanceof StartAt.After after) {
            try {
                return StreamId.parse(after.position()).toString();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Cannot start after " + Shown.quoted(after.position())
                                + ": on Redis a position is the id of an entry, such as 1700000000000-0",
                        e);
            }
        }
        if (startAt instanceof StartAt.Time time) {
            return StreamId.before(time.time().toEpochMilli()).toString();
        }
        return startAt == StartAt.Edge.EARLIEST ? StreamId.ZERO.toString() : END;
    }

    private static String described(StartAt startAt) {
        if (startAt instanceof StartAt.After after) {
            return after.position();
        }
        return startAt instanceof StartAt.Edge edge
                ? edge.name().toLowerCase(java.util.Locale.ROOT)
                : startAt.toString();
    }

    /** Nobody else's: host, process and chance are in it. */
    private static String generatedName(boolean sharing) {
        return (sharing ? "carillon-" : Members.LEASED_NAME) + hostName() + "-"
                + ProcessHandle.current().pid() + "-"
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
