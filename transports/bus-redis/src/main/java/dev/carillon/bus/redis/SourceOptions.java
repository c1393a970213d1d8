package dev.carillon.bus.redis;

import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Secrets;
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
 * The options of one consumer: those of the source specification and its extra options, most of which the Python consumer has.
 *
 * @param consumer the consumer's name in the group
 * @param generated whether the name was generated, so that nobody will use it again
 * @param start the id after which a new group starts, or {@code $} for the end of the stream
 * @param startDescription the requested start, in words for the log
 * @param wouldMoveInPython whether the Python consumer would move an existing group to the start
 * @param claimAfter how long a message must be unacknowledged before it is claimed from another consumer
 * @param sharing whether several members read concurrently, without keeping the order of keys
 * @param lease how long standbys wait for an active member that stops responding
 */
record SourceOptions(
        String consumer,
        boolean generated,
        String start,
        String startDescription,
        boolean wouldMoveInPython,
        Duration claimAfter,
        boolean sharing,
        Duration lease) {

    static final String CONSUMER_NAME = "consumer_name";
    static final String CHECK_BACKLOG = "check_backlog";
    static final String LAST_READ_MSG_ID = "last_read_msg_id";
    static final String CLAIM_MSGS_OLDER_THAN = "claim_msgs_older_than";
    static final String SHARING = "sharing";
    static final String LEASE_SECONDS = "lease_seconds";

    /** The start of a group that gets only new entries. */
    static final String END = "$";

    private static final long DEFAULT_CLAIM_MILLIS = 30_000;
    private static final long MIN_CLAIM_MILLIS = 100;
    private static final long MAX_CLAIM_MILLIS = Duration.ofDays(365).toMillis();

    private static final long DEFAULT_LEASE_SECONDS = 10;
    private static final long MIN_LEASE_SECONDS = 1;
    private static final long MAX_LEASE_SECONDS = 600;

    private static final Map<String, String> KNOWN = Map.of(
            CONSUMER_NAME, "non-empty text",
            CHECK_BACKLOG, "true or false",
            LAST_READ_MSG_ID, "the id of an entry, such as '1700000000000-0'",
            CLAIM_MSGS_OLDER_THAN, "a whole number of milliseconds, " + MIN_CLAIM_MILLIS + " or more",
            SHARING, "true or false",
            LEASE_SECONDS, "a whole number of seconds from " + MIN_LEASE_SECONDS + " to " + MAX_LEASE_SECONDS);

    /** Throws an {@link IllegalArgumentException} that names an unknown or invalid option. */
    static SourceOptions of(SourceSpec spec) {
        for (String name : new TreeSet<>(spec.extra().keySet())) {
            if (!KNOWN.containsKey(name)) {
                throw new IllegalArgumentException("Unknown extra option " + Shown.quoted(name) + " with value "
                        + Secrets.shown(name, spec.extra().get(name)) + NearestNames.question(name, KNOWN.keySet())
                        + " Known options are " + String.join(", ", new TreeSet<>(KNOWN.keySet())));
            }
        }
        @Nullable String named = extra(spec, CONSUMER_NAME, SourceOptions::text);
        @Nullable Boolean backlog = extra(spec, CHECK_BACKLOG, value -> value instanceof Boolean flag ? flag : null);
        @Nullable StreamId lastRead = extra(spec, LAST_READ_MSG_ID, SourceOptions::id);
        @Nullable
        Long claimMillis =
                extra(spec, CLAIM_MSGS_OLDER_THAN, value -> whole(value, MIN_CLAIM_MILLIS, MAX_CLAIM_MILLIS));
        boolean sharing =
                Boolean.TRUE.equals(extra(spec, SHARING, value -> value instanceof Boolean flag ? flag : null));
        @Nullable
        Long leaseSeconds = extra(spec, LEASE_SECONDS, value -> whole(value, MIN_LEASE_SECONDS, MAX_LEASE_SECONDS));
        @Nullable String consumer = spec.consumerName() == null ? named : spec.consumerName();
        String start = start(spec.startAt());
        String startDescription = "start at " + described(spec.startAt());
        if (lastRead != null) {
            start = lastRead.toString();
            startDescription = LAST_READ_MSG_ID + " " + lastRead;
        } else if (Boolean.TRUE.equals(backlog)) {
            start = StreamId.ZERO.toString();
            startDescription = CHECK_BACKLOG;
        }
        return new SourceOptions(
                consumer == null ? generatedName(sharing) : consumer,
                consumer == null,
                start,
                startDescription,
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
            throw new IllegalArgumentException("Extra option '" + name + "' must be " + KNOWN.get(name)
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

    private static @Nullable Long whole(Object value, long min, long max) {
        try {
            long number = value instanceof Number ? new BigDecimal(value.toString()).longValueExact() : -1;
            return number >= min && number <= max ? number : null;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** The id after which to start, or {@link #END}. Throws an {@link IllegalArgumentException} if the position is not an id. */
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
        if (startAt instanceof StartAt.Time time) {
            return time.time().toString();
        }
        return startAt instanceof StartAt.Edge edge
                ? edge.name().toLowerCase(java.util.Locale.ROOT)
                : startAt.toString();
    }

    /** A unique name, of the host, the process and a random number. */
    private static String generatedName(boolean sharing) {
        return (sharing ? "carillon-" : LeaseAwareMembers.GENERATED_PREFIX) + hostName() + "-"
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
