package dev.carillon.spring;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.events.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the receivers of an application request from its consumers: topics by group, and the key and retries of each event. */
final class ReceiverRegistry {

    private final Map<String, Set<String>> topicsByGroup = new LinkedHashMap<>();
    private final Map<String, Wish> wishes = new LinkedHashMap<>();

    /** What the receivers of an event request: each the same, or nothing. */
    private static final class Wish {
        private final String receiver;
        private @Nullable String group;
        private @Nullable String key;
        private int attempts;
        private List<Class<? extends Throwable>> abortOn = List.of();
        private final Signal<?> signal;

        Wish(String receiver, Signal<?> signal) {
            this.receiver = receiver;
            this.signal = signal;
        }
    }

    /** Adds a receiver. */
    void add(String receiver, Signal<?> signal, List<String> topics, String group, EventReceiver options, String key) {
        Wish wish = wishes.computeIfAbsent(signal.eventType(), type -> new Wish(receiver, signal));
        if (!topics.isEmpty()) {
            topicsByGroup.computeIfAbsent(group, name -> new LinkedHashSet<>()).addAll(topics);
            wish.group = same(receiver, wish, "group", wish.group, group);
        }
        if (!key.isEmpty()) {
            wish.key = same(receiver, wish, "key", wish.key, key);
        }
        if (options.attempts() != 0) {
            wish.attempts =
                    same(receiver, wish, "attempts", wish.attempts == 0 ? null : wish.attempts, options.attempts());
        }
        if (options.abortOn().length > 0) {
            wish.abortOn = same(
                    receiver,
                    wish,
                    "abortOn",
                    wish.abortOn.isEmpty() ? null : wish.abortOn,
                    new ArrayList<>(Arrays.asList(options.abortOn())));
        }
    }

    private static <V> V same(String receiver, Wish wish, String option, @Nullable V before, V value) {
        if (before != null && !before.equals(value)) {
            throw new ReceiverDefinitionException(
                    "The receivers of " + wish.signal.eventType() + " request different things: " + option + " is "
                            + before + " for " + wish.receiver + ", and " + value + " for " + receiver,
                    "Each event is read once for all of its receivers. Give both the same " + option
                            + ", or name it in one of them only.");
        }
        return value;
    }

    /** The topics to consume, by group. */
    Map<String, Set<String>> topicsByGroup() {
        return topicsByGroup;
    }

    /** These options, with what the receivers request. */
    ConsumerOptions applyTo(ConsumerOptions options) {
        ConsumerOptions applied = options;
        for (Wish wish : wishes.values()) {
            String key = wish.key;
            if (key != null) {
                applied = withKey(applied, wish, key);
            }
            if (wish.attempts != 0 || !wish.abortOn.isEmpty()) {
                RetryPolicy retries = wish.attempts == 0
                        ? applied.retries()
                        : applied.retries().withMaxAttempts(wish.attempts);
                for (Class<? extends Throwable> each : wish.abortOn) {
                    retries = retries.abortOn(each);
                }
                applied = applied.withRetries(wish.signal, retries);
            }
        }
        return applied;
    }

    private static ConsumerOptions withKey(ConsumerOptions options, Wish wish, String key) {
        try {
            return options.withKeyField(wish.signal, key);
        } catch (IllegalArgumentException e) {
            throw new ReceiverDefinitionException(
                    "The key of the @EventReceiver " + wish.receiver + " is wrong: " + e.getMessage(),
                    "Name the dotted path of a simple value in the data of " + wish.signal.eventType() + ".");
        }
    }
}
