package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventRecorderTest {

    private record Note(String text) {}

    private record Count(long number) {}

    private static final Signal<Note> NOTED = Signal.of("org.example.noted.v1", "note", Note.class);
    private static final Signal<Count> COUNTED = Signal.of("org.example.counted.v1", "count", Count.class);
    private static final Signal<Note> USED_LATER = Signal.of("org.example.used.v1", "note", Note.class);

    private final Events events =
            Events.builder().signals(Signals.of(NOTED, COUNTED)).build();

    @Test
    void recordsEventsInTheOrderOfSending() {
        EventRecorder recorder = EventRecorder.of(events, NOTED, COUNTED);

        events.send(NOTED, new Note("a"));
        events.send(COUNTED, new Count(1));
        events.send(NOTED, new Note("b"));

        assertThat(recorder.events())
                .extracting(event -> (Object) event.data())
                .containsExactly(new Note("a"), new Count(1), new Note("b"));
        assertThat(recorder.data(NOTED)).containsExactly(new Note("a"), new Note("b"));
        assertThat(recorder.events(COUNTED)).singleElement().satisfies(event -> {
            assertThat(event.data().number()).isEqualTo(1);
            assertThat(event.metadata().eventType()).isEqualTo(COUNTED.eventType());
        });
    }

    @Test
    void recordsUntilItIsClosed() {
        events.send(NOTED, new Note("before"));
        EventRecorder recorder = EventRecorder.of(events, NOTED);
        events.send(NOTED, new Note("while"));

        recorder.close();
        events.send(NOTED, new Note("after"));

        assertThat(recorder.data(NOTED)).containsExactly(new Note("while"));
    }

    @Test
    void recordsEverySignalThatAServiceKnowsOrHasUsed() {
        events.connect(USED_LATER, event -> {});
        EventRecorder recorder = EventRecorder.ofAll(events);

        events.send(COUNTED, new Count(1));
        events.send(USED_LATER, new Note("a"));

        assertThat(recorder.await(2))
                .extracting(event -> event.signal().eventType())
                .containsExactly(COUNTED.eventType(), USED_LATER.eventType());
    }

    @Test
    void recordsAnEventOnWhichAnotherReceiverFails() {
        events.connect(NOTED, event -> {
            throw new IllegalStateException("receiver failed");
        });
        EventRecorder recorder = EventRecorder.of(events, NOTED);

        events.send(NOTED, new Note("a"));

        assertThat(recorder.await(NOTED).data().text()).isEqualTo("a");
    }

    @Test
    void waitsForEventsFromOtherThreads() {
        EventRecorder recorder = EventRecorder.of(events, NOTED, COUNTED);
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
            for (long number = 0; number < 100; number++) {
                events.send(COUNTED, new Count(number));
                events.send(NOTED, new Note("n" + number));
                waiting.countDown();
            }
        });

        assertThat(recorder.await(COUNTED, 100)).hasSize(100);
        assertThat(recorder.await("the last note", all -> recorder.data(NOTED).contains(new Note("n99"))))
                .hasSizeGreaterThan(100);
        assertThat(sender).succeedsWithin(Duration.ofSeconds(10));
        assertThat(recorder.await(200)).hasSize(200);
    }

    @Test
    void aTimeoutListsTheRecordedEvents() {
        EventRecorder recorder = EventRecorder.of(events, NOTED, COUNTED).timeout(Duration.ofMillis(10));
        events.send(NOTED, new Note("only this"));
        Event<Note> sent = recorder.await(NOTED);

        assertThatThrownBy(() -> recorder.await(2))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected 2 events within 0.01 s, but received:\n  1. org.example.noted.v1, id "
                        + sent.metadata().id() + ": Note[text=only this]");
        assertThatThrownBy(() -> recorder.await(COUNTED))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expected 1 of org.example.counted.v1 within 0.01 s, but received:\n  1. org")
                .hasMessageContaining("only this");
        assertThatThrownBy(() -> recorder.await("an event that never comes", all -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expected an event that never comes within 0.01 s, but received:");
    }

    @Test
    void aTimeoutSaysThatNothingWasRecorded() {
        EventRecorder recorder = EventRecorder.of(events, NOTED).timeout(Duration.ofMillis(10));

        assertThatThrownBy(() -> recorder.await(1)).hasMessage("Expected 1 event within 0.01 s, but received nothing");
    }

    @Test
    void moreEventsThanExpectedFailTheTest() {
        EventRecorder recorder = EventRecorder.of(events, NOTED);
        events.send(NOTED, new Note("a"));
        events.send(NOTED, new Note("again"));

        assertThatThrownBy(() -> recorder.await(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expected 1 event, but received:\n  1. ")
                .hasMessageContaining("\n  2. ");
        assertThatThrownBy(() -> recorder.await(NOTED)).isInstanceOf(AssertionError.class);
    }

    @Test
    void marksEventsFromTheBusInItsMessage() {
        EventRecorder recorder = EventRecorder.of(events, NOTED);
        events.resend(NOTED, new Note("a"), events.newMetadata(NOTED));

        assertThatThrownBy(recorder::assertNothing).hasMessageContaining(", from the bus: Note[text=a]");
    }

    @Test
    void assertNothingFailsWhenSomethingWasRecorded() {
        EventRecorder recorder = EventRecorder.of(events, NOTED);
        recorder.assertNothing();

        events.send(NOTED, new Note("a"));

        assertThatThrownBy(recorder::assertNothing)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expected nothing, but received:");
        recorder.clear();
        recorder.assertNothing();
    }

    @Test
    void aSignalThatIsNotRecordedIsRefusedAtOnce() {
        EventRecorder recorder = EventRecorder.of(events, NOTED);

        for (Runnable asking : List.<Runnable>of(
                () -> recorder.events(COUNTED), () -> recorder.data(COUNTED), () -> recorder.await(COUNTED))) {
            assertThatThrownBy(asking::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not record org.example.counted.v1");
        }
    }

    @Test
    void anInterruptEndsTheWait() {
        EventRecorder recorder = EventRecorder.of(events, NOTED);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> recorder.await(1)).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
