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
    void aDeliveryIsOverWhenAllThatItSentIsAnswered() {
        SendTracker tracker = SendTracker.begin();
        tracker.sent();
        tracker.sent();
        tracker.answered(null);

        CompletableFuture<Void> outputs = requireNonNull(tracker.end());

        assertThat(outputs).isNotDone();
        tracker.answered(null);
        assertThat(outputs).isCompleted();
    }

    @Test
    void acknowledgementsDuringReceiversDoNotEndIt() {
        SendTracker tracker = SendTracker.begin();
        tracker.sent();
        tracker.answered(null);
        tracker.sent();

        CompletableFuture<Void> outputs = requireNonNull(tracker.end());

        assertThat(outputs).isNotDone();
        tracker.answered(null);
        assertThat(outputs).isCompleted();
    }

    @Test
    void theFirstFailureIsThatOfTheDeliveryWhenAllIsAnswered() {
        IllegalStateException first = new IllegalStateException("first");
        SendTracker tracker = SendTracker.begin();
        tracker.sent();
        tracker.sent();
        tracker.sent();
        tracker.answered(first);
        tracker.answered(new IllegalStateException("second"));

        CompletableFuture<Void> outputs = requireNonNull(tracker.end());

        assertThat(outputs).isNotDone();
        tracker.answered(null);
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
