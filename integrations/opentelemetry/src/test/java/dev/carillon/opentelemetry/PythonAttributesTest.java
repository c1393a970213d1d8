package dev.carillon.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.interceptor.EventInterceptor.DeliveryAttempt;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PythonAttributesTest {

    record Loan(String isbn) {}

    private static final Signal<Loan> LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);

    private record Attempt(Event<?> event, String broker, String topic, int partition, String position)
            implements DeliveryAttempt {

        @Override
        public String group() {
            return "lending";
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public boolean isRedriven() {
            return false;
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }
    }

    private final Event<Loan> event =
            new Event<>(LENT, new Loan("978-3"), Events.create("library").newMetadata(LENT), true);

    private Map<String, Object> attributes(String broker, int partition, String position) {
        InMemorySpanExporter exporter = InMemorySpanExporter.create();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build()) {
            SpanBuilder span = provider.get("test").spanBuilder("process loans");
            PythonAttributes.set(span, new Attempt(event, broker, "loans", partition, position));
            span.startSpan().end();
            return exporter.getFinishedSpanItems().get(0).getAttributes().asMap().entrySet().stream()
                    .collect(Collectors.toMap(each -> name(each.getKey()), Map.Entry::getValue));
        }
    }

    private static String name(AttributeKey<?> key) {
        return key.getKey();
    }

    @Test
    void onKafkaTheyNameTopicPartitionOffsetAndMessage() {
        assertThat(attributes("kafka", 3, "3:17"))
                .isEqualTo(Map.of(
                        "kafka_topic",
                        "loans",
                        "kafka_partition",
                        3L,
                        "kafka_offset",
                        17L,
                        "kafka_message_id",
                        event.metadata().id().toString(),
                        "kafka_event_type",
                        LENT.eventType()));
    }

    @Test
    void onRedisTheyNameStreamGroupAndMessage() {
        assertThat(attributes("redis", 0, "1716300000000-0"))
                .isEqualTo(Map.of(
                        "redis_stream", "loans",
                        "redis_consumer_group", "lending",
                        "redis_msg_id", "1716300000000-0",
                        "id", event.metadata().id().toString(),
                        "event_type", LENT.eventType()));
    }
}
