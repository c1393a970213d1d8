package dev.carillon.opentelemetry;

import dev.carillon.bus.interceptor.EventInterceptor;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.PiiScrubber;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces events from their sender to their receivers. Each send is a span, and so is each attempt to deliver an event, whose parent is
 * the span that sent it, in whichever service. The trace context travels in headers of the message, by the propagators of the given
 * {@link OpenTelemetry}: {@code traceparent}, for example. Services in Python ignore them. An outbox keeps them with the event.
 *
 * <pre>{@code
 * EventBus bus = EventBus.builder(settings, events)
 *         .intercept(EventTracing.of(openTelemetry))
 *         .open();
 * }</pre>
 *
 * <p>Names follow OpenTelemetry's conventions for messaging; {@code docs/monitoring.md} lists all of them. Spans contain no event data:
 * what exceptions say is scrubbed of personal data. Immutable and thread-safe.
 */
public final class EventTracing implements EventInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(EventTracing.class);

    private static final TextMapGetter<DeliveryAttempt> RECEIVED = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(DeliveryAttempt attempt) {
            return List.of(); // only propagators that look for unknown names use it, and there is no such header
        }

        @Override
        public @Nullable String get(@Nullable DeliveryAttempt attempt, String name) {
            return attempt == null ? null : attempt.header(name);
        }
    };

    private static final TextMapGetter<OutgoingEvent> STORED = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(OutgoingEvent event) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable OutgoingEvent event, String name) {
            return event == null ? null : event.header(name);
        }
    };

    /** A value that no header can hold, such as baggage of many kilobytes, does not travel. */
    private static final TextMapSetter<OutgoingEvent> TO_SEND = (event, name, value) -> {
        if (event != null) {
            try {
                event.setHeader(name, value);
            } catch (IllegalArgumentException e) {
                LOG.debug(
                        "Context field {} does not travel with event {}: {}",
                        name,
                        event.metadata().id(),
                        e.getMessage());
            }
        }
    };

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final boolean hasPythonAttributes;

    private EventTracing(Tracer tracer, TextMapPropagator propagator, boolean hasPythonAttributes) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.hasPythonAttributes = hasPythonAttributes;
    }

    /** Traces with a tracer and the propagators of this OpenTelemetry. */
    public static EventTracing of(OpenTelemetry openTelemetry) {
        return new EventTracing(
                openTelemetry.getTracer("dev.carillon.opentelemetry"),
                openTelemetry.getPropagators().getTextMapPropagator(),
                false);
    }

    /**
     * Adds the attributes that the event bus of Open edX's services in Python sets ({@code kafka_topic}, {@code redis_stream} and so
     * on) to the spans of deliveries, so that dashboards and alarms that were made for those services find ours, too.
     */
    public EventTracing withPythonAttributes() {
        return new EventTracing(tracer, propagator, true);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // returned() closes the scope
    public DeliveryScope delivering(DeliveryAttempt attempt) {
        Context sent = propagator.extract(Context.root(), attempt, RECEIVED);
        SpanBuilder builder = builder(
                        "process",
                        attempt.broker(),
                        attempt.topic(),
                        attempt.event().metadata())
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(sent)
                .setAttribute("messaging.consumer.group.name", attempt.group())
                .setAttribute("carillon.message.position", attempt.position())
                .setAttribute("carillon.delivery.attempt", attempt.number())
                .setAttribute("carillon.delivery.redriven", attempt.isRedriven());
        link(builder, sent);
        if (attempt.broker().equals("kafka")) {
            builder.setAttribute("messaging.destination.partition.id", Integer.toString(attempt.partition()));
        }
        if (hasPythonAttributes) {
            PythonAttributes.set(builder, attempt);
        }
        Span span = builder.startSpan();
        Scope scope = sent.with(span).makeCurrent();
        return new DeliveryScope() {
            @Override
            public void returned() {
                scope.close();
            }

            @Override
            public void ended(DeliveryResult result) {
                span.setAttribute(
                        "carillon.delivery.outcome", result.outcome().name().toLowerCase(Locale.ROOT));
                Object data = attempt.event().data();
                result.failures().forEach(failure -> fail(span, failure, PiiScrubber.scrub(failure, data)));
                span.end();
            }
        };
    }

    @Override
    public SendScope sending(OutgoingEvent event) {
        Context created = propagator.extract(Context.root(), event, STORED);
        boolean wasCreated = Span.fromContext(created).getSpanContext().isValid();
        SpanBuilder builder = builder(
                        event.route() == Route.TO_OUTBOX ? "create" : "send",
                        event.broker(),
                        event.topic(),
                        event.metadata())
                .setSpanKind(wasCreated ? SpanKind.CLIENT : SpanKind.PRODUCER);
        link(builder, created);
        Span span = builder.startSpan();
        if (!wasCreated) {
            propagator.inject(Context.current().with(span), event, TO_SEND);
        }
        return new SendScope() {
            @Override
            public void ended(@Nullable Throwable failure) {
                if (failure != null) {
                    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                    fail(span, cause, PiiScrubber.withoutMessages(failure));
                }
                span.end();
            }
        };
    }

    private SpanBuilder builder(String operation, String broker, String topic, EventMetadata metadata) {
        return tracer.spanBuilder(operation + " " + topic)
                .setAttribute("messaging.system", broker)
                .setAttribute("messaging.destination.name", topic)
                .setAttribute("messaging.operation.name", operation)
                .setAttribute("messaging.operation.type", operation)
                .setAttribute("messaging.message.id", metadata.id().toString())
                .setAttribute("cloudevents.event_type", metadata.eventType())
                .setAttribute("cloudevents.event_source", metadata.source());
    }

    private static void link(SpanBuilder builder, Context context) {
        SpanContext span = Span.fromContext(context).getSpanContext();
        if (span.isValid()) {
            builder.addLink(span);
        }
    }

    private static void fail(Span span, Throwable failure, Throwable loggable) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute("error.type", failure.getClass().getName());
        span.recordException(loggable);
    }
}
