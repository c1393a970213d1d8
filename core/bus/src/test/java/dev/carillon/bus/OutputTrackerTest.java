package dev.carillon.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutputTrackerTest {

    @Test
    void aDeliveryThatSentNothingHasNothingToWaitFor() {
        assertThat(OutputTracker.begin().end()).isNull();
        assertThat(OutputTracker.current()).isNull();
    }

    @Test
    void aDeliveryIsOverWhenAllThatItSentIsAnswered() {
        OutputTracker tracker = OutputTracker.begin();
        tracker.sent();
        tracker.sent();
        tracker.answered(null);

        CompletableFuture<Void> outputs = requireNonNull(tracker.end());

        assertThat(outputs).isNotDone();
        tracker.answered(null);
        assertThat(outputs).isCompleted();
    }

    @Test
    void answersThatComeWhileReceiversAreAtWorkDoNotEndIt() {
        OutputTracker tracker = OutputTracker.begin();
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
        OutputTracker tracker = OutputTracker.begin();
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
        OutputTracker outer = OutputTracker.begin();
        OutputTracker inner = OutputTracker.begin();
        assertThat(OutputTracker.current()).isSameAs(inner);

        assertThat(inner.end()).isNull();

        assertThat(OutputTracker.current()).isSameAs(outer);
        assertThat(outer.end()).isNull();
    }

    @Test
    void whatOtherThreadsSendIsNoPartOfIt() {
        OutputTracker tracker = OutputTracker.begin();

        assertThat(CompletableFuture.supplyAsync(OutputTracker::current).join()).isNull();

        assertThat(tracker.end()).isNull();
    }
}
