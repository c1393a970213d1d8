package dev.carillon.spring;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.transport.GroupState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the consumers of an application, and operates them: groups and topics, lag, pause and resume, dead letters. It contains no event
 * data, no keys, and no messages of exceptions.
 */
@Endpoint(id = "carillon")
public final class CarillonEndpoint {

    private static final String ACTIONS = "pause, resume, redrive, discard";

    private final EventConsumers consumers;
    private final EventBus bus;

    CarillonEndpoint(EventConsumers consumers, EventBus bus) {
        this.consumers = consumers;
        this.bus = bus;
    }

    /** Each group with its topics, readiness and counts. Asks no broker. */
    @ReadOperation
    public Map<String, Object> groups() {
        Map<String, Object> groups = new LinkedHashMap<>();
        consumers.all().forEach(each -> groups.put(each.group(), summary(each)));
        return Map.of("groups", groups, "publishes", bus.publishedEventTypes());
    }

    /**
     * One group with its lag and its dead letters, as the broker reports them.
     *
     * @return null, which is the status 404, when the application has no such group
     */
    @ReadOperation
    public @Nullable Map<String, Object> group(@Selector String group) {
        EventConsumer consumer = consumers.ofGroup(group).orElse(null);
        if (consumer == null) {
            return null;
        }
        Map<String, Object> details = summary(consumer);
        details.put(
                "lag",
                consumer.groupStates().stream().map(CarillonEndpoint::lag).toList());
        List<Map<String, Object>> deadLetters = new ArrayList<>();
        for (String topic : consumers.topics(group)) {
            bus.deadLetters(topic, group).list().forEach(each -> deadLetters.add(describe(each)));
        }
        details.put("deadLetters", deadLetters);
        return details;
    }

    /**
     * Acts on a topic of a group.
     *
     * @param action pause or resume reading; redrive or discard dead letters
     * @param topic the topic, with or without prefix
     * @param deadLetter the id of one dead letter; without it, all of the topic
     * @return null, which is the status 404, when the application has no such group
     */
    @WriteOperation
    public @Nullable Map<String, Object> act(
            @Selector String group, String action, String topic, @Nullable String deadLetter) {
        EventConsumer consumer = consumers.ofGroup(group).orElse(null);
        if (consumer == null) {
            return null;
        }
        String name = withoutPrefix(consumer, topic);
        switch (action) {
            case "pause" -> consumer.pause(name);
            case "resume" -> consumer.resume(name);
            case "redrive" -> {
                DeadLetters all = bus.deadLetters(name, group);
                List<DeadLetter> chosen = chosen(all, deadLetter);
                all.redrive(chosen);
                return Map.of("redriven", chosen.size());
            }
            case "discard" -> {
                if (deadLetter == null) {
                    throw invalid("To discard a dead letter, name it: deadLetter");
                }
                DeadLetters all = bus.deadLetters(name, group);
                List<DeadLetter> chosen = chosen(all, deadLetter);
                all.discard(chosen);
                return Map.of("discarded", chosen.size());
            }
            default -> throw invalid("There is no such action; the actions are " + ACTIONS);
        }
        return summary(consumer);
    }

    /** What the endpoint shows has the prefix, what the application's properties and annotations name has not. */
    private String withoutPrefix(EventConsumer consumer, String topic) {
        List<String> names = List.copyOf(consumers.topics(consumer.group()));
        if (names.contains(topic)) {
            return topic;
        }
        int index = consumer.topics().indexOf(topic);
        if (index < 0) {
            throw invalid("The group " + consumer.group() + " does not read this topic; it reads " + names);
        }
        return names.get(index);
    }

    private static InvalidEndpointRequestException invalid(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }

    private static List<DeadLetter> chosen(DeadLetters all, @Nullable String id) {
        return all.list().stream()
                .filter(each -> id == null || each.id().equals(id))
                .toList();
    }

    private static Map<String, Object> summary(EventConsumer consumer) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("topics", consumer.topics());
        summary.put("ready", consumer.health().isReady(Clock.systemUTC().instant()));
        summary.put("paused", consumer.health().pausedTopics());
        summary.put("counts", consumer.counts());
        return summary;
    }

    private static Map<String, Object> lag(GroupState state) {
        Map<String, Object> lag = new LinkedHashMap<>();
        lag.put("topic", state.topic());
        lag.put("members", state.members());
        state.lag().ifPresent(events -> lag.put("events", events));
        state.pending().ifPresent(events -> lag.put("pending", events));
        state.oldest().ifPresent(age -> lag.put("oldestSeconds", age.toSeconds()));
        return lag;
    }

    private static Map<String, Object> describe(DeadLetter deadLetter) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", deadLetter.id());
        details.put("topic", deadLetter.topic());
        details.put("position", deadLetter.position());
        details.put("eventType", String.valueOf(deadLetter.eventType()));
        details.put("eventId", String.valueOf(deadLetter.eventId()));
        details.put("kind", deadLetter.cause().kind());
        details.put("failure", deadLetter.cause().failure());
        details.put("receivers", deadLetter.cause().receivers());
        details.put("attempts", deadLetter.attempts());
        details.put("lastFailed", deadLetter.lastFailed().toString());
        details.put("redriven", deadLetter.redrivenAt() != null);
        return details;
    }
}
