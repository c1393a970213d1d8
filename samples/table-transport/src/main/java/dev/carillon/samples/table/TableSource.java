package dev.carillon.samples.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.NumberedPosition;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.bus.transport.WriterSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Reads, of its topics, those whose lease it has; for the others it stands by. */
final class TableSource implements MessageSource {

    private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long QUERY_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final String READ = "SELECT * FROM message WHERE topic = ?";
    private static final String NEXT = " AND position > ? ORDER BY position LIMIT ?";
    private static final String OF_GROUP = " WHERE topic = ? AND group_name = ?";

    private final Database database;
    private final SourceSpec spec;
    private final SourceListener listener;
    private final String member;
    private final Map<String, TopicLease> leases = new HashMap<>(); // not changed after construction
    private final Map<String, WriterSchema> schemas = new HashMap<>(); // one object per schema, which is parsed once
    private List<String> order;
    private Set<String> paused = Set.of();

    /** The lease of a topic. Workers call {@link #isOwned}; all else is for the polling thread. */
    private static final class TopicLease {
        boolean reading;
        long lastRead;
        volatile long until;
        volatile boolean lost;

        /** Once a worker was refused, the lease is lost, even if it is renewed at that moment: the worker drops its message. */
        boolean isOwned() {
            if (until - System.nanoTime() <= 0) {
                lost = true;
            }
            return !lost;
        }
    }

    TableSource(Database database, SourceSpec spec, SourceListener listener) {
        this.database = database;
        this.spec = spec;
        this.listener = listener;
        this.member = Objects.requireNonNullElse(spec.consumerName(), "member") + "/" + UUID.randomUUID();
        spec.topics().forEach(topic -> leases.put(topic, new TopicLease()));
        this.order = new ArrayList<>(spec.topics());
        if (spec.startAt() instanceof StartAt.After after) {
            NumberedPosition.parse(after.position()); // refuses what is no position before anything is read
        }
    }

    private TopicLease lease(String topic) {
        return Objects.requireNonNull(leases.get(topic), topic);
    }

    // snippet: table-poll
    @Override
    public List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<IncomingMessage> messages = pollOnce(max, maxBytes);
        while (messages.isEmpty()
                && deadline - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, QUERY_INTERVAL_NANOS);
            messages = pollOnce(max, maxBytes);
        }
        return messages;
    }

    private List<IncomingMessage> pollOnce(int max, long maxBytes) {
        leases.forEach(this::keepLease);
        Collections.rotate(order, 1); // so that no topic has to wait for a busy one
        List<IncomingMessage> messages = List.of();
        for (String topic : order) {
            if (messages.isEmpty() && max > 0 && lease(topic).reading && !paused.contains(topic)) {
                messages = read(maxBytes, NEXT, topic, lease(topic).lastRead, max);
            }
        }
        messages.forEach(this::advance); // not if reading failed
        return messages;
    }
    // end

    /** The messages that meet a condition, until they have this many bytes. The first parameter is the topic. */
    private List<IncomingMessage> read(long maxBytes, String condition, Object... parameters) {
        return database.transaction("read topic " + parameters[0], open -> {
            List<IncomingMessage> messages = new ArrayList<>();
            try (PreparedStatement statement = Database.prepare(open, READ + condition, parameters)) {
                ResultSet row = statement.executeQuery();
                for (long bytes = 0; bytes < maxBytes && row.next(); bytes += row.getBytes(6).length) {
                    Object[] pairs = (Object[]) row.getArray(4).getArray();
                    List<Header> headers = new ArrayList<>();
                    for (int i = 0; i < pairs.length; i += 2) {
                        headers.add(new Header(new String((byte[]) pairs[i], UTF_8), (byte[]) pairs[i + 1]));
                    }
                    Position at = new NumberedPosition(row.getLong(2));
                    byte @Nullable [] key = row.getBytes(5);
                    byte[] data = row.getBytes(6);
                    WriterSchema schema = schemas.computeIfAbsent(row.getString(7), WriterSchema::new);
                    messages.add(new IncomingMessage(row.getString(1), 0, at, headers, key, data, 0, schema, null));
                }
            }
            return messages;
        });
    }

    /** Positions have no gaps: what is missing was deleted before this group read it. */
    private void advance(IncomingMessage message) {
        TopicLease lease = lease(message.topic());
        long position = NumberedPosition.of(message);
        incident(GroupIncident.Kind.TRIMMED, message.topic(), position - lease.lastRead - 1);
        lease.lastRead = position;
    }

    private void incident(GroupIncident.Kind kind, String topic, long messages) {
        if (messages > 0) {
            listener.incident(new GroupIncident(kind, topic, spec.group(), messages, "deleted from the table"));
        }
    }

    // snippet: table-lease
    private void keepLease(String topic, TopicLease lease) {
        long now = System.nanoTime(); // before the request, so that the lease ends here before it ends in the database
        if (lease.reading && lease.isOwned() && lease.until - now > LEASE_NANOS * 2 / 3) {
            return;
        }
        OptionalLong position = database.transaction("lease topic " + topic, open -> acquire(open, topic));
        if (lease.reading && (position.isEmpty() || !lease.isOwned())) {
            lease.reading = false;
            lease.lost = true;
            listener.partitionsLost(List.of(new Partition(topic, 0)));
        }
        if (position.isPresent()) {
            lease.until = now + LEASE_NANOS;
            if (!lease.reading) {
                lease.lastRead = position.getAsLong();
                lease.reading = true;
                lease.lost = false;
            }
        }
    }
    // end

    /** Returns the position of the group if this member has the lease now. Creates topic and group if they do not exist. */
    private OptionalLong acquire(Connection open, String topic) throws SQLException {
        if (Database.number(open, "SELECT position FROM group_position" + OF_GROUP, topic, spec.group())
                .isEmpty()) {
            Database.insertIfAbsent(open, Database.NEW_TOPIC, topic);
            String create = "INSERT INTO group_position (topic, group_name, position) VALUES (?, ?, ?)";
            Database.insertIfAbsent(open, create, topic, spec.group(), start(open, topic));
        }
        String acquire = "SELECT position FROM FINAL TABLE (UPDATE group_position"
                + " SET owner = ?, owned_until = CURRENT_TIMESTAMP + INTERVAL '15' SECOND"
                + OF_GROUP + " AND (owner IS NULL OR owner = ? OR owned_until < CURRENT_TIMESTAMP))";
        return Database.number(open, acquire, member, topic, spec.group(), member);
    }

    private long start(Connection open, String topic) throws SQLException {
        StartAt startAt = spec.startAt(topic);
        if (startAt instanceof StartAt.After after) {
            return NumberedPosition.parse(after.position()).number();
        }
        long last = Database.number(open, "SELECT last_position FROM topic WHERE name = ?", topic)
                .orElseThrow();
        Instant from = startAt instanceof StartAt.Time time ? time.time() : Instant.EPOCH;
        String before = "SELECT MIN(position) - 1 FROM message WHERE topic = ? AND arrived >= ?";
        return startAt == StartAt.latest()
                ? last
                : Database.number(open, before, topic, from.atOffset(ZoneOffset.UTC))
                        .orElse(last);
    }

    @Override
    public List<IncomingMessage> readAgain(Partition partition, List<Position> positions) {
        List<Object> parameters = new ArrayList<>(List.of(partition.topic()));
        positions.forEach(position -> parameters.add(((NumberedPosition) position).number()));
        String these = " AND position IN (?" + ", ?".repeat(positions.size() - 1) + ") ORDER BY position";
        List<IncomingMessage> messages = read(Long.MAX_VALUE, these, parameters.toArray());
        incident(GroupIncident.Kind.PENDING_LOST, partition.topic(), positions.size() - messages.size());
        return messages;
    }

    @Override
    public boolean owns(IncomingMessage message) {
        return lease(message.topic()).isOwned();
    }

    @Override
    public void pause(Set<String> topics) {
        paused = Set.copyOf(topics);
    }

    @Override
    public void acknowledge(List<IncomingMessage> messages) {
        String move = "UPDATE group_position SET position = ?" + OF_GROUP + " AND owner = ?";
        database.transaction("acknowledge messages of group " + spec.group(), open -> {
            for (IncomingMessage message : messages) {
                long position = NumberedPosition.of(message);
                if (Database.update(open, move, position, message.topic(), spec.group(), member) == 0) {
                    lease(message.topic()).lost = true; // the next poll reports it
                }
            }
            return messages;
        });
    }

    @Override
    public AckMode ackMode() {
        return AckMode.CUMULATIVE;
    }

    @Override
    public void close() {
        try {
            String release = "UPDATE group_position SET owner = NULL WHERE group_name = ? AND owner = ?";
            database.transaction("release leases", open -> Database.update(open, release, spec.group(), member));
        } catch (TransportException e) {
            // The leases end by themselves.
        }
    }
}
