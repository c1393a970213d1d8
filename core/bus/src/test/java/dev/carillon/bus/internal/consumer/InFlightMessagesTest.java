package dev.carillon.bus.internal.consumer;

import static dev.carillon.bus.Examples.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.bus.transport.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InFlightMessagesTest {

    private static final Set<Partition> PARTITION = Set.of(new Partition("a", 0));

    private final InFlightMessages each = new InFlightMessages(AckMode.INDIVIDUAL, OwnTopics.NONE);
    private final InFlightMessages upTo = new InFlightMessages(AckMode.CUMULATIVE, OwnTopics.NONE);

    @Test
    void whereEachIsAcknowledgedByItselfTheOrderDoesNotMatter() {
        InFlightMessage first = each.add(message("a", 0, 1, 10));
        InFlightMessage second = each.add(message("a", 0, 2, 20));
        InFlightMessage third = each.add(message("a", 0, 3, 30));

        each.finished(third);
        each.finished(first);

        assertThat(each.messagesToAcknowledge()).containsExactly(third.message(), first.message());
        assertThat(each.acknowledged()).isEqualTo(2);
        assertThat(each.messagesToAcknowledge()).isEmpty();
        each.finished(second);
        assertThat(each.messagesToAcknowledge()).containsExactly(second.message());
    }

    @Test
    void messagesAndBytesCountUntilTheBrokerHasTheAcknowledgement() {
        InFlightMessage first = each.add(message("a", 0, 1, 10));
        each.add(message("a", 0, 2, 20));
        assertThat(each.messages()).isEqualTo(2);
        assertThat(each.bytes()).isEqualTo(30);

        each.finished(first);
        List<IncomingMessage> unused = each.messagesToAcknowledge();
        assertThat(unused).hasSize(1);
        assertThat(each.messages()).isEqualTo(2);

        each.acknowledged();
        assertThat(each.messages()).isEqualTo(1);
        assertThat(each.bytes()).isEqualTo(20);
    }

    @Test
    void whatTheBrokerDidNotHearIsReportedAgainTogetherWithWhatCameSince() {
        InFlightMessage first = each.add(message("a", 0, 1, 1));
        InFlightMessage second = each.add(message("a", 0, 2, 1));
        each.finished(first);
        assertThat(each.messagesToAcknowledge()).containsExactly(first.message());

        each.finished(second);

        assertThat(each.messagesToAcknowledge()).containsExactly(first.message(), second.message());
        assertThat(each.acknowledged()).isEqualTo(2);
        assertThat(each.messages()).isZero();
    }

    @Test
    void upToAMessageNothingIsAcknowledgedBehindAnUnfinishedOne() {
        InFlightMessage first = upTo.add(message("a", 0, 1, 1));
        InFlightMessage second = upTo.add(message("a", 0, 2, 1));
        InFlightMessage third = upTo.add(message("a", 0, 3, 1));

        upTo.finished(second);
        assertThat(upTo.messagesToAcknowledge()).isEmpty();
        assertThat(upTo.acknowledged()).isZero();

        upTo.finished(first);
        assertThat(upTo.messagesToAcknowledge()).containsExactly(second.message());
        assertThat(upTo.acknowledged()).isEqualTo(2);

        upTo.finished(third);
        assertThat(upTo.messagesToAcknowledge()).containsExactly(third.message());
        assertThat(upTo.acknowledged()).isEqualTo(1);
        assertThat(upTo.messages()).isZero();
        assertThat(upTo.bytes()).isZero();
    }

    @Test
    void upToAMessageEachPartitionStandsForItself() {
        InFlightMessage blocked = upTo.add(message("a", 0, 1, 1));
        InFlightMessage otherPartition = upTo.add(message("a", 1, 1, 1));
        InFlightMessage behind = upTo.add(message("a", 0, 2, 1));
        InFlightMessage otherTopic = upTo.add(message("b", 0, 1, 1));

        List.of(otherPartition, behind, otherTopic).forEach(upTo::finished);

        assertThat(upTo.messagesToAcknowledge())
                .containsExactlyInAnyOrder(otherPartition.message(), otherTopic.message());
        assertThat(upTo.acknowledged()).isEqualTo(2);
        upTo.finished(blocked);
        assertThat(upTo.messagesToAcknowledge()).containsExactly(behind.message());
    }

    @Test
    void upToAMessageWhatTheBrokerDidNotHearIsReportedAgain() {
        InFlightMessage first = upTo.add(message("a", 0, 1, 1));
        InFlightMessage second = upTo.add(message("a", 0, 2, 1));
        upTo.finished(first);
        assertThat(upTo.messagesToAcknowledge()).containsExactly(first.message());

        upTo.finished(second);

        assertThat(upTo.messagesToAcknowledge()).containsExactly(second.message());
        assertThat(upTo.acknowledged()).isEqualTo(2);
    }

    @Test
    void whatIsRevokedIsNotBegunAndWhatIsInProgressContinues() {
        InFlightMessage begun = upTo.add(message("a", 0, 1, 1));
        InFlightMessage waiting = upTo.add(message("a", 0, 2, 1));
        InFlightMessage other = upTo.add(message("a", 1, 1, 1));
        assertThat(begun.begin()).isTrue();

        upTo.revoke(PARTITION);

        assertThat(upTo.isInProgress(PARTITION)).isTrue();
        assertThat(waiting.begin()).isFalse();
        assertThat(other.begin()).isTrue();
        upTo.finished(begun);
        assertThat(upTo.isInProgress(PARTITION)).isFalse();
        assertThat(upTo.messagesToAcknowledge()).containsExactly(begun.message());
    }

    @Test
    void whatIsInProgressWhenItIsRevokedIsNotBegunAgain() {
        InFlightMessage begun = upTo.add(message("a", 0, 1, 1));
        assertThat(begun.begin()).isTrue();

        upTo.revoke(PARTITION);

        assertThat(begun.pause()).isFalse();
        assertThat(begun.begin()).isFalse();
        assertThat(upTo.isInProgress(PARTITION)).isFalse();
    }

    @Test
    void whereEachIsAcknowledgedByItselfAPartitionCanBeForgottenToo() {
        InFlightMessage finished = each.add(message("a", 0, 1, 10));
        InFlightMessage begun = each.add(message("a", 0, 2, 20));
        assertThat(begun.begin()).isTrue();
        each.finished(finished);

        each.revoke(PARTITION);
        each.forget(PARTITION);
        each.finished(begun);

        assertThat(begun.isLost()).isTrue();
        assertThat(each.messages()).isZero();
        assertThat(each.bytes()).isZero();
        assertThat(each.messagesToAcknowledge()).isEmpty();
    }

    @Test
    void whatIsFinishedBehindAnUnfinishedMessageKeepsItsPositionAlone() {
        InFlightMessage unfinished = upTo.add(message("a", 0, 1, 10));
        InFlightMessage behind = upTo.add(message("a", 0, 2, 20));
        upTo.finished(behind);

        assertThat(upTo.messagesToAcknowledge()).isEmpty();

        assertThat(upTo.inMemory()).isOne();
        assertThat(upTo.deferredMessages()).isOne();
        assertThat(upTo.bytes()).isEqualTo(10);
        upTo.finished(unfinished);
        assertThat(upTo.messagesToAcknowledge())
                .singleElement()
                .satisfies(message -> assertThat(message.position())
                        .isEqualTo(behind.message().position()));
        assertThat(upTo.acknowledged()).isEqualTo(2);
        assertThat(upTo.messages()).isZero();
    }

    @Test
    void whatIsDeferredComesBackWithItsDataOrIsGone() {
        IncomingMessage whole = message("a", 0, 1, 10);
        InFlightMessage deferred = each.add(whole);
        InFlightMessage gone = each.add(message("a", 0, 2, 20));
        each.defer(deferred);
        each.defer(gone);
        assertThat(each.messagesToAcknowledge()).isEmpty();
        assertThat(each.inMemory()).isZero();
        assertThat(deferred.message().data()).isEmpty();

        each.restore(deferred, whole);
        each.restore(gone, null);

        assertThat(deferred.message()).isSameAs(whole);
        assertThat(gone.isGone()).isTrue();
        assertThat(each.inMemory()).isOne();
        assertThat(each.bytes()).isEqualTo(10);
    }

    @Test
    void aForgottenPartitionIsNeitherCountedNorAcknowledged() {
        InFlightMessage finished = upTo.add(message("a", 0, 1, 10));
        InFlightMessage begun = upTo.add(message("a", 0, 2, 20));
        InFlightMessage other = upTo.add(message("a", 1, 1, 40));
        assertThat(begun.begin()).isTrue();
        upTo.finished(finished);
        assertThat(upTo.messagesToAcknowledge()).containsExactly(finished.message());

        upTo.forget(PARTITION);

        assertThat(upTo.messages()).isOne();
        assertThat(upTo.bytes()).isEqualTo(40);
        upTo.finished(begun);
        assertThat(upTo.messagesToAcknowledge()).isEmpty();
        upTo.finished(other);
        assertThat(upTo.messagesToAcknowledge()).containsExactly(other.message());
        assertThat(upTo.acknowledged()).isOne();
    }

    @Test
    void waitingEndsWhenAWorkerHasFinishedABatch() {
        InFlightMessage message = each.add(message("a", 0, 1, 1));
        CompletableFuture<Void> worker = CompletableFuture.runAsync(() -> {
            each.finished(message);
            each.wake();
        });

        while (each.messagesToAcknowledge().isEmpty()) {
            each.awaitFinished(TimeUnit.MINUTES.toNanos(10));
        }

        assertThat(each.messagesToAcknowledge()).containsExactly(message.message());
        assertThat(worker).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void waitingDoesNotBeginWhenSomethingIsFinishedAlready() {
        each.finished(each.add(message("a", 0, 1, 1)));

        each.awaitFinished(TimeUnit.DAYS.toNanos(10));

        assertThat(each.messagesToAcknowledge()).hasSize(1);
    }

    @Test
    void waitingEndsWhenWoken() {
        each.wake();

        each.awaitFinished(TimeUnit.DAYS.toNanos(10));

        assertThat(each.messagesToAcknowledge()).isEmpty();
    }

    /** A worker that goes on while its partition is taken away begins with a first part of what is left, and with nothing behind it. */
    @Test
    void nothingIsBegunBehindWhatIsRevoked() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            InFlightMessages inFlight = new InFlightMessages(AckMode.CUMULATIVE, OwnTopics.NONE);
            List<InFlightMessage> all = IntStream.range(0, 500)
                    .mapToObj(offset -> inFlight.add(message("a", 0, offset, 1)))
                    .toList();
            List<Boolean> begun = new ArrayList<>();
            CountDownLatch together = new CountDownLatch(1);
            Thread worker = new Thread(() -> {
                together.countDown();
                all.forEach(each -> begun.add(each.begin()));
            });
            worker.start();
            together.await();

            inFlight.revoke(PARTITION);

            worker.join();
            assertThat(begun.lastIndexOf(true)).isLessThan(begun.contains(false) ? begun.indexOf(false) : all.size());
        }
    }
}
