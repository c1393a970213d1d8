package dev.carillon.bus.redis;

import dev.carillon.bus.redis.EntryOutput.InternedNames;
import dev.carillon.bus.redis.EntryOutput.ReadBudget;
import dev.carillon.bus.redis.PendingEntriesReader.PendingCounts;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches messages into a buffer. Pending messages come first: those of an earlier run of this consumer and, where it reads
 * alone, of the members before it. Then come messages that other consumers abandoned, and then new ones.
 */
final class MessageFetcher {

    private static final Logger LOG = LoggerFactory.getLogger(MessageFetcher.class);
    private static final Duration MAX_CLAIM_INTERVAL = Duration.ofSeconds(15);

    private final ConsumerContext context;
    private final Map<String, TopicState> topics;
    private final PendingEntriesReader pendingReader;
    private final ClaimRenewer renewer;
    private final GroupMonitor monitor;
    private final InternedNames topicNames;
    private final WriterSchemas schemas;
    private final String readOperation;
    private final Schedule claims = new Schedule();
    private final FetchBuffer buffer = new FetchBuffer();

    MessageFetcher(
            ConsumerContext context,
            Map<String, TopicState> topics,
            PendingEntriesReader pendingReader,
            ClaimRenewer renewer,
            GroupMonitor monitor,
            WriterSchemas schemas,
            String readOperation) {
        this.context = context;
        this.topics = topics;
        this.pendingReader = pendingReader;
        this.renewer = renewer;
        this.monitor = monitor;
        this.topicNames = new InternedNames(List.copyOf(topics.keySet()));
        this.schemas = schemas;
        this.readOperation = readOperation;
    }

    boolean isEmpty() {
        return buffer.isEmpty();
    }

    /** Removes fetched messages from the buffer, as {@link FetchBuffer#take}, and finds their schemas. */
    List<IncomingMessage> take(int max, long maxBytes) {
        List<IncomingMessage> messages = buffer.take(max, maxBytes);
        try {
            return schemas.resolve(readOperation, messages);
        } catch (TransportException e) {
            buffer.putBack(messages);
            throw e;
        }
    }

    /** Drops the buffered messages of these topics. */
    void drop(Set<String> dropped) {
        buffer.drop(dropped, message -> {});
    }

    /** Pauses the buffered messages of these topics, and resumes all others. */
    void pause(Set<String> paused) {
        buffer.pause(paused);
    }

    /**
     * Fetches messages of the first kind available, and blocks for new ones. Times are those of {@link System#nanoTime()}.
     *
     * @param deadline the latest time at which to stop blocking for new messages
     * @param maintenanceAt when something else is due on this connection; does not block for longer
     */
    void fetch(List<TopicState> from, int max, long maxBytes, long deadline, long maintenanceAt) {
        for (TopicState topic : from) {
            if (buffer.hasCapacity(max, maxBytes) && !topic.pending().isDone()) {
                add(pendingReader.next(topic, max - buffer.size(), maxBytes - buffer.bytes()));
            }
        }
        if (buffer.isEmpty() && claims.isDue(System.nanoTime())) {
            claimAbandoned(from, max, maxBytes);
        }
        if (buffer.isEmpty()) {
            readNew(from, max, maxBytes, deadline, maintenanceAt);
        }
    }

    private void claimAbandoned(List<TopicState> from, int max, long maxBytes) {
        for (TopicState topic : from) {
            if (buffer.hasCapacity(max, maxBytes)) {
                add(pendingReader.claimAbandoned(topic, max - buffer.size(), maxBytes - buffer.bytes()));
            }
        }
        if (buffer.isEmpty()) {
            Duration quarter = context.options().claimAfter().dividedBy(4);
            claims.next(System.nanoTime(), quarter.compareTo(MAX_CLAIM_INTERVAL) < 0 ? quarter : MAX_CLAIM_INTERVAL);
        }
    }

    private void readNew(List<TopicState> from, int max, long maxBytes, long deadline, long maintenanceAt) {
        long now = System.nanoTime();
        long blockNanos = Math.min(Math.min(deadline - now, maintenanceAt - now), claims.remaining(now));
        long blockMillis = deadline - now <= 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(blockNanos));
        int count = FetchSizer.count(from.stream().map(TopicState::sizer).toList(), max, maxBytes);
        ReadBudget budget = new ReadBudget(maxBytes);
        List<RedisCommand<List<Object>>> pendingAfterwards = context.options().sharing()
                ? List.of()
                : from.stream()
                        .map(topic -> context.commands().pendingSummary(topic.name()))
                        .toList();
        List<IncomingMessage> read = context.redis()
                .execute(
                        readOperation,
                        context.commands()
                                .read(
                                        from.stream().map(TopicState::name).toList(),
                                        topicNames,
                                        count,
                                        budget,
                                        blockMillis),
                        Duration.ofMillis(blockMillis),
                        pendingAfterwards);
        add(read);
        Map<String, List<IncomingMessage>> byTopic = byTopic(read);
        for (TopicState topic : from) {
            List<IncomingMessage> messages = byTopic.getOrDefault(topic.name(), List.of());
            topic.sizer().recordFetch(count, messages);
            if (!messages.isEmpty() && !context.isOwn(topic)) {
                monitor.recordRead(topic, messages);
            }
            if (budget.firstSkipped(topic.name()) != null) {
                topic.pending().restart(); // skipped entries are pending now
            }
        }
        for (int i = 0; i < pendingAfterwards.size(); i++) {
            reconcile(
                    from.get(i),
                    PendingCounts.parse(pendingAfterwards.get(i).getOutput().get()));
        }
    }

    /**
     * Compares what is pending in Redis with what is in flight here. Redis may execute a read late: for a member whose lease has
     * expired meanwhile, or over a connection that this member has discarded. Then entries are pending that nobody handles, and
     * that come before those just read. Both are read again, in order.
     */
    private void reconcile(TopicState topic, PendingCounts pending) {
        String self = context.options().consumer();
        boolean hasUnknown =
                topic.pending().isDone() && pending.of(self) > topic.inFlight().sizeWithGone();
        if (hasUnknown || pending.hasAnyOf(context::isFormerMember)) {
            topic.incidents().ledger().repliesWereLost(topic.inFlight().idsWithGone());
            buffer.drop(Set.of(topic.name()), message -> topic.inFlight().remove(StreamId.of(message)));
            topic.pending().restart();
        } else if (pending.of(self) < topic.inFlight().size() && topic.isOwned(System.nanoTime())) {
            LOG.warn(
                    "Group {} of topic {}: {} messages are in flight, but only {} are pending for consumer {}, because another"
                            + " client acknowledged them or removed the consumer (XGROUP DELCONSUMER). Making them pending again",
                    context.group(),
                    topic.name(),
                    topic.inFlight().size(),
                    pending.of(self),
                    self);
            renewer.renewAll(topic);
        }
    }

    /** Buffers messages, except those in flight: they are delivered again after a group was moved back. */
    private void add(List<IncomingMessage> messages) {
        Long now = System.nanoTime();
        for (IncomingMessage message : messages) {
            TopicState topic = topics.get(message.topic());
            if (topic == null) {
                throw new IllegalStateException("Redis returned a message of topic " + message.topic()
                        + ", but only these were read: " + topics.keySet());
            }
            if (topic.inFlight().add(StreamId.of(message), now)) {
                buffer.add(message);
            }
        }
    }

    /** Groups messages by topic, keeping their order. */
    static Map<String, List<IncomingMessage>> byTopic(List<IncomingMessage> messages) {
        Map<String, List<IncomingMessage>> byTopic = new LinkedHashMap<>();
        for (IncomingMessage message : messages) {
            byTopic.computeIfAbsent(message.topic(), absent -> new ArrayList<>())
                    .add(message);
        }
        return byTopic;
    }
}
