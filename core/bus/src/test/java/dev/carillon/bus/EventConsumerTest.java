package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import dev.carillon.events.Signals;
import dev.carillon.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventConsumerTest extends EngineTest {

    @Test
    void namesWithControlCharactersAreRefused() {
        assertThatThrownBy(() -> bus().consumer("books", "readers\nof books"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'readers\\u000aof books'");
        assertThatThrownBy(() -> bus().consumer("books\u001b[31m", "readers"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control character");
    }

    @Test
    void namesThatNoBrokerCanStoreAreRefused() {
        assertThatThrownBy(() -> bus().consumer("books", "readers\ud800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lone surrogate");
    }

    @Test
    void runsOnce() {
        EventConsumer consumer = consumer(options());
        consumer.stop();
        consumer.run();

        assertThatThrownBy(consumer::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can run only once");
    }

    @Test
    void doesNotBeginWhenItWasStoppedBefore() {
        publish(1);
        hear();
        EventConsumer consumer = consumer(options());
        consumer.close();

        assertThat(consumer.run()).isEqualTo(StopReason.STOPPED);

        assertThat(heard).isEmpty();
        assertThat(consumer.counts().received()).isZero();
    }

    @Test
    void anInterruptStopsItAndIsStillToBeSeenAfterwards() {
        publish(3);
        hear();
        Thread polling = Thread.currentThread();
        events.connect(LENT, event -> {
            if (event.data().days() == 2) {
                polling.interrupt();
            }
        });
        EventConsumer consumer = consumer(options().withConcurrency(1));

        assertThat(consumer.run()).isEqualTo(StopReason.STOPPED);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(heard).containsExactly(0L, 1L, 2L);
        assertThat(consumer.counts().acknowledged()).isEqualTo(3);
        assertThat(consumer.counts().brokerErrors()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.02, 20", "60, 500", "0, 500"})
    void waitsForMessagesAsLongAsSetButNeverLongAtOnceNorWithoutPause(String seconds, long millis) {
        set("CONSUMER_POLL_TIMEOUT", seconds);
        EventConsumer consumer = consumer(options());
        CompletableFuture<StopReason> end = start(consumer);

        until("a poll", () -> broker.lastTimeout != null);
        consumer.stop();

        assertThat(broker.lastTimeout).isEqualTo(Duration.ofMillis(millis));
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void asksForMessagesByTheDozenAlsoWhenReceiversAreSlow() {
        publish(400);
        hear();
        Semaphore permits = new Semaphore(0);
        events.connect(LENT, event -> permits.acquire());
        EventConsumer consumer = consumer(options().withMaxInFlight(100).withBatchSize(50));
        CompletableFuture<StopReason> end = start(consumer);
        until("no free capacity", () -> consumer.counts().received() >= 100);

        for (int i = 1; i <= 400; i++) {
            int delivered = i;
            permits.release();
            until("the next", () -> consumer.counts().delivered() == delivered);
        }
        consumer.stop();

        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
        assertThat(heard).hasSize(400);
        assertThat(broker.smallestPoll).hasValueGreaterThanOrEqualTo(12);
    }

    @Test
    void closingWaitsForItsEnd() {
        publish(1);
        hear();
        EventConsumer consumer = consumer(options());
        CompletableFuture<StopReason> end = start(consumer);
        until("the event", () -> heard.size() == 1);

        consumer.close();

        assertThat(consumer.hasEnded()).isTrue();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(StopReason.STOPPED);
        assertThat(consumer.counts().acknowledged()).isEqualTo(1);
    }

    @Test
    void anEventThatIsDisabledHereCountsAsHavingNoReceiver() {
        publish(2);
        hear();
        events.disable(LENT);
        EventConsumer consumer = consumer(options());
        CompletableFuture<StopReason> end = start(consumer);

        until("both passed over", () -> consumer.counts().acknowledged() == 2);
        consumer.stop();

        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
        assertThat(consumer.counts().withoutReceiver()).isEqualTo(2);
        assertThat(consumer.counts().delivered()).isZero();
        assertThat(heard).isEmpty();
    }

    @Test
    void anUnknownEventTypeIsNamedOnce() {
        publish(30);
        Events others = Events.builder().signals(Signals.of(RETURNED)).build();
        others.connect(RETURNED, "returns", event -> {});
        try (CapturedLog log = new CapturedLog();
                EventBus bus = EventBus.open(Settings.of(settings), others, broker)) {
            EventConsumer consumer = bus.consumer(List.of("books"), "others", options());
            CompletableFuture<StopReason> end = start(consumer);
            until("all passed over", () -> consumer.counts().acknowledged() == 30);
            consumer.stop();

            assertThat(end).succeedsWithin(Duration.ofSeconds(10));
            assertThat(consumer.counts().unknownType()).isEqualTo(30);
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains(LENT.eventType(), "unknown here", "books@0:0");
        }
    }

    @Test
    void whatTheTransportDoesNotUnderstandIsRefusedWhenItRuns() {
        assertThatThrownBy(() -> consumer(options().withExtra(Map.of("check_backlog", true)))
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("check_backlog");
        assertThatThrownBy(() ->
                        consumer(options().withStartAt(StartAt.after("17-0"))).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("17-0", "0:17");
    }

    @Test
    void needsTopicsAndAGroup() {
        assertThatThrownBy(() -> bus().consumer(List.of(), "readers", options()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has topics []");
        assertThatThrownBy(() -> bus().consumer(List.of("books", " "), "readers", options()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[books,  ]");
        assertThatThrownBy(() -> bus().consumer("books", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group ''");
        assertThatThrownBy(() -> bus().consumer(List.of("books", "books"), "readers", options()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A topic must be listed only once");
    }

    @Test
    void aTopicIsPausedEvenIfTheBrokerFailsAtFirst() {
        hear();
        publish(1);
        EventConsumer consumer = bus().consumer(List.of("books", "films"), "readers", options());
        CompletableFuture<StopReason> end = start(consumer);
        until("the consumer to run", () -> !heard.isEmpty());
        broker.pausesToFail.set(1);

        consumer.pause("books");

        until(
                "a second attempt",
                () -> broker.pausedTopics.contains("books") && consumer.counts().brokerErrors() == 1);
        assertThat(end).isNotDone();
    }
}
