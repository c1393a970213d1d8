package dev.carillon.bus.redis;

import dev.carillon.bus.transport.IncomingMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Messages that were fetched and not yet returned by a poll: more arrived than were requested, their topic is paused, or a later
 * step failed.
 */
final class FetchBuffer {

    private final ArrayDeque<IncomingMessage> ready = new ArrayDeque<>();
    private final ArrayDeque<IncomingMessage> paused = new ArrayDeque<>();

    /** The size of the data of the ready messages. */
    private long bytes;

    void add(IncomingMessage message) {
        ready.add(message);
        bytes += message.data().length;
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    int size() {
        return ready.size();
    }

    long bytes() {
        return bytes;
    }

    /** Whether fewer messages and bytes than these are ready. */
    boolean hasCapacity(int max, long maxBytes) {
        return ready.size() < max && bytes < maxBytes;
    }

    /** Removes ready messages: at most this many, and no more after the one that reaches the number of bytes. */
    List<IncomingMessage> take(int max, long maxBytes) {
        List<IncomingMessage> messages = new ArrayList<>(Math.min(max, ready.size()));
        long taken = 0;
        while (!ready.isEmpty() && messages.size() < max && taken < maxBytes) {
            IncomingMessage message = ready.remove();
            messages.add(message);
            taken += message.data().length;
        }
        bytes -= taken;
        return messages;
    }

    /** Returns taken messages to the front, because they could not be delivered yet. */
    void putBack(List<IncomingMessage> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            ready.addFirst(messages.get(i));
        }
        updateBytes();
    }

    /** Drops all messages of these topics. */
    void drop(Set<String> topics, Consumer<IncomingMessage> dropped) {
        Predicate<IncomingMessage> isDropped = message -> {
            boolean drops = topics.contains(message.topic());
            if (drops) {
                dropped.accept(message);
            }
            return drops;
        };
        ready.removeIf(isDropped);
        paused.removeIf(isDropped);
        updateBytes();
    }

    /** Pauses these topics, and resumes all others: messages of paused topics are kept, but are not ready. */
    void pause(Set<String> topics) {
        List<IncomingMessage> all = new ArrayList<>(paused);
        all.addAll(ready);
        paused.clear();
        ready.clear();
        for (IncomingMessage message : all) {
            (topics.contains(message.topic()) ? paused : ready).add(message);
        }
        updateBytes();
    }

    private void updateBytes() {
        bytes = ready.stream().mapToLong(message -> message.data().length).sum();
    }
}
