package dev.carillon.bus.internal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SendTrackerTest {

    @Test
    void aDeliveryThatSentNothingHasNothingToWaitFor() {
        assertThat(SendTracker.begin().end()).isNull();
        assertThat(SendTracker.current()).isNull();
    }

    @Test
    void aDeliveryIsCompleteWhenAllItsSendsAreCompleted() {
        SendTracker tracker = SendTracker.begin();
        tracker.sent();
        tracker.sent();
        tracker.completed(null);

        CompletableFuture<Void> outputs = requireNonNull(tracker.end());

        assertThat(outputs).isNotDone();
        tracker.completed(null);
        assertThat(outputs).isCompleted();
    }

    @Test
    void acknowledgementsDuringReceiversDoNotEndIt() {
        SendTracker tracker = SendTracker.begin();
        tracker.sent();
        tracker.completed(null);
        tracker.sent();

        CompletableFuture<Void> outputs = requireNonNull(tracker.end());

        assertThat(outputs).isNotDone();
        tracker.completed(null);
        assertThat(outputs).isCompleted();
    }

    @Test
    void theFirstFailureIsThatOfTheDeliveryWhenAllSendsAreCompleted() {
        IllegalStateException first = new IllegalStateException("first");
        SendTracker tracker = SendTracker.begin();
        tracker.sent();
        tracker.sent();
        tracker.sent();
        tracker.completed(first);
        tracker.completed(new IllegalStateException("second"));

        CompletableFuture<Void> outputs = requireNonNull(tracker.end());

        assertThat(outputs).isNotDone();
        tracker.completed(null);
        assertThat(outputs)
                .isCompletedExceptionally()
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isSameAs(first);
    }

    @Test
    void aDeliveryWithinAnotherIsAnotherOne() {
        SendTracker outer = SendTracker.begin();
        SendTracker inner = SendTracker.begin();
        assertThat(SendTracker.current()).isSameAs(inner);

        assertThat(inner.end()).isNull();

        assertThat(SendTracker.current()).isSameAs(outer);
        assertThat(outer.end()).isNull();
    }

    @Test
    void whatOtherThreadsSendIsNoPartOfIt() {
        SendTracker tracker = SendTracker.begin();

        assertThat(CompletableFuture.supplyAsync(SendTracker::current).join()).isNull();

        assertThat(tracker.end()).isNull();
    }
}
