package dev.carillon.bus.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How many entries are pending for each consumer of a group, as {@code XPENDING} says. */
record PendingSummary(Map<String, Long> byConsumer) {

    static PendingSummary of(@Nullable List<Object> answer) {
        Map<String, Long> byConsumer = new HashMap<>();
        if (answer != null && answer.size() > 3 && answer.get(3) instanceof List<?> consumers) {
            for (Object each : consumers) {
                List<?> fields = (List<?>) each;
                byConsumer.put(GroupView.text(fields.get(0)), Long.parseLong(GroupView.text(fields.get(1))));
            }
        }
        return new PendingSummary(byConsumer);
    }

    long of(String consumer) {
        return byConsumer.getOrDefault(consumer, 0L);
    }

    boolean hasOf(Predicate<String> consumer) {
        return byConsumer.keySet().stream().anyMatch(consumer);
    }
}
