package dev.carillon.spring;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.consumer.ConsumerHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up when all consumers are; the details name each by its group. Cheap: asks no broker. */
final class ConsumersHealth implements HealthIndicator {

    private final EventConsumers consumers;
    private final Predicate<EventConsumer> isUp;

    ConsumersHealth(EventConsumers consumers, Predicate<EventConsumer> isUp) {
        this.consumers = consumers;
        this.isUp = isUp;
    }

    @Override
    public Health health() {
        boolean allUp = true;
        Map<String, Object> details = new LinkedHashMap<>();
        for (EventConsumer consumer : consumers.all()) {
            boolean up = consumers.isDisabled(consumer) || isUp.test(consumer);
            allUp &= up;
            details.put(consumer.group(), describe(consumer, up));
        }
        return (allUp ? Health.up() : Health.down()).withDetails(details).build();
    }

    private Map<String, Object> describe(EventConsumer consumer, boolean up) {
        ConsumerHealth health = consumer.health();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("status", consumers.isDisabled(consumer) ? "DISABLED" : up ? "UP" : "DOWN");
        details.put("topics", consumer.topics());
        if (health.lastPoll() != null) {
            details.put("lastPoll", health.lastPoll().toString());
        }
        if (!health.healthCheckPassed()) {
            details.put("healthCheck", "failed");
        }
        if (!health.pausedTopics().isEmpty()) {
            details.put("paused", health.pausedTopics());
        }
        if (!health.blocked().isEmpty()) {
            details.put("blocked", health.blocked());
        }
        if (!health.busyWorkers().isEmpty()) {
            details.put(
                    "busyWorkers",
                    health.busyWorkers().stream().map(Object::toString).toList());
        }
        consumers
                .failure(consumer)
                .ifPresent(failure -> details.put("failure", failure.getClass().getName()));
        return details;
    }
}
