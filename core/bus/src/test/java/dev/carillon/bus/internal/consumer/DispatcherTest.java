package dev.carillon.bus.internal.consumer;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.METADATA;
import static dev.carillon.bus.Examples.NAMES;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.Examples;
import dev.carillon.bus.consumer.ConsumerHealth;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.internal.AuditLog;
import dev.carillon.bus.internal.Interceptors;
import dev.carillon.bus.internal.SendTracker;
import dev.carillon.bus.internal.consumer.Dispatcher.Next;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.bus.transport.UnpublishableException;
import dev.carillon.events.Events;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The delivery of one message, step by step, without threads and without waiting. */
class DispatcherTest {

    private static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");
    private static final Duration DELAY = Duration.ofSeconds(2);

    private final Events events = Examples.events();
    private final InFlightMessages inFlight = new InFlightMessages(AckMode.INDIVIDUAL, OwnTopics.NONE);
    private final ConsumerMetrics metrics = new ConsumerMetrics();
    private final ConsecutiveErrors errors = new ConsecutiveErrors(Optional.of(5));
    private final HealthTracker tracker = new HealthTracker(Clock.fixed(NOW, ZoneOffset.UTC));
    private final Failures failures = new Failures();
    private final List<String> calls = new ArrayList<>();
    private final List<Error> fatal = new ArrayList<>();
    private boolean isOurs = true;
    private boolean isHealthy = true;
    private HealthGate gate = new HealthGate(ConsumerOptions.ALWAYS_HEALTHY, Duration.ofSeconds(7), "gate");

    @AfterEach
    void closeGate() {
        gate.close();
    }

    private Dispatcher dispatcher() {
        return new Dispatcher(
                new Receivers(
                        events,
                        new EventCodecs(),
                        NAMES,
                        OwnTopics.NONE,
                        metrics,
                        new AuditLog(false, "memory"),
                        new Interceptors(List.of()),
                        "readers"),
                eventType -> RetryPolicy.defaults()
                        .withMaxAttempts(3)
                        .withDelays(DELAY, DELAY)
                        .withJitter(0)
                        .abortOn(UnsupportedOperationException.class),
                failures,
                gate,
                inFlight,
                message -> isOurs,
                fatal::add,
                metrics,
                errors,
                tracker,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void connect(String id, Runnable receiver) {
        events.connect(LENT, id, event -> {
            calls.add(id);
            receiver.run();
        });
    }

    private static void fail() {
        throw new IllegalStateException("the shelf is locked");
    }

    private InFlightMessage message() {
        return message(NAMES.write(METADATA), EventCodec.of(LENT).encode(Examples.loan("b1", 14)));
    }

    private InFlightMessage message(List<Header> headers, byte[] data) {
        return inFlight.add(IncomingMessage.of("books", Examples.position("0:1"), headers, data));
    }

    @Test
    void anEventThatAllReceiversHandleIsFinished() {
        connect("shelf", () -> {});
        connect("lending", () -> {});
        InFlightMessage message = message();

        assertThat(dispatcher().dispatch(message)).isEqualTo(Next.FINISHED);

        assertThat(calls).containsExactly("shelf", "lending");
        assertThat(failures.steps).containsExactly("handled");
        assertThat(inFlight.messagesToAcknowledge()).containsExactly(message.message());
        assertThat(metrics.snapshot().delivered()).isOne();
    }

    @Test
    void anEventWithoutReceiverIsFinishedWithoutADeliveryAndWithoutReadingItsData() {
        InFlightMessage message = message(NAMES.write(METADATA), new byte[] {-1});

        assertThat(dispatcher().dispatch(message)).isEqualTo(Next.FINISHED);

        assertThat(failures.steps).isEmpty();
        assertThat(metrics.snapshot().delivered()).isZero();
    }

    @Test
    void onlyTheReceiverThatFailedIsCalledAgainAfterTheDelay() {
        connect("shelf", () -> {});
        connect("lending", () -> {
            if (calls.size() < 4) {
                fail();
            }
        });
        InFlightMessage message = message();
        Dispatcher dispatcher = dispatcher();

        assertThat(dispatcher.dispatch(message)).isEqualTo(new Next.Retry(DELAY.toNanos()));
        assertThat(dispatcher.dispatch(message)).isEqualTo(new Next.Retry(DELAY.toNanos()));
        assertThat(inFlight.messagesToAcknowledge()).isEmpty();
        assertThat(dispatcher.dispatch(message)).isEqualTo(Next.FINISHED);

        assertThat(calls).containsExactly("shelf", "lending", "lending", "lending");
        assertThat(failures.steps).containsExactly("handled");
        assertThat(metrics.snapshot().retried()).isEqualTo(2);
    }

    @Test
    void theLastAttemptEndsAsAFailureThatKnowsWhenTheFirstOneWas() {
        connect("shelf", DispatcherTest::fail);
        InFlightMessage message = message();
        Dispatcher dispatcher = dispatcher();
        dispatcher.dispatch(message);
        dispatcher.dispatch(message);

        assertThat(dispatcher.dispatch(message)).isEqualTo(Next.FINISHED);

        assertThat(failures.steps).containsExactly("failed 3 times since " + NOW);
        assertThat(errors.errors()).isOne();
    }

    @Test
    void aFailureThatNoRetryCanMendIsTheLast() {
        connect("shelf", () -> {
            throw new UnsupportedOperationException("no such shelf");
        });

        assertThat(dispatcher().dispatch(message())).isEqualTo(Next.FINISHED);

        assertThat(calls).containsExactly("shelf");
        assertThat(failures.steps).containsExactly("failed 1 times since " + NOW);
    }

    @Test
    void aClosedGateCallsNobody() {
        useGate(() -> isHealthy);
        isHealthy = false;
        assertThat(gate.checkNow()).isFalse();
        connect("shelf", () -> {});
        InFlightMessage message = message();
        Dispatcher dispatcher = dispatcher();

        assertThat(dispatcher.dispatch(message))
                .isEqualTo(new Next.Retry(Duration.ofSeconds(7).toNanos()));
        assertThat(calls).isEmpty();

        isHealthy = true;
        assertThat(gate.checkNow()).isTrue();
        assertThat(dispatcher.dispatch(message)).isEqualTo(Next.FINISHED);
    }

    @Test
    void aFailureOfAnUnhealthyServiceIsNoAttempt() {
        useGate(() -> isHealthy);
        connect("shelf", () -> {
            if (calls.size() == 1) {
                isHealthy = false;
                fail();
            }
        });
        InFlightMessage message = message();
        Dispatcher dispatcher = dispatcher();

        assertThat(dispatcher.dispatch(message))
                .isEqualTo(new Next.Retry(Duration.ofSeconds(7).toNanos()));
        assertThat(metrics.snapshot().retried()).isZero();

        isHealthy = true;
        assertThat(gate.checkNow()).isTrue();
        assertThat(dispatcher.dispatch(message)).isEqualTo(Next.FINISHED);
        assertThat(failures.steps).containsExactly("handled");
    }

    private void useGate(BooleanSupplier check) {
        gate = new HealthGate(check, Duration.ofSeconds(7), "gate");
        gate.start();
    }

    @Test
    void dataThatCannotBeDecodedReachNobody() {
        connect("shelf", () -> {});

        assertThat(dispatcher().dispatch(message(NAMES.write(METADATA), new byte[] {-1})))
                .isEqualTo(Next.FINISHED);

        assertThat(calls).isEmpty();
        assertThat(failures.steps).containsExactly("undecodable");
    }

    @Test
    void anEventBehindADeadLetterOfItsKeyBecomesOneToo() {
        connect("shelf", () -> {});
        failures.isBlocked = true;

        assertThat(dispatcher().dispatch(message())).isEqualTo(Next.FINISHED);

        assertThat(calls).isEmpty();
        assertThat(failures.steps).containsExactly("dead-lettered behind another");
    }

    @Test
    void aRefusedDeadLetterIsStoredLaterWithoutCallingTheReceiversAgain() {
        connect("shelf", () -> {
            throw new UnsupportedOperationException("no such shelf");
        });
        failures.refusal = new UnpublishableException("too large", null);
        InFlightMessage message = message();
        Dispatcher dispatcher = dispatcher();

        assertThat(dispatcher.dispatch(message))
                .isEqualTo(new Next.Retry(Duration.ofSeconds(30).toNanos()));
        assertThat(health().blocked()).singleElement().asString().contains("too large");

        failures.refusal = null;
        assertThat(dispatcher.dispatch(message)).isEqualTo(Next.FINISHED);
        assertThat(calls).containsExactly("shelf");
        assertThat(health().blocked()).isEmpty();
    }

    private ConsumerHealth health() {
        return tracker.health(true, new PausedTopics(List.of("books")));
    }

    private static SendTracker beginSend() {
        SendTracker current = requireNonNull(SendTracker.current());
        current.sent();
        return current;
    }

    @Test
    void anEventIsFinishedOnlyWhenTheBrokerHasWhatItsReceiversSent() {
        List<SendTracker> sends = new ArrayList<>();
        connect("shelf", () -> sends.add(beginSend()));
        InFlightMessage message = message();
        Dispatcher dispatcher = dispatcher();

        Next next = dispatcher.dispatch(message);
        assertThat(next).isInstanceOf(Next.AwaitSends.class);
        assertThat(inFlight.messagesToAcknowledge()).isEmpty();

        sends.get(0).completed(null);
        assertThat(dispatcher.sendsCompleted(message, ((Next.AwaitSends) next).delivery()))
                .isEqualTo(Next.FINISHED);
    }

    @Test
    void aSendThatFailsIsAFailureOfTheReceiver() {
        connect("shelf", () -> beginSend().completed(new IllegalStateException("the broker is full")));

        assertThat(dispatcher().dispatch(message())).isEqualTo(new Next.Retry(DELAY.toNanos()));
    }

    @Test
    void whatBelongsToAnotherMemberIsNotTouched() {
        connect("shelf", () -> {});
        isOurs = false;

        assertThat(dispatcher().dispatch(message())).isEqualTo(Next.UNACKNOWLEDGED);

        assertThat(calls).isEmpty();
    }

    @Test
    void aFailureWhileTheConsumerIsAbandonedLeavesTheEventWithItsGroup() {
        Dispatcher dispatcher = dispatcher();
        connect("shelf", () -> {
            dispatcher.abandon();
            fail();
        });

        assertThat(dispatcher.dispatch(message())).isEqualTo(Next.UNACKNOWLEDGED);

        assertThat(failures.steps).containsExactly("abandoned");
    }

    @Test
    void atTheLimitOfErrorsNothingMoreIsDelivered() {
        connect("shelf", () -> {});
        for (int i = 0; i < 5; i++) {
            errors.error();
        }

        assertThat(dispatcher().dispatch(message())).isEqualTo(Next.UNACKNOWLEDGED);

        assertThat(calls).isEmpty();
    }

    /** A failure handler that stores nothing and records what it was asked to do. */
    private static final class Failures implements FailureHandler {

        final List<String> steps = new ArrayList<>();
        boolean isBlocked;

        @Nullable
        UnpublishableException refusal;

        private boolean step(InFlightMessage message, String step) {
            UnpublishableException refused = refusal;
            if (refused != null) {
                throw DeadLetterRefusedException.of(message.message(), "readers", refused);
            }
            return steps.add(step);
        }

        @Override
        public boolean failed(InFlightMessage message, Delivery<?> delivery) {
            return step(message, "failed " + delivery.attempts() + " times since " + delivery.firstFailed());
        }

        @Override
        public boolean unreached(InFlightMessage message) {
            return step(message, "unreached");
        }

        @Override
        public boolean undecodable(InFlightMessage message, RuntimeException problem) {
            return step(message, "undecodable");
        }

        @Override
        public boolean isBlocked(InFlightMessage message) {
            return isBlocked;
        }

        @Override
        public boolean deadLetterBehind(InFlightMessage message) {
            return step(message, "dead-lettered behind another");
        }

        @Override
        public boolean handled(InFlightMessage message) {
            return step(message, "handled");
        }

        @Override
        public boolean refresh(StopSignal stop) {
            return true;
        }

        @Override
        public boolean blocksKeys() {
            return true;
        }

        @Override
        public void begin(UnaryOperator<String> topicIds) {}

        @Override
        public void abandon() {
            steps.add("abandoned");
        }

        @Override
        public void close() {}
    }
}
