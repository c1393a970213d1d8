package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.REPORT;
import static dev.carillon.testkit.contract.ContractEvents.REPORT_KEY;
import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import dev.carillon.events.keys.LibraryLocatorV2;
import dev.carillon.testkit.contract.ContractEvents.Report;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Events arrive complete, once, and no faster than they are handled. */
interface DeliveryContract extends ContractPart {

    @Test
    default void deliversEachEventOnceAndEachKeyInOrder() {
        List<Step> steps = steps(20, 50);
        fixture().publish(steps);
        Service reader = fixture().service("reader");

        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        reader.recorder().await(STEP, steps.size());
        assertThat(byLearner(reader.recorder().data(STEP))).isEqualTo(byLearner(steps));
        fixture().await("everything acknowledged", () -> consumer.counts().acknowledged() == steps.size());
        ConsumerCounts counts = consumer.counts();
        assertThat(counts.received()).isEqualTo(steps.size());
        assertThat(counts.delivered()).isEqualTo(steps.size());
        assertThat(counts.failed() + counts.undecodable() + counts.unknownType() + counts.withoutReceiver())
                .isZero();
        assertThat(counts.brokerErrors() + counts.incidents()).isZero();
    }

    @Test
    default void deliversEventsThatArriveWhileItWaits() {
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        for (Step step : stepsOf("ada", 0, 5)) {
            fixture().publish(List.of(step));
            reader.recorder().await(STEP, (int) step.number() + 1);
        }

        fixture().await("everything acknowledged", () -> consumer.counts().acknowledged() == 5);
    }

    @Test
    default void carriesMetadataAndDataUnchanged() {
        Report report = new Report(
                "Größe – 大きさ – \uD83D\uDE00", Long.MIN_VALUE, true, null, List.of("", "b"), new Step("ada", 3));
        EventMetadata metadata = new EventMetadata(
                REPORT.eventType(),
                UUID.fromString("d4a0e3a2-1f5e-11ef-9262-0242ac120002"),
                7,
                "openedx/writer/web",
                "host-1.example",
                Instant.parse("2024-01-02T03:04:05.678901Z"),
                LibraryVersion.parse("9.5.1"));
        fixture()
                .service("writer")
                .send(fixture().topic(), REPORT, REPORT_KEY, report, metadata)
                .join();
        Service reader = fixture().service("reader");
        reader.recorder(REPORT);

        reader.consume(fixture().group(), fixture().fromEarliest());

        Event<Report> event = reader.recorder().await(REPORT);
        assertThat(event.data()).isEqualTo(report);
        assertThat(event.metadata()).isEqualTo(metadata);
        assertThat(event.signal()).isEqualTo(REPORT);
    }

    @Test
    default void readsAnEventToWhichALaterReleaseAppendedAField() {
        String eventType = "org.openedx.content_authoring.content_library.created.v1";
        record Library(LibraryLocatorV2 libraryKey, boolean updateBlocks) {}
        record LibraryOfTomorrow(LibraryLocatorV2 libraryKey, boolean updateBlocks, String license) {}
        Signal<Library> today = Signal.of(eventType, "content_library", Library.class);
        Signal<LibraryOfTomorrow> tomorrow = Signal.of(eventType, "content_library", LibraryOfTomorrow.class);
        LibraryLocatorV2 key = LibraryLocatorV2.parse("lib:org:books");
        Service writer = fixture().service("writer");
        EventMetadata fresh = writer.events().newMetadata(tomorrow);
        EventMetadata metadata = new EventMetadata(
                fresh.eventType(),
                fresh.id(),
                fresh.minorVersion(),
                fresh.source(),
                fresh.sourceHost(),
                fresh.time(),
                LibraryVersion.parse("12.0.0"));
        writer.send(
                        fixture().topic(),
                        tomorrow,
                        "content_library.library_key",
                        new LibraryOfTomorrow(key, true, "CC-BY"),
                        metadata)
                .join();
        Service reader = fixture().service("reader");
        reader.recorder(today);

        reader.consume(fixture().group(), fixture().fromEarliest());

        Event<Library> event = reader.recorder().await(today);
        assertThat(event.data()).isEqualTo(new Library(key, true));
        assertThat(event.metadata()).isEqualTo(metadata);
    }

    @Test
    default void marksAnEventFromTheBusAndNeverPublishesItAgain() {
        fixture().publish(stepsOf("ada", 0, 1));
        String echo = fixture().topic("echo");
        Service relay = fixture()
                .service(
                        "relay",
                        Map.of(
                                ProducerConfig.SETTING,
                                Map.of(
                                        STEP.eventType(),
                                        Map.of(echo, Map.of("event_key_field", "step.learner", "enabled", true)))));
        relay.consume(fixture().group("relays"), fixture().fromEarliest());
        Event<Step> came = relay.recorder().await(STEP);

        relay.events().send(STEP, new Step("ada", 1));

        Event<Step> born = relay.recorder().await(STEP, 2).get(1);
        assertThat(came.fromBus()).isTrue();
        assertThat(born.fromBus()).isFalse();
        Service reader = fixture().service("reader");
        reader.consume(List.of(echo), fixture().group(), fixture().fromEarliest());
        assertThat(reader.recorder().await(STEP).metadata()).isEqualTo(born.metadata());
        assertThat(relay.bus().producer().acknowledgedCount()).isEqualTo(1);
    }

    @Test
    default void readsSeveralTopicsAtOnce() {
        List<String> topics = List.of(
                fixture().topic("one"), fixture().topic("two"), fixture().topic("three"));
        topics.forEach(topic -> fixture().publish(topic, stepsOf(topic, 0, 10)));
        Service reader = fixture().service("reader");

        reader.consume(topics, fixture().group(), fixture().fromEarliest());

        reader.recorder().await(STEP, 30);
        assertThat(byLearner(reader.recorder().data(STEP)).keySet()).containsExactlyInAnyOrderElementsOf(topics);
    }

    @Test
    default void addsTheTopicPrefixWhenProducingAndConsuming() {
        Map<String, String> prefix = Map.of("EVENT_BUS_TOPIC_PREFIX", "dev");
        Service inDev = fixture().service("writer", prefix);
        inDev.send(fixture().topic(), new Step("dev", 1)).join();
        fixture().publish(stepsOf("plain", 2, 3));
        Service devReader = fixture().service("reader", prefix);
        Service plainReader = fixture().service("reader");
        Service fullNameReader = fixture().service("reader");

        devReader.consume(fixture().group(), fixture().fromEarliest());
        plainReader.consume(fixture().group("others"), fixture().fromEarliest());
        fullNameReader.consume(
                List.of("dev-" + fixture().topic()),
                fixture().group("third"),
                fixture().fromEarliest());

        assertThat(devReader.recorder().await(STEP).data().learner()).isEqualTo("dev");
        assertThat(plainReader.recorder().await(STEP).data().learner()).isEqualTo("plain");
        assertThat(fullNameReader.recorder().await(STEP).data().learner()).isEqualTo("dev");
    }

    @Test
    default void keepsAtMostMaxInFlightMessagesWhileReceiversAreSlow() {
        int limit = 10;
        fixture().publish(steps(20, 3));
        ConsumerOptions options =
                fixture().fromEarliest().withMaxInFlight(limit).withBatchSize(4).withConcurrency(3);

        assertInFlightAtMost(limit, 60, options);
    }

    @Test
    default void keepsAtMostMaxInFlightBytesWhileReceiversAreSlow() {
        int limit = 5;
        fixture().publish(steps(20, 3));
        long bytes = fixture().raw().bytes(new Step("learner-10", 1)).length;
        ConsumerOptions options = fixture()
                .fromEarliest()
                .withMaxInFlightBytes(bytes * (limit - 1))
                .withBatchSize(1)
                .withConcurrency(3);

        assertInFlightAtMost(limit, 60, options);
    }

    private void assertInFlightAtMost(int limit, int events, ConsumerOptions options) {
        Semaphore permits = new Semaphore(0, true); // fair: a worker that waits too long counts as hung
        AtomicLong mostInFlight = new AtomicLong();
        Service reader = fixture().service("reader");
        RunningConsumer[] running = new RunningConsumer[1];
        reader.events().connect(STEP, event -> {
            permits.acquire();
            ConsumerCounts counts = running[0].counts();
            mostInFlight.accumulateAndGet(counts.received() - counts.delivered(), Math::max);
        });
        running[0] =
                reader.consumeUnrecorded(List.of(fixture().topic()), fixture().group(), options);
        fixture().await("two messages", () -> running[0].counts().received() >= 2);

        for (int i = 1; i <= events; i++) {
            int delivered = i;
            permits.release();
            fixture().await(delivered + " events", () -> running[0].counts().delivered() == delivered);
        }

        assertThat(mostInFlight.get()).isBetween(2L, (long) limit);
    }

    @Test
    default void acknowledgesAfterReceiversInAnExecutorHaveReturned() throws Exception {
        fixture().publish(stepsOf("ada", 0, 1));
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            Service reader = fixture().service("reader");
            blocking.connectInExecutor(reader.events());
            RunningConsumer consumer = reader.consume(
                    fixture().group(),
                    fixture().fromEarliest().withConsumerName("one").withDrainTimeout(Duration.ZERO));
            blocking.awaitBlocked();

            consumer.close();

            assertThat(consumer.counts().acknowledged()).isZero();
        }
        assertThat(fixture()
                        .leftFor(
                                fixture().group(),
                                List.of("ada"),
                                fixture().fromEarliest().withConsumerName("one")))
                .containsExactly(new Step("ada", 0));
    }
}
