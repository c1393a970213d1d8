package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.interceptor.EventInterceptor;
import dev.carillon.events.Response;
import dev.carillon.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class EventInterceptorTest extends EngineTest {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private @Nullable EventBus observed;

    /** Records each call, with a name in front. */
    private final class Recording implements EventInterceptor {

        private final String name;

        Recording(String name) {
            this.name = name;
        }

        @Override
        public DeliveryScope delivering(DeliveryAttempt attempt) {
            calls.add(name + " delivering " + attempt.number() + " " + attempt.topic() + " " + attempt.group() + " "
                    + attempt.event().signal().eventType() + " " + attempt.header("trace"));
            Thread thread = Thread.currentThread();
            return new DeliveryScope() {
                @Override
                public void returned() {
                    calls.add(name + " returned" + (Thread.currentThread().equals(thread) ? "" : " elsewhere"));
                }

                @Override
                public void ended(DeliveryResult result) {
                    calls.add(name + " " + result.outcome() + " "
                            + result.responses().stream()
                                    .map(Response::receiverName)
                                    .toList() + " " + result.failures().size() + " "
                            + result.retryIn().toMillis());
                }
            };
        }

        @Override
        public SendScope sending(OutgoingEvent event) {
            calls.add(name + " sending " + event.route() + " " + event.topic() + " " + event.header("trace"));
            event.setHeader("trace", event.header("trace") == null ? "one" : event.header("trace") + " two");
            return new SendScope() {
                @Override
                public void ended(@Nullable Throwable failure) {
                    calls.add(name + (failure == null ? " sent" : " not sent"));
                }
            };
        }
    }

    private EventBus observed(EventInterceptor... interceptors) {
        EventBus opened = EventBus.builder(Settings.of(settings), events)
                .transport(broker)
                .intercept(interceptors)
                .open();
        observed = opened;
        return opened;
    }

    @AfterEach
    void closeObserved() {
        if (observed != null) {
            observed.close();
        }
    }

    private void deliver(EventBus bus, int count, RetryPolicy retries) {
        bus.consumer(List.of("books"), "readers", options().withRetries(retries).withMaxEvents(count))
                .run();
    }

    @Test
    void isNotifiedOfEachDeliveryAndSendInOrder() {
        EventBus bus = observed(new Recording("outer"), new Recording("inner"));
        hear();

        bus.send(LENT, "books", "loan.book", Examples.loan("Emma", 1)).join();
        deliver(bus, 1, RetryPolicy.none());

        String delivering = " delivering 1 books readers " + LENT.eventType() + " one two";
        assertThat(calls)
                .containsExactly(
                        "outer sending DIRECT books null",
                        "inner sending DIRECT books one",
                        "inner sent",
                        "outer sent",
                        "outer" + delivering,
                        "inner" + delivering,
                        "inner returned",
                        "outer returned",
                        "inner DELIVERED [hearing] 0 0",
                        "outer DELIVERED [hearing] 0 0");
    }

    @Test
    void isNotifiedOfEachAttempt() {
        AtomicInteger attempts = new AtomicInteger();
        events.connect(LENT, "failing", event -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
        });
        hear();
        publish(1);

        deliver(
                observed(new Recording("it")),
                1,
                RetryPolicy.defaults()
                        .withMaxAttempts(3)
                        .withJitter(0)
                        .withDelays(Duration.ofMillis(1), Duration.ofMillis(1)));

        assertThat(calls)
                .filteredOn(call -> !call.contains("returned"))
                .containsExactly(
                        "it delivering 1 books readers " + LENT.eventType() + " null",
                        "it RETRIED [failing, hearing] 1 1",
                        "it delivering 2 books readers " + LENT.eventType() + " null",
                        "it RETRIED [failing] 1 1",
                        "it delivering 3 books readers " + LENT.eventType() + " null",
                        "it DELIVERED [failing] 0 0");
    }

    @Test
    void isNotifiedWhenNoAttemptIsLeft() {
        events.connect(LENT, "failing", event -> {
            throw new IllegalStateException("never");
        });
        publish(1);

        deliver(observed(new Recording("it")), 1, RetryPolicy.none());

        assertThat(calls).endsWith("it FAILED [failing] 1 0");
    }

    @Test
    void isNotifiedWhenAnAttemptDoesNotCount() {
        AtomicBoolean healthy = new AtomicBoolean(true);
        events.connect(LENT, "failing", event -> {
            if (calls.size() < 3) {
                healthy.set(false);
                throw new IllegalStateException("the database is down");
            }
        });
        publish(1);
        EventConsumer consumer = observed(new Recording("it"))
                .consumer(
                        List.of("books"),
                        "readers",
                        options().withMaxEvents(1).withHealthCheck(healthy::get, Duration.ofMillis(5)))
                .start();
        until("the first attempt", () -> calls.contains("it POSTPONED [failing] 1 0"));

        healthy.set(true);

        until("the second attempt", () -> calls.contains("it DELIVERED [failing] 0 0"));
        consumer.close();
    }

    @Test
    void aFailedSendOfAReceiverIsAFailureOfTheAttempt() {
        EventBus bus = observed(new Recording("it"));
        events.connect(
                LENT,
                "sending",
                event -> bus.producer()
                        .send(RETURNED, " ", "loan.book", event.data(), events.newMetadata(RETURNED))
                        .join());
        publish(1);

        deliver(bus, 1, RetryPolicy.none());

        assertThat(calls).endsWith("it FAILED [sending] 1 0");
    }

    @Test
    void isNotifiedOfAnEventThatCannotBePublished() {
        EventBus bus = observed(new Recording("it"));

        assertThat(bus.send(LENT, "books", "loan.title", Examples.loan("Emma", 1)))
                .isCompletedExceptionally();

        assertThat(calls).containsExactly("it sending DIRECT books null", "it not sent");
    }

    @Test
    void headersTravelThroughAnOutbox() {
        EventBus bus = observed(new Recording("it"));
        hear();

        EncodedEvent stored =
                bus.producer().encode(LENT, "books", "loan.book", Examples.loan("Emma", 1), events.newMetadata(LENT));
        assertThat(stored.headers()).containsEntry("trace", "one").hasSize(1);
        bus.producer().send(stored).join();
        deliver(bus, 1, RetryPolicy.none());

        assertThat(calls)
                .startsWith(
                        "it sending TO_OUTBOX books null",
                        "it sent",
                        "it sending FROM_OUTBOX books one",
                        "it sent",
                        "it delivering 1 books readers " + LENT.eventType() + " one two");
    }

    @Test
    void aHeaderThatWouldChangeAnEventIsRefused() {
        for (String name : List.of("id", "ce_time", "carillon-group", "event_data", "a b", "")) {
            refuses(name, "value");
        }
        refuses("trace", "line\nbreak");
        refuses("trace", "\u00e9");
    }

    private void refuses(String name, String value) {
        AtomicInteger refused = new AtomicInteger();
        try (EventBus bus = observed(new EventInterceptor() {
            @Override
            public SendScope sending(OutgoingEvent event) {
                assertThatThrownBy(() -> event.setHeader(name, value))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("header");
                refused.incrementAndGet();
                return SendScope.NONE;
            }
        })) {
            bus.send(LENT, "books", "loan.book", Examples.loan("Emma", 1)).join();
        }
        assertThat(refused).hasValue(1);
    }

    @Test
    void oneThatThrowsIsReportedOnceAndDisturbsNothing() {
        EventInterceptor broken = new EventInterceptor() {
            @Override
            public DeliveryScope delivering(DeliveryAttempt attempt) {
                throw new IllegalStateException("broken by " + attempt.event().data());
            }

            @Override
            public SendScope sending(OutgoingEvent event) {
                return new SendScope() {
                    @Override
                    public void ended(@Nullable Throwable failure) {
                        throw new NoClassDefFoundError("broken");
                    }
                };
            }
        };
        EventBus bus = observed(broken, new Recording("it"));
        hear();
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                bus.send(LENT, "books", "loan.book", Examples.loan("Emma", i)).join();
            }
            deliver(bus, 3, RetryPolicy.none());

            assertThat(heard).containsExactly(0L, 1L, 2L);
            assertThat(calls).filteredOn("it DELIVERED [hearing] 0 0"::equals).hasSize(3);
            assertThat(log.errors())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("failed with").doesNotContain("Emma"));
        }
    }

    @Test
    void theLogContextNamesTheEventWhileReceiversRun() {
        List<String> seen = new CopyOnWriteArrayList<>();
        events.connect(
                LENT,
                "logging",
                event -> seen.add(MDC.get("topic") + " " + MDC.get("event_type") + " "
                        + (event.metadata().id().toString().equals(MDC.get("event_id")) ? "its id" : "no id")));
        publish(1);

        deliver(observed(EventInterceptor.logContext()), 1, RetryPolicy.none());

        assertThat(seen).containsExactly("books " + LENT.eventType() + " its id");
    }
}
