package dev.carillon.bus.redis;

import dev.carillon.bus.transport.IncomingMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Messages that were read and are not handed out yet: more came than was asked for, or something failed after they came. */
final class ReadyMessages {

    private final ArrayDeque<IncomingMessage> ready = new ArrayDeque<>();

    /** Of topics that are paused. */
    private final ArrayDeque<IncomingMessage> keptBack = new ArrayDeque<>();

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

    boolean hasRoom(int max, long maxBytes) {
        return ready.size() < max && bytes < maxBytes;
    }

    /** Hands out at most so many messages, and bytes but for the last message. */
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

    /** Drops the messages of these topics. */
    void drop(Set<String> topics, Consumer<IncomingMessage> dropped) {
        Predicate<IncomingMessage> isDropped = message -> {
            boolean drops = topics.contains(message.topic());
            if (drops) {
                dropped.accept(message);
            }
            return drops;
        };
        ready.removeIf(isDropped);
        keptBack.removeIf(isDropped);
        count();
    }

    /** Keeps the messages of these topics back, and no others. */
    void pause(Set<String> topics) {
        List<IncomingMessage> all = new ArrayList<>(keptBack);
        all.addAll(ready);
        keptBack.clear();
        ready.clear();
        for (IncomingMessage message : all) {
            (topics.contains(message.topic()) ? keptBack : ready).add(message);
        }
        count();
    }

    private void count() {
        bytes = ready.stream().mapToLong(message -> message.data().length).sum();
    }
}
