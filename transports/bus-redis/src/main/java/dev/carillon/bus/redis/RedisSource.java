package dev.carillon.bus.redis;

import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads streams as one consumer of a group, over a connection of its own: those whose lease it has, or all of them where members
 * share the work.
 *
 * <p>In this order: what is pending under our name, and under those of the members before us, what dead consumers left, what is
 * new. Each new connection and each new lease begins with the first again, because the answer of a read may have been lost.
 */
final class RedisSource implements MessageSource {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSource.class);
    private static final Duration LONGEST_BETWEEN_CLAIMS = Duration.ofSeconds(15);
    private static final int ACKNOWLEDGED_AT_ONCE = 1000;

    private final GroupScope scope;
    private final Groups groups;
    private final LostEntries lostEntries;
    private final PendingEntries pending;
    private final Renewal renewal;
    private final GroupMonitor monitor;
    private final GroupMemory memory;
    private final @Nullable Leases leases;
    private final @Nullable Ownership ownership;
    private final Map<String, TopicState> topics = new LinkedHashMap<>();
    private final List<String> topicNames;
    private final Names knownTopics;
    private final String toRead;
    private final String toAcknowledge;
    private final Due renewals = new Due(System.nanoTime());
    private final Due claims = new Due(System.nanoTime());
    private final Due looks = new Due(System.nanoTime());

    private final ReadyMessages ready = new ReadyMessages();
    private List<String> toReadNow;
    private long generation;

    RedisSource(RedisConnector connector, SourceSpec spec, SourceListener listener, GroupMonitor.Pace pace) {
        SourceOptions options = SourceOptions.of(spec);
        this.scope = new GroupScope(
                spec.group(),
                options,
                spec.ownTopics(),
                new RedisLink(connector),
                new StreamCommands(spec.group(), options.consumer()),
                new Members(options.consumer()),
                listener);
        this.lostEntries = new LostEntries(scope);
        this.pending = new PendingEntries(scope, lostEntries);
        this.renewal = new Renewal(scope, lostEntries);
        this.monitor = new GroupMonitor(scope, pace, lostEntries);
        spec.topics().forEach(topic -> topics.put(topic, new TopicState(topic)));
        this.topicNames = List.copyOf(topics.keySet());
        LeaseCommands leaseCommands = new LeaseCommands(
                spec.group(),
                options.consumer(),
                options.consumer() + "/" + UUID.randomUUID(),
                options.lease().toMillis());
        this.memory = new GroupMemory(scope, leaseCommands, lostEntries);
        this.groups = new Groups(scope, memory);
        if (options.sharing()) {
            this.leases = null;
            this.ownership = null;
            topics.values().forEach(topic -> topic.granted(new Grant(System.nanoTime() + Long.MAX_VALUE / 2, "")));
        } else {
            Map<String, String> leasedWith = Ownership.leasedWith(topicNames, spec.ownTopics(), spec.group());
            List<String> leased = topicNames.stream()
                    .filter(topic -> !leasedWith.containsKey(topic))
                    .toList();
            this.leases = new Leases(connector, spec.group(), leaseCommands, leased, options.lease());
            this.ownership = new Ownership(spec.group(), leases, topics.values(), leasedWith, listener);
        }
        this.toReadNow = topicNames;
        this.knownTopics = new Names(topicNames);
        String these = "topics " + String.join(", ", topicNames) + " for group " + spec.group();
        this.toRead = "read " + these;
        this.toAcknowledge = "take acknowledgements in " + these;
    }

    @Override
    public List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<IncomingMessage> messages = List.of();
        long left;
        if (leases != null) {
            leases.start();
        }
        do {
            long known = leases == null ? 0 : leases.changes();
            updateOwnership();
            try {
                prepare();
                if (leases != null && ownedStates().size() < topics.size()) {
                    leases.check();
                }
                if (max > 0) {
                    messages = next(max, maxBytes, deadline, known);
                }
            } catch (GroupGoneException e) {
                LOG.debug("Making group {} anew", scope.group(), e);
                groups.makeAgain(ownedStates());
                looks.again(System.nanoTime(), Duration.ZERO);
            }
            left = deadline - System.nanoTime();
        } while (messages.isEmpty() && max > 0 && left > 0);
        return messages;
    }

    @Override
    public List<IncomingMessage> readAgain(Partition partition, List<String> positions) {
        TopicState topic = state(partition.topic());
        if (!topic.isOwned(System.nanoTime())) {
            throw new TransportException("Topic " + topic.name() + " belongs to another member by now", null);
        }
        return lostEntries.readAgain(topic, positions);
    }

    @Override
    public boolean owns(IncomingMessage message) {
        TopicState topic = topics.get(message.topic());
        return topic != null && topic.isOwned(System.nanoTime());
    }

    private void updateOwnership() {
        if (ownership != null) {
            ownership.update(lost -> ready.drop(lost, message -> {}));
        }
    }

    private List<TopicState> ownedStates() {
        return topics.values().stream().filter(topic -> topic.grant() != null).toList();
    }

    private List<TopicState> states() {
        return List.copyOf(topics.values());
    }

    /** Nobody else reads or trims the group's own topics, and whatever is lost of them comes again. */
    private List<TopicState> watched() {
        return ownedStates().stream().filter(this::isMain).toList();
    }

    private boolean isMain(TopicState topic) {
        return !scope.ownTopics().contains(topic.name());
    }

    private List<TopicState> statesToRead() {
        return toReadNow.stream()
                .map(this::state)
                .filter(topic -> topic.grant() != null)
                .toList();
    }

    @Override
    public void pause(Set<String> paused) {
        toReadNow = topicNames.stream().filter(topic -> !paused.contains(topic)).toList();
        ready.pause(paused);
    }

    /** Connects and joins where that is needed, and does what is due. */
    private void prepare() {
        long opened = scope.link().open(toRead);
        if (opened != generation) {
            groups.join(states());
            topics.values().forEach(TopicState::reconnected);
            generation = opened;
        }
        for (TopicState topic : ownedStates()) {
            Grant grant = topic.grant();
            if (topic.isNewlyOwned() && ownership != null && grant != null && isMain(topic)) {
                memory.recall(topic, grant);
                topic.recalled();
                grant.use();
                looks.again(System.nanoTime(), Duration.ZERO);
            }
        }
        if (renewals.isDue(System.nanoTime())) {
            topics.values().forEach(renewal::renew);
            renewals.again(System.nanoTime(), renewal.every());
        }
        if (looks.isDue(System.nanoTime())) {
            looks.again(System.nanoTime(), monitor.look(watched()));
            note();
        }
    }

    /** The next messages of the first kind that has any; waits for new ones until something else is due. */
    private List<IncomingMessage> next(int max, long maxBytes, long deadline, long knownLeases) {
        List<TopicState> toRead = statesToRead();
        if (toRead.isEmpty() && ready.isEmpty()) {
            standBy(deadline, knownLeases);
            return List.of();
        }
        for (TopicState topic : toRead) {
            if (ready.hasRoom(max, maxBytes) && !topic.pending().isDone()) {
                hold(pending.next(topic, max - ready.size(), maxBytes - ready.bytes()));
            }
        }
        if (ready.isEmpty() && claims.isDue(System.nanoTime())) {
            claim(toRead, max, maxBytes);
        }
        if (ready.isEmpty()) {
            readNew(toRead, max, maxBytes, deadline);
        }
        updateOwnership();
        return ready.take(max, maxBytes);
    }

    /** Notes where the group stands, for the member after us. */
    private void note() {
        if (ownership != null) {
            watched().forEach(memory::note);
        }
    }

    /** Waits for a lease. */
    private void standBy(long deadline, long knownLeases) {
        if (leases != null) {
            leases.awaitChange(knownLeases, deadline - System.nanoTime());
        }
    }

    private void claim(List<TopicState> toRead, int max, long maxBytes) {
        for (TopicState topic : toRead) {
            if (ready.hasRoom(max, maxBytes)) {
                hold(pending.abandoned(topic, max - ready.size(), maxBytes - ready.bytes()));
            }
        }
        if (ready.isEmpty()) {
            Duration quarter = scope.options().claimAfter().dividedBy(4);
            claims.again(
                    System.nanoTime(),
                    quarter.compareTo(LONGEST_BETWEEN_CLAIMS) < 0 ? quarter : LONGEST_BETWEEN_CLAIMS);
        }
    }

    private void readNew(List<TopicState> from, int max, long maxBytes, long deadline) {
        long now = System.nanoTime();
        long waitNanos = Math.min(
                Math.min(deadline - now, looks.remaining(now)),
                Math.min(claims.remaining(now), renewals.remaining(now)));
        long blockMillis = deadline - now <= 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos));
        int count = EntrySizes.count(from.stream().map(TopicState::sizes).toList(), max, maxBytes);
        ReadBudget budget = new ReadBudget(maxBytes);
        List<Reply<List<Object>>> pendingBehind = ownership == null
                ? List.of()
                : from.stream()
                        .map(topic -> scope.commands().pendingSummary(topic.name()))
                        .toList();
        List<IncomingMessage> read = scope.link()
                .ask(
                        toRead,
                        scope.commands()
                                .read(
                                        from.stream().map(TopicState::name).toList(),
                                        knownTopics,
                                        count,
                                        budget,
                                        blockMillis),
                        Duration.ofMillis(blockMillis),
                        pendingBehind);
        hold(read);
        Map<String, List<IncomingMessage>> byTopic = byTopic(read);
        for (TopicState topic : from) {
            List<IncomingMessage> messages = byTopic.getOrDefault(topic.name(), List.of());
            topic.sizes().came(count, messages);
            if (!messages.isEmpty() && isMain(topic)) {
                monitor.read(topic, messages);
            }
            if (budget.firstSkipped(topic.name()) != null) {
                topic.pending().restart();
            }
        }
        for (int i = 0; i < pendingBehind.size(); i++) {
            compare(
                    from.get(i),
                    PendingSummary.of(pendingBehind.get(i).getOutput().get()));
        }
    }

    /**
     * Compares what Redis says to be pending with what we hold. A read that Redis carried out late, of a member whose lease was
     * over by then or over a connection that we had given up, left entries pending that nobody works on, and that stand before
     * those that we just read: both are read again, in order.
     */
    private void compare(TopicState topic, PendingSummary summary) {
        String self = scope.options().consumer();
        boolean unknownOfOurs =
                topic.pending().isDone() && summary.of(self) > topic.held().known();
        if (unknownOfOurs || summary.hasOf(scope::isFormerMember)) {
            topic.watch().sole().answersWereLost(topic.held().ids());
            ready.drop(Set.of(topic.name()), message -> topic.held().remove(message.position()));
            topic.pending().restart();
        } else if (summary.of(self) < topic.held().size()) {
            LOG.warn(
                    "Of {} messages of topic {} in work, {} are pending for {} of group {}: another client acknowledged them"
                            + " or removed the consumer (XGROUP DELCONSUMER). Makes them pending again",
                    topic.held().size(),
                    topic.name(),
                    summary.of(self),
                    self,
                    scope.group());
            renewal.renewAll(topic);
        }
    }

    /** Makes messages ready to be handed out, but for those held already: a group that was set back is given them again. */
    private void hold(List<IncomingMessage> messages) {
        Long now = System.nanoTime();
        for (IncomingMessage message : messages) {
            if (state(message.topic()).held().add(message.position(), now)) {
                ready.add(message);
            }
        }
    }

    private TopicState state(String topic) {
        TopicState state = topics.get(topic);
        if (state == null) {
            throw new IllegalArgumentException("Topic " + topic + " is none of this source's, which are " + topicNames);
        }
        return state;
    }

    private static Map<String, List<IncomingMessage>> byTopic(List<IncomingMessage> messages) {
        Map<String, List<IncomingMessage>> byTopic = new LinkedHashMap<>();
        for (IncomingMessage message : messages) {
            byTopic.computeIfAbsent(message.topic(), absent -> new ArrayList<>())
                    .add(message);
        }
        return byTopic;
    }

    @Override
    public void acknowledge(List<IncomingMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        List<Reply<Long>> commands = new ArrayList<>();
        byTopic(messages).forEach((topic, ofTopic) -> {
            List<String> ids = ofTopic.stream().map(IncomingMessage::position).toList();
            for (int from = 0; from < ids.size(); from += ACKNOWLEDGED_AT_ONCE) {
                List<String> some = ids.subList(from, Math.min(ids.size(), from + ACKNOWLEDGED_AT_ONCE));
                commands.add(scope.commands().acknowledge(topic, some));
            }
            List<String> ours = scope.ownTopics().contains(topic) ? ours(ofTopic) : List.of();
            for (int from = 0; from < ours.size(); from += ACKNOWLEDGED_AT_ONCE) {
                commands.add(StreamCommands.delete( // nobody trims these
                        topic, ours.subList(from, Math.min(ours.size(), from + ACKNOWLEDGED_AT_ONCE))));
            }
        });
        scope.link().askAll(toAcknowledge, commands);
        for (IncomingMessage message : messages) {
            state(message.topic()).held().remove(message.position());
        }
    }

    /** Another group may have a topic of its own by the same name, and is yet to read what is for it. */
    private List<String> ours(List<IncomingMessage> messages) {
        return messages.stream()
                .filter(message -> GroupTopics.isFor(scope.group(), message))
                .map(IncomingMessage::position)
                .toList();
    }

    @Override
    public AckMode ackMode() {
        return AckMode.INDIVIDUAL;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            if (scope.link().isOpen()) {
                note();
            }
            if (scope.options().generated() && scope.link().isOpen()) {
                scope.link()
                        .askAll(
                                "sign off " + scope.options().consumer(),
                                topicNames.stream()
                                        .map(scope.commands()::signOff)
                                        .toList());
            }
        } catch (TransportException e) {
            LOG.debug(
                    "Consumer {} stays in group {}, with nothing to do",
                    scope.options().consumer(),
                    scope.group(),
                    e);
        } finally {
            if (leases != null) {
                leases.close();
            }
            scope.link().close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
