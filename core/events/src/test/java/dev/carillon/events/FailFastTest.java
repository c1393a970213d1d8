package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static dev.carillon.events.SendOptions.failFast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.testing.CapturedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A fail-fast send: the first failure is the sender's. */
class FailFastTest {

    private final Events events = Examples.events();
    private final List<String> heard = new ArrayList<>();

    @Test
    void theFirstFailureIsThrownAsItIs() {
        IllegalStateException failure = new IllegalStateException("no badge left");
        events.connect(CREATED, event -> {
            throw failure;
        });

        assertThatThrownBy(() -> events.send(CREATED, CERTIFICATE, failFast())).isSameAs(failure);
    }

    @Test
    void receiversAfterTheFailingOneDoNotRun() {
        events.connect(CREATED, "before", event -> heard.add("before"));
        events.connect(CREATED, "broken", event -> {
            throw new IllegalStateException("no badge left");
        });
        events.connect(CREATED, "after", event -> heard.add("after"));

        assertThatThrownBy(() -> events.send(CREATED, CERTIFICATE, failFast())).hasMessage("no badge left");
        assertThat(heard).containsExactly("before");
    }

    @Test
    void aCheckedExceptionComesAsTheCauseOfOneThatNamesTheReceiver() {
        events.connect(CREATED, "badges.award", event -> {
            throw new IOException("disk full");
        });

        assertThatExceptionOfType(ReceiverException.class)
                .isThrownBy(() -> events.send(CREATED, CERTIFICATE, failFast()))
                .withMessageContainingAll("badges.award", CREATED.eventType(), "disk full")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void anErrorIsThrownAsItIs() {
        events.connect(CREATED, event -> {
            throw new AssertionError("impossible");
        });

        assertThatThrownBy(() -> events.send(CREATED, CERTIFICATE, failFast()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("impossible");
    }

    @Test
    void anInterruptedReceiverLeavesTheThreadInterrupted() {
        events.connect(CREATED, event -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> events.send(CREATED, CERTIFICATE, failFast())).isInstanceOf(ReceiverException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void withoutFailureTheResponsesAreThere() {
        events.connect(CREATED, Receiver.responding(event -> "done"));

        SendResult result = events.send(CREATED, CERTIFICATE, failFast());

        assertThat(result.responses()).extracting(Response::value).containsExactly("done");
    }

    /** As {@code allow_send_event_failure()} does in Python. */
    @Test
    void aSignalMayBeFailFastWhateverTheOptionsOfASend() {
        connectBroken();

        events.setFailFast(CREATED, true);

        assertThatThrownBy(() -> events.send(CREATED, CERTIFICATE)).hasMessage("no badge left");
        assertThatThrownBy(() -> events.send(CREATED, CERTIFICATE, SendOptions.robust()))
                .hasMessage("no badge left");
        assertThat(events.send(Examples.REVOKED, CERTIFICATE).succeeded()).isTrue();
    }

    @Test
    void aSignalThatIsFailFastNoLongerReturnsItsFailuresAgain() {
        connectBroken();
        events.setFailFast(CREATED, true);
        events.setFailFast(CREATED, false);

        try (CapturedLog log = new CapturedLog()) {
            assertThat(events.send(CREATED, CERTIFICATE).failures()).hasSize(1);
            assertThat(log.errors()).hasSize(1);
        }
    }

    /** The consumer calls receivers again one by one, and needs to know which failed. */
    @Test
    void whatComesFromTheBusReachesAllReceiversOfASignalThatIsFailFast() {
        connectBroken();
        events.connect(CREATED, "after", event -> heard.add("after"));
        events.setFailFast(CREATED, true);

        try (CapturedLog log = new CapturedLog()) {
            SendResult result = events.resend(CREATED, CERTIFICATE, events.newMetadata(CREATED));

            assertThat(result.failures()).hasSize(1);
            assertThat(heard).containsExactly("after");
            assertThat(log.errors()).hasSize(1);
        }
    }

    @Test
    void allSignalsOfAServiceMayBeFailFast() {
        Events strict = Events.builder().failFast(true).build();
        strict.connect(CREATED, event -> {
            throw new IllegalStateException("no badge left");
        });

        assertThatThrownBy(() -> strict.send(CREATED, CERTIFICATE)).hasMessage("no badge left");
        strict.setFailFast(CREATED, false);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(strict.send(CREATED, CERTIFICATE).failures()).hasSize(1);
            assertThat(log.errors()).hasSize(1);
        }
    }

    private void connectBroken() {
        events.connect(CREATED, "broken", event -> {
            throw new IllegalStateException("no badge left");
        });
    }

    @Test
    void aFailureInAnExecutorDoesNotStopTheOthers() {
        try (CapturedLog log = new CapturedLog()) {
            Receiver<Examples.Certificate> broken = event -> {
                throw new IllegalStateException("no badge left");
            };
            events.connect(CREATED, broken, ReceiverOptions.id("broken").on(Runnable::run));
            events.connect(CREATED, event -> heard.add("after"));

            SendResult result = events.send(CREATED, CERTIFICATE, failFast());

            assertThat(heard).containsExactly("after");
            assertThat(result.succeeded()).isTrue();
            assertThat(result.completion().toCompletableFuture())
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .satisfies(all -> assertThat(all.failures())
                            .extracting(Response::receiverName)
                            .containsExactly("broken"));
            assertThat(log.errors()).hasSize(1);
        }
    }
}
