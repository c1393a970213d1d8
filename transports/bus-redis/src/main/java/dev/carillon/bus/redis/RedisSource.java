package dev.carillon.bus.redis;

import dev.carillon.bus.redis.RedisExceptionTranslator.NoSuchGroupException;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads streams as one consumer of a group, over a connection of its own. It reads the topics whose lease it has, or all of them
 * where members share the group.
 *
 * <p>Each poll updates which topics are owned, connects if necessary, does the maintenance that is due (renewing in-flight
 * messages, inspecting the group), and lets the {@link MessageFetcher} fetch. Each new connection and each new lease starts with
 * the pending messages again, because the reply to a read may have been lost.
 */
final class RedisSource implements MessageSource {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSource.class);
    private static final int IDS_PER_COMMAND = 1000;

    private final ConsumerContext context;
    private final GroupCreator groupCreator;
    private final GroupStateStore stateStore;
    private final GroupMonitor monitor;
    private final PendingEntriesReader pendingReader;
    private final ClaimRenewer renewer;
    private final WriterSchemas schemas;
    private final MessageFetcher fetcher;
    private final TopicOwnership ownership;
    private final Map<String, TopicState> topics = new LinkedHashMap<>();
    private final List<String> topicNames;
    private final String readOperation;
    private final String acknowledgeOperation;
    private final Schedule renewals = new Schedule();
    private final Schedule inspections = new Schedule();
    private List<String> unpausedTopics;
    private long connectionNumber;

    RedisSource(RedisConnector connector, SourceSpec spec, SourceListener listener, GroupMonitor.Intervals intervals) {
        SourceOptions options = SourceOptions.of(spec);
        this.context = new ConsumerContext(
                spec.group(),
                options,
                spec.ownTopics(),
                new RedisCommandExecutor(connector),
                new StreamCommands(spec.group(), options.consumer()),
                new LeaseAwareMembers(options.consumer()),
                listener);
        spec.topics().forEach(topic -> topics.put(topic, new TopicState(topic)));
        this.topicNames = List.copyOf(topics.keySet());
        this.unpausedTopics = topicNames;
        String where = "topics " + String.join(", ", topicNames) + " for group " + spec.group();
        this.readOperation = "read " + where;
        this.acknowledgeOperation = "acknowledge messages of " + where;

        PendingLossDetector pendingLosses = new PendingLossDetector(context);
        this.pendingReader = new PendingEntriesReader(context, pendingLosses);
        this.renewer = new ClaimRenewer(context, pendingLosses);
        this.monitor = new GroupMonitor(context, intervals, pendingLosses);
        Map<String, String> mainTopics = LeasedTopics.mainTopics(topicNames, spec.ownTopics(), spec.group());
        this.schemas = new WriterSchemas(
                context.redis(), message -> mainTopics.getOrDefault(message.topic(), message.topic()));
        this.fetcher = new MessageFetcher(context, topics, pendingReader, renewer, monitor, schemas, readOperation);
        LeaseCommands leaseCommands = new LeaseCommands(
                spec.group(),
                options.consumer(),
                options.consumer() + "/" + UUID.randomUUID(),
                options.lease().toMillis());
        this.stateStore = new GroupStateStore(context, leaseCommands, pendingLosses);
        this.groupCreator = new GroupCreator(context, stateStore);
        if (options.sharing()) {
            this.ownership = TopicOwnership.SHARED;
            topics.values().forEach(topic -> topic.acquired(Lease.unlimited()));
        } else {
            List<String> leased = topicNames.stream()
                    .filter(topic -> !mainTopics.containsKey(topic))
                    .toList();
            LeaseKeeper leases = new LeaseKeeper(connector, spec.group(), leaseCommands, leased, options.lease());
            this.ownership = new LeasedTopics(spec.group(), leases, topics.values(), mainTopics, listener);
        }
    }

    @Override
    public List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<IncomingMessage> messages = List.of();
        long left;
        ownership.start();
        do {
            long acquisitions = ownership.acquisitions();
            ownership.update(fetcher::drop);
            try {
                connectAndMaintain();
                if (ownedTopics().size() < topics.size()) {
                    ownership.throwFailure();
                }
                if (max > 0) {
                    messages = fetch(max, maxBytes, deadline, acquisitions);
                }
            } catch (NoSuchGroupException e) {
                LOG.debug("Group {} or one of its topics is gone; creating it again", context.group(), e);
                groupCreator.recreate(ownedTopics());
                inspections.next(System.nanoTime(), Duration.ZERO);
            }
            left = deadline - System.nanoTime();
        } while (messages.isEmpty() && max > 0 && left > 0);
        return messages;
    }

    /** Connects and creates groups if necessary, and does the maintenance that is due. */
    private void connectAndMaintain() {
        long current = context.redis().connect(readOperation);
        if (current != connectionNumber) {
            groupCreator.ensureExists(List.copyOf(topics.values()));
            topics.values().forEach(TopicState::reconnected);
            connectionNumber = current;
        }
        for (TopicState topic : ownedTopics()) {
            Lease lease = topic.lease();
            if (topic.isNewlyOwned() && ownership.isExclusive() && lease != null && !context.isOwn(topic)) {
                stateStore.load(topic, lease);
                topic.stateLoaded();
                lease.markUsed();
                inspections.next(System.nanoTime(), Duration.ZERO);
            }
        }
        if (renewals.isDue(System.nanoTime())) {
            topics.values().forEach(renewer::renewDue);
            renewals.next(System.nanoTime(), renewer.interval());
        }
        if (inspections.isDue(System.nanoTime())) {
            inspections.next(System.nanoTime(), monitor.inspect(monitoredTopics()));
            saveState();
        }
    }

    /** Returns fetched messages, or blocks as a standby if no topic may be read. */
    private List<IncomingMessage> fetch(int max, long maxBytes, long deadline, long acquisitions) {
        List<TopicState> from = unpausedTopics.stream()
                .map(this::state)
                .filter(topic -> topic.lease() != null)
                .toList();
        if (from.isEmpty() && fetcher.isEmpty()) {
            ownership.awaitAcquisition(acquisitions, deadline - System.nanoTime());
            return List.of();
        }
        long now = System.nanoTime();
        long maintenanceAt = now + Math.min(inspections.remaining(now), renewals.remaining(now));
        fetcher.fetch(from, max, maxBytes, deadline, maintenanceAt);
        ownership.update(fetcher::drop); // a lease may have expired while Redis blocked
        return fetcher.take(max, maxBytes);
    }

    private List<TopicState> ownedTopics() {
        return topics.values().stream().filter(topic -> topic.lease() != null).toList();
    }

    /** All except the group's own topics, which no other client reads or trims, and whose lost messages are sent again. */
    private List<TopicState> monitoredTopics() {
        return ownedTopics().stream().filter(topic -> !context.isOwn(topic)).toList();
    }

    /** Saves the state of the group for the next member. */
    private void saveState() {
        if (ownership.isExclusive()) {
            monitoredTopics().forEach(stateStore::save);
        }
    }

    private TopicState state(String topic) {
        TopicState state = topics.get(topic);
        if (state == null) {
            throw new IllegalArgumentException(
                    "Topic " + topic + " is not read by this source; its topics are " + topicNames);
        }
        return state;
    }

    @Override
    public List<IncomingMessage> readAgain(Partition partition, List<Position> positions) {
        TopicState topic = state(partition.topic());
        if (!topic.isOwned(System.nanoTime())) {
            throw new TransportException("Topic " + topic.name() + " is owned by another member now", null);
        }
        List<IncomingMessage> messages = pendingReader.readAgain(
                topic, positions.stream().map(StreamId.class::cast).toList());
        return schemas.resolve(readOperation, messages);
    }

    @Override
    public boolean owns(IncomingMessage message) {
        TopicState topic = topics.get(message.topic());
        return topic != null && topic.isOwned(System.nanoTime());
    }

    @Override
    public void pause(Set<String> paused) {
        unpausedTopics =
                topicNames.stream().filter(topic -> !paused.contains(topic)).toList();
        fetcher.pause(paused);
    }

    @Override
    public void acknowledge(List<IncomingMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        List<RedisCommand<Long>> commands = new ArrayList<>();
        MessageFetcher.byTopic(messages).forEach((topic, ofTopic) -> {
            List<StreamId> ids = ofTopic.stream().map(StreamId::of).toList();
            for (int from = 0; from < ids.size(); from += IDS_PER_COMMAND) {
                List<StreamId> some = ids.subList(from, Math.min(ids.size(), from + IDS_PER_COMMAND));
                commands.add(context.commands().acknowledge(topic, some));
            }
            List<StreamId> deletable = context.ownTopics().contains(topic) ? forThisGroup(ofTopic) : List.of();
            for (int from = 0; from < deletable.size(); from += IDS_PER_COMMAND) {
                commands.add(StreamCommands.delete( // nobody trims the group's own topics
                        topic, deletable.subList(from, Math.min(deletable.size(), from + IDS_PER_COMMAND))));
            }
        });
        context.redis().executeAll(acknowledgeOperation, commands);
        for (IncomingMessage message : messages) {
            state(message.topic()).inFlight().remove(StreamId.of(message));
        }
    }

    /** Another group may have an own topic of the same name, and must still read the messages that are for it. */
    private List<StreamId> forThisGroup(List<IncomingMessage> messages) {
        return messages.stream()
                .filter(message -> GroupTopics.isFor(context.group(), message))
                .map(StreamId::of)
                .toList();
    }

    @Override
    public AckMode ackMode() {
        return AckMode.INDIVIDUAL;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        String consumer = context.options().consumer();
        try {
            if (context.redis().isConnected()) {
                saveState();
            }
            if (context.options().generated() && context.redis().isConnected()) {
                context.redis()
                        .executeAll(
                                "remove consumer " + consumer + " from group " + context.group(),
                                topicNames.stream()
                                        .map(context.commands()::removeIfIdle)
                                        .toList());
            }
        } catch (TransportException e) {
            LOG.debug("Consumer {} was not removed from group {}, and stays idle", consumer, context.group(), e);
        } finally {
            ownership.close();
            context.redis().close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
