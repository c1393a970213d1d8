package dev.carillon.opentelemetry;

import dev.carillon.bus.interceptor.EventInterceptor.DeliveryAttempt;
import io.opentelemetry.api.trace.SpanBuilder;

/**
 * The attributes by which {@code edx_event_bus_kafka} and {@code edx_event_bus_redis} describe a message to a monitoring system, as the
 * annotations in their consumers document them.
 */
final class PythonAttributes {

    private PythonAttributes() {}

    static void set(SpanBuilder span, DeliveryAttempt attempt) {
        String id = attempt.event().metadata().id().toString();
        String eventType = attempt.event().metadata().eventType();
        switch (attempt.broker()) {
            case "kafka" ->
                span.setAttribute("kafka_topic", attempt.topic())
                        .setAttribute("kafka_partition", attempt.partition())
                        .setAttribute("kafka_offset", offset(attempt.position()))
                        .setAttribute("kafka_message_id", id)
                        .setAttribute("kafka_event_type", eventType);
            case "redis" ->
                span.setAttribute("redis_stream", attempt.topic())
                        .setAttribute("redis_consumer_group", attempt.group())
                        .setAttribute("redis_msg_id", attempt.position())
                        .setAttribute("id", id)
                        .setAttribute("event_type", eventType);
            default -> {
                // there is no other bus in Python
            }
        }
    }

    /** A position on Kafka is {@code partition:offset}. */
    private static long offset(String position) {
        return Long.parseLong(position.substring(position.lastIndexOf(':') + 1));
    }
}
