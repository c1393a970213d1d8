package dev.carillon.bus.internal.deadletter;

import dev.carillon.bus.deadletter.Replay;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A replay of the messages that are still in a topic. */
public final class TopicReplay implements Replay {

    /** Finds the keys of messages that were read outside any group. Thread-safe. */
    public interface Keys {

        /** The key as text; null when there is none, or when the message is not an event of a known type. */
        @Nullable
        String of(IncomingMessage message);

        /** Whether the key can be determined: the message carries it, or the key field is known. */
        boolean canDetermine(IncomingMessage message);
    }

    private static final int BATCH = 500;
    private static final int BATCH_BYTES = 4 << 20;

    private final MessageStore store;
    private final Transport transport;
    private final HeaderNames names;
    private final Keys keys;
    private final String topic;
    private final String group;
    private final Filter filter;

    /** The filter of the replay; an empty set means no restriction. */
    private record Filter(StartAt from, Set<String> types, Set<String> ids, Set<String> keys) {}

    private record Place(
            int partition, Position position, @Nullable String eventId) {}

    public TopicReplay(MessageStore store, Transport transport, Keys keys, String fullTopic, String group) {
        this(store, transport, keys, fullTopic, group, new Filter(StartAt.earliest(), Set.of(), Set.of(), Set.of()));
    }

    private TopicReplay(MessageStore store, Transport transport, Keys keys, String topic, String group, Filter filter) {
        this.store = store;
        this.transport = transport;
        this.names = transport.headerNames();
        this.keys = keys;
        this.topic = topic;
        this.group = group;
        this.filter = filter;
    }

    private Replay with(Filter other) {
        return new TopicReplay(store, transport, keys, topic, group, other);
    }

    @Override
    public Replay from(StartAt start) {
        return with(new Filter(start, filter.types(), filter.ids(), filter.keys()));
    }

    @Override
    public Replay types(Set<String> eventTypes) {
        return with(new Filter(filter.from(), Set.copyOf(eventTypes), filter.ids(), filter.keys()));
    }

    @Override
    public Replay ids(Set<String> eventIds) {
        return with(new Filter(filter.from(), filter.types(), Set.copyOf(eventIds), filter.keys()));
    }

    @Override
    public Replay keys(Set<String> keys) {
        return with(new Filter(filter.from(), filter.types(), filter.ids(), Set.copyOf(keys)));
    }

    @Override
    public long count() {
        return visit(message -> {});
    }

    @Override
    public long run() {
        requireGroup();
        String retry = GroupTopics.retry(topic, group);
        Map<Place, List<String>> pendingReceivers = pendingReceivers();
        List<RawMessage> batch = new ArrayList<>();
        int[] bytes = {0};
        long found = visit(message -> {
            batch.add(DeadLetterHeaders.replayed(
                    message,
                    group,
                    pendingReceivers.getOrDefault(
                            new Place(message.partition(), message.position(), message.header(names.id())),
                            List.of())));
            bytes[0] += message.data().length;
            if (batch.size() == BATCH || bytes[0] >= BATCH_BYTES) {
                store.send(retry, batch);
                batch.clear();
                bytes[0] = 0;
            }
        });
        if (!batch.isEmpty()) {
            store.send(retry, batch);
        }
        return found;
    }

    /** Nobody would read the retry topic of a mistyped group. Without administration, a transport cannot check it. */
    private void requireGroup() {
        transport.admin().ifPresent(admin -> {
            try (admin) {
                admin.plan(topic, group, StartAt.earliest());
            }
        });
    }

    /**
     * The receivers that existing dead letters still have to reach, by position. A dead letter that is replayed and fails again stays
     * the same dead letter, and must keep these receivers.
     */
    private Map<Place, List<String>> pendingReceivers() {
        Map<Place, List<String>> pendingReceivers = new HashMap<>();
        new DeadLetterStore(store, transport, topic, group)
                .read(
                        deadLetter -> pendingReceivers.put(
                                new Place(
                                        deadLetter.partition(),
                                        transport.position(deadLetter.position()),
                                        deadLetter.eventId()),
                                deadLetter.cause().receivers()),
                        new ArrayList<>());
        return pendingReceivers;
    }

    private long visit(Consumer<IncomingMessage> visitor) {
        long[] found = {0};
        boolean[] keysAreKnown = {false};
        Set<String> withoutKeyField = new TreeSet<>();
        store.read(topic, filter.from(), message -> {
            if (!matchesExceptKeys(message)) {
                return true;
            }
            if (filter.keys().isEmpty() || isIn(filter.keys(), keys.of(message))) {
                found[0]++;
                visitor.accept(message);
            } else if (keys.canDetermine(message)) {
                keysAreKnown[0] = true;
            } else {
                withoutKeyField.add(typeOf(message));
            }
            return true;
        });
        if (found[0] == 0 && !keysAreKnown[0] && !withoutKeyField.isEmpty()) {
            throw new IllegalArgumentException("Keys of topic " + topic + " are unknown"
                    + ": its messages have no keys, and the key field is not set for "
                    + String.join(", ", withoutKeyField)
                    + ": set event_key_field in EVENT_BUS_PRODUCER_CONFIG, or pass the key field of the type to this replay"
                    + " (--key-field EVENT_TYPE=PATH)");
        }
        return found[0];
    }

    private String typeOf(IncomingMessage message) {
        String type = message.header(names.eventType());
        return type == null ? "messages without a type" : Shown.text(type);
    }

    private boolean matchesExceptKeys(IncomingMessage message) {
        return isIn(filter.types(), message.header(names.eventType()))
                && isIn(filter.ids(), message.header(names.id()));
    }

    private static boolean isIn(Set<String> wanted, @Nullable String value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }
}
