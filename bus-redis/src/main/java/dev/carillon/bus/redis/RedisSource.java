package dev.carillon.bus.redis;

import dev.carillon.bus.GroupTopics;
import dev.carillon.bus.spi.AckMode;
import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.MessageSource;
import dev.carillon.bus.spi.Partition;
import dev.carillon.bus.spi.SourceListener;
import dev.carillon.bus.spi.SourceSpec;
import dev.carillon.bus.spi.TransportException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads streams as one consumer of a group, over a connection of its own.
 *
 * <p>In this order: what is pending under our name, what dead consumers left, what is new. Each new connection begins with the
 * first again, because the answer of a read may have been lost with the old one.
 */
final class RedisSource implements MessageSource {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSource.class);
    private static final Duration LONGEST_BETWEEN_CLAIMS = Duration.ofSeconds(15);
    private static final int ACKNOWLEDGED_AT_ONCE = 1000;

    private final GroupScope scope;
    private final Groups groups;
    private final PendingEntries pending;
    private final Renewal renewal;
    private final GroupMonitor monitor;
    private final Map<String, TopicState> topics = new LinkedHashMap<>();
    private final List<String> topicNames;
    private final Names knownTopics;
    private final String toRead;
    private final String toAcknowledge;
    private final Due renewals = new Due(System.nanoTime());
    private final Due claims = new Due(System.nanoTime());
    private final Due looks = new Due(System.nanoTime());

    /** Held, and not handed out yet: more came than was asked for, or something failed after they came. */
    private final ArrayDeque<IncomingMessage> ready = new ArrayDeque<>();

    /** Held, and of a topic that is paused. */
    private final ArrayDeque<IncomingMessage> keptBack = new ArrayDeque<>();

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
                listener);
        this.groups = new Groups(scope);
        this.pending = new PendingEntries(scope);
        this.renewal = new Renewal(scope);
        this.monitor = new GroupMonitor(scope, pace);
        spec.topics().forEach(topic -> topics.put(topic, new TopicState(topic)));
        this.topicNames = List.copyOf(topics.keySet());
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
        do {
            try {
                prepare();
                if (max > 0) {
                    messages = next(max, deadline);
                }
            } catch (GroupGoneException e) {
                LOG.debug("Making group {} anew", scope.group(), e);
                groups.makeAgain(states());
                looks.again(System.nanoTime(), Duration.ZERO);
            }
            left = deadline - System.nanoTime();
        } while (messages.isEmpty() && max > 0 && left > 0);
        return messages;
    }

    @Override
    public List<IncomingMessage> readAgain(Partition partition, List<String> positions) {
        throw new TransportException("cannot read messages of " + partition + " again", null);
    }

    private List<TopicState> states() {
        return List.copyOf(topics.values());
    }

    /** Nobody else reads or trims the group's own topics, and whatever is lost of them comes again. */
    private List<TopicState> watched() {
        return topics.values().stream()
                .filter(topic -> !scope.ownTopics().contains(topic.name()))
                .toList();
    }

    private List<TopicState> statesToRead() {
        return toReadNow.stream().map(this::state).toList();
    }

    @Override
    public void pause(Set<String> paused) {
        toReadNow = topicNames.stream().filter(topic -> !paused.contains(topic)).toList();
        List<IncomingMessage> held = new ArrayList<>(keptBack);
        held.addAll(ready);
        keptBack.clear();
        ready.clear();
        for (IncomingMessage message : held) {
            (paused.contains(message.topic()) ? keptBack : ready).add(message);
        }
    }

    /** Connects and joins where that is needed, and does what is due. */
    private void prepare() {
        long opened = scope.link().open(toRead);
        if (opened != generation) {
            groups.join(states());
            topics.values().forEach(TopicState::reconnected);
            generation = opened;
        }
        if (renewals.isDue(System.nanoTime())) {
            topics.values().forEach(renewal::renew);
            renewals.again(System.nanoTime(), renewal.every());
        }
        if (looks.isDue(System.nanoTime())) {
            looks.again(System.nanoTime(), monitor.look(watched()));
        }
    }

    /** The next messages of the first kind that has any; waits for new ones until something else is due. */
    private List<IncomingMessage> next(int max, long deadline) {
        for (TopicState topic : statesToRead()) {
            if (ready.size() < max && !topic.isOwnPendingRead()) {
                hold(pending.own(topic, max - ready.size()));
            }
        }
        if (ready.isEmpty() && claims.isDue(System.nanoTime())) {
            claim(max);
        }
        if (ready.isEmpty()) {
            readNew(max, deadline);
        }
        List<IncomingMessage> messages = new ArrayList<>(Math.min(max, ready.size()));
        while (!ready.isEmpty() && messages.size() < max) {
            messages.add(ready.remove());
        }
        return messages;
    }

    private void claim(int max) {
        for (TopicState topic : statesToRead()) {
            if (ready.size() < max) {
                hold(pending.abandoned(topic, max - ready.size()));
            }
        }
        if (ready.isEmpty()) {
            Duration quarter = scope.options().claimAfter().dividedBy(4);
            claims.again(
                    System.nanoTime(),
                    quarter.compareTo(LONGEST_BETWEEN_CLAIMS) < 0 ? quarter : LONGEST_BETWEEN_CLAIMS);
        }
    }

    private void readNew(int max, long deadline) {
        long now = System.nanoTime();
        long waitNanos = Math.min(
                Math.min(deadline - now, looks.remaining(now)),
                Math.min(claims.remaining(now), renewals.remaining(now)));
        long blockMillis = deadline - now <= 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos));
        int count = Math.max(1, max / toReadNow.size());
        List<IncomingMessage> read = scope.link()
                .ask(
                        toRead,
                        scope.commands().read(toReadNow, knownTopics, count, blockMillis),
                        Duration.ofMillis(blockMillis));
        hold(read);
        byTopic(read).forEach((topic, messages) -> {
            if (!scope.ownTopics().contains(topic)) {
                monitor.read(state(topic), messages);
            }
        });
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
        return AckMode.EACH;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
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
            scope.link().close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
