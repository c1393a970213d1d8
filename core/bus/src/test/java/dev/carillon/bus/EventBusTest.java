package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Events;
import dev.carillon.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventBusTest extends EngineTest {

    private static final Object CONFIG = Map.of(
            LENT.eventType(), Map.of("books", Map.of("event_key_field", "loan.book", "enabled", true)),
            RETURNED.eventType(), Map.of("returns", Map.of("event_key_field", "loan.book", "enabled", true)));

    @Test
    void publishesWhatTheSettingsEnableAsSoonAsItIsOpen() {
        try (EventBus bus = publishing(events)) {
            assertThat(bus.publishedEventTypes()).containsExactlyInAnyOrder(LENT.eventType(), RETURNED.eventType());

            events.send(LENT, Examples.loan("Emma", 1));

            assertThat(bus.flush()).isTrue();
            assertThat(bus.producer().acknowledgedCount()).isEqualTo(1);
        }
    }

    @Test
    void doesNotPublishWhenOpenedWithoutPublishing() {
        try (EventBus bus = EventBus.builder(Settings.of(config()), events)
                .transport(broker)
                .withoutPublishing()
                .open()) {
            events.send(LENT, Examples.loan("Emma", 1));

            assertThat(bus.publishedEventTypes()).isEmpty();
            assertThat(bus.producer().acknowledgedCount()).isZero();
        }
    }

    @Test
    void whatIsConfiguredButHasNoBrokerIsNamedInAWarning() {
        try (CapturedLog log = new CapturedLog();
                EventBus bus = EventBus.open(Settings.of(Map.of(ProducerConfig.SETTING, CONFIG)), events)) {
            assertThat(bus.publishedEventTypes()).isEmpty();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("nothing is published", "EVENT_BUS_REDIS_CONNECTION_URL", LENT.eventType());
        }
    }

    @Test
    void sendsToTheConfiguredTopicsWithoutCallingReceivers() {
        List<String> called = new ArrayList<>();
        events.connect(LENT, "reader", event -> called.add("reader"));
        try (EventBus bus = publishing(events)) {
            assertThat(bus.send(LENT, Examples.loan("Emma", 1))).succeedsWithin(Duration.ofSeconds(20));
            assertThat(bus.send(LENT, "others", "loan.book", Examples.loan("Emma", 2)))
                    .succeedsWithin(Duration.ofSeconds(20));

            assertThat(bus.producer().acknowledgedCount()).isEqualTo(2);
            assertThat(called).isEmpty();
        }
    }

    @Test
    void sendingWithoutATopicRequiresOneInTheSettings() {
        try (EventBus bus = EventBus.open(Settings.of(settings), events, broker)) {
            assertThatThrownBy(() -> bus.send(LENT, Examples.loan("Emma", 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("EVENT_BUS_PRODUCER_CONFIG enables no topic for " + LENT.eventType())
                    .hasMessageContaining("\"event_key_field\"");
        }
    }

    @Test
    void anotherBusOfTheSameEventsPublishesWhenTheFirstIsClosed() {
        EventBus first = publishing(events);
        first.close();
        try (EventBus second = publishing(events);
                CapturedLog log = new CapturedLog()) {
            events.send(LENT, Examples.loan("Emma", 1));

            assertThat(second.producer().acknowledgedCount()).isEqualTo(1);
            assertThat(log.errors()).isEmpty();
        }
    }

    @Test
    void anotherBusOfTheSameEventsMayNotPublishWhatTheFirstOnePublishes() {
        try (EventBus first = publishing(events)) {
            assertThatThrownBy(() -> publishing(events))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is already published by another bus of the same Events")
                    .hasMessageContaining("withoutPublishing()");
            assertThat(broker.closedTransports).hasValue(1);

            events.send(LENT, Examples.loan("Emma", 1));
            assertThat(first.producer().acknowledgedCount()).isEqualTo(1);
        }
    }

    @Test
    void closingGoesOnBehindWhatCannotBeClosed() {
        EventBus bus = publishing(events);
        bus.producer().addDependent(() -> {
            throw new IllegalStateException("a relay that fails");
        });
        broker.sinkCloseFailure = new IllegalStateException("a sink that fails");

        assertThatThrownBy(bus::close)
                .hasMessage("a relay that fails")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("a sink that fails")));

        assertThat(broker.closedTransports).hasValue(1);
    }

    @Test
    void closingGoesOnBehindAnError() {
        EventBus bus = publishing(events);
        bus.producer().addDependent(() -> {
            throw new NoClassDefFoundError("a relay of a jar that is not complete");
        });

        assertThatThrownBy(bus::close).hasRootCauseInstanceOf(NoClassDefFoundError.class);

        assertThat(broker.closedTransports).hasValue(1);
    }

    @Test
    void whoClosesABusThatIsBeingClosedWaitsForThat() {
        broker.holdsSends = true;
        EventBus bus = publishing(events);
        events.send(LENT, Examples.loan("Emma", 1));
        CompletableFuture<Void> closing = CompletableFuture.runAsync(bus::close);
        until("closing", () -> {
            try {
                bus.consumer("books", "others");
                return false;
            } catch (IllegalStateException e) {
                return true;
            }
        });
        CompletableFuture<Integer> other = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    bus.close();
                    other.complete(broker.closedTransports.get());
                },
                "other");
        thread.start();
        until("the other to wait", () -> thread.getState() == Thread.State.TIMED_WAITING);

        assertThat(broker.answerOne()).isTrue();

        assertThat(closing).succeedsWithin(Duration.ofSeconds(20));
        assertThat(other).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(1);
    }

    @Test
    void aTopicWithTheModeOutboxIsPublishedByTheOutboxAlone() {
        List<EncodedEvent> kept = new ArrayList<>();
        Settings outbox = Settings.of(config()).with(ProducerConfig.MODE_SETTING, "outbox");
        try (EventBus bus = EventBus.builder(outbox, events)
                .transport(broker)
                .outbox(kept::add)
                .open()) {
            events.send(LENT, Examples.loan("Emma", 1));

            assertThat(bus.producer().acknowledgedCount()).isZero();
            assertThat(kept).hasSize(1);
            assertThat(bus.producer().send(kept.get(0)).join()).isNotEmpty();
        }
    }

    @Test
    void theModeOutboxWithoutAnOutboxIsRefused() {
        assertThatThrownBy(() -> EventBus.open(
                        Settings.of(config()).with(ProducerConfig.MODE_SETTING, "outbox"), events, broker))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("has the mode outbox")
                .hasMessageContaining("EVENT_BUS_PRODUCER_MODE")
                .hasMessageContaining(".outbox(");
        assertThat(events.hasReceivers(LENT)).isFalse();
    }

    @Test
    void whatReceiversSendWhileTheBusIsClosingIsStillPublished() throws Exception {
        publish(1);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        events.connect(LENT, event -> {
            entered.countDown();
            letGo.await();
            events.send(RETURNED, event.data());
        });
        EventBus bus = publishing(events);
        CompletableFuture<StopReason> end = start(bus.consumer(List.of("books"), "readers", options()));
        entered.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(bus::close);
        until("closing", () -> {
            try {
                bus.consumer("books", "others");
                return false;
            } catch (IllegalStateException e) {
                return true;
            }
        });

        letGo.countDown();

        assertThat(closing).succeedsWithin(Duration.ofSeconds(20));
        assertThat(end).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(StopReason.STOPPED);
        Events others = Examples.events();
        List<Long> returned = new ArrayList<>();
        others.connect(RETURNED, event -> returned.add(event.data().days()));
        try (EventBus reader = EventBus.open(Settings.of(settings), others, broker)) {
            reader.consumer(List.of("returns"), "readers", options().withMaxEvents(1))
                    .run();
        }
        assertThat(returned).containsExactly(0L);
    }

    @Test
    void aClosedBusRefusesWork() {
        EventBus bus = publishing(events);
        bus.close();
        bus.close();

        assertThatThrownBy(bus::producer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The event bus is closed");
        assertThatThrownBy(() -> bus.consumer("books", "readers"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The event bus is closed");
    }

    @Test
    void aConsumerThatDidNotBeginBeforeTheBusWasClosedDoesNotBegin() {
        EventBus bus = publishing(events);
        EventConsumer consumer = bus.consumer("books", "readers");
        bus.close();

        assertThat(consumer.run()).isEqualTo(StopReason.STOPPED);
    }

    @Test
    void aReplayToAGroupThatDoesNotExistIsRefusedAndSendsNothing() {
        try (EventBus memory = EventBus.open(Settings.of(Map.of()), events, new MemoryBroker(1));
                BusAdmin admin = memory.admin()) {
            memory.producer()
                    .send(LENT, "books", "loan.book", Examples.loan("Emma", 1), events.newMetadata(LENT))
                    .join();

            assertThatThrownBy(() -> memory.replay("books", "raeders").run())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Topic books has no group 'raeders'");
            assertThatThrownBy(() -> memory.replay("boks", "readers").run())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("There is no topic 'boks'. Did you mean 'books'?");

            assertThat(admin.topics()).containsExactly("books");
        }
    }

    @Test
    void wrongSettingsAreRefusedWhenItIsOpened() {
        assertThatThrownBy(() -> EventBus.open(
                        Settings.of(Map.of("EVENT_BUS_TROUBLED_AUDIT_LOGGING_ENABLED", "perhaps")), events, broker))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("EVENT_BUS_TROUBLED_AUDIT_LOGGING_ENABLED must be true or false");
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>(settings);
        config.put(ProducerConfig.SETTING, CONFIG);
        return config;
    }

    private EventBus publishing(Events events) {
        return EventBus.open(Settings.of(config()), events, broker);
    }
}
