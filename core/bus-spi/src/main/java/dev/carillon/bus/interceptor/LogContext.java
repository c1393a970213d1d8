package dev.carillon.bus.interceptor;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Names the event in the log lines of its receivers. */
final class LogContext implements EventInterceptor {

    @Override
    public DeliveryScope delivering(DeliveryAttempt attempt) {
        Map<String, @Nullable String> before = new HashMap<>();
        put("event_id", attempt.event().metadata().id().toString(), before);
        put("event_type", attempt.event().metadata().eventType(), before);
        put("topic", attempt.topic(), before);
        return new DeliveryScope() {
            @Override
            public void returned() {
                before.forEach(LogContext::restore);
            }
        };
    }

    private static void put(String name, String value, Map<String, @Nullable String> before) {
        before.put(name, MDC.get(name));
        MDC.put(name, value);
    }

    private static void restore(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }
}
