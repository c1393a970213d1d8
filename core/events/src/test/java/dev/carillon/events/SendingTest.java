package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static dev.carillon.events.Examples.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.testing.CapturedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A robust send: every receiver runs, and the sender learns what each made of the event. */
class SendingTest {

    private final CapturedLog log = new CapturedLog();
    private final Events events = Examples.events();
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    @Test
    void aReceiverHearsTheDataThatWereSent() {
        List<Event<Examples.Certificate>> received = new ArrayList<>();
        events.connect(CREATED, received::add);

        events.send(CREATED, CERTIFICATE);

        assertThat(received).singleElement().satisfies(event -> {
            assertThat(event.signal()).isSameAs(CREATED);
            assertThat(event.data()).isSameAs(CERTIFICATE);
            assertThat(event.fromBus()).isFalse();
        });
    }

    @Test
    void aReceiverHearsOnlyItsSignal() {
        events.connect(REVOKED, event -> heard.add("revoked"));

        events.send(CREATED, CERTIFICATE);

        assertThat(heard).isEmpty();
    }

    @Test
    void receiversRunInTheOrderConnectedAndInTheThreadOfTheSender() {
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("first", "second", "third")) {
            events.connect(CREATED, name, event -> {
                heard.add(name);
                threads.add(Thread.currentThread());
            });
        }

        events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("first", "second", "third");
        assertThat(threads).containsOnly(Thread.currentThread());
    }

    @Test
    void receiversOfOneEventSeeTheSameMetadata() {
        List<EventMetadata> seen = new ArrayList<>();
        events.connect(CREATED, "one", event -> seen.add(event.metadata()));
        events.connect(CREATED, "two", event -> seen.add(event.metadata()));

        events.send(CREATED, CERTIFICATE);

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isSameAs(seen.get(1));
    }

    @Test
    void everyReceiverRunsAlthoughOneFails() {
        events.connect(CREATED, "before", event -> heard.add("before"));
        events.connect(CREATED, "broken", event -> {
            throw new IOException("disk full");
        });
        events.connect(CREATED, "after", event -> heard.add("after"));

        SendResult result = events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("before", "after");
        assertThat(result.succeeded()).isFalse();
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.receiverName()).isEqualTo("broken");
            assertThat(failure.failure()).isInstanceOf(IOException.class).hasMessage("disk full");
        });
    }

    @Test
    void aFailureIsLoggedWithTheReceiverAndTheEventButNotItsData() {
        List<String> ids = new ArrayList<>();
        events.connect(CREATED, "badges.award", event -> {
            ids.add(event.metadata().id().toString());
            throw new IllegalStateException("no badge left");
        });

        events.send(CREATED, CERTIFICATE);

        assertThat(log.errors())
                .singleElement()
                .asString()
                .contains("badges.award", CREATED.eventType(), ids.get(0))
                .doesNotContain("verified");
        assertThat(log.causes())
                .singleElement()
                .satisfies(cause -> assertThat(cause).hasMessage("no badge left"));
    }

    @Test
    void errorsOfReceiversAreFailuresToo() {
        events.connect(CREATED, "missing class", event -> {
            throw new NoClassDefFoundError("com/acme/Badge");
        });
        events.connect(CREATED, "endless", event -> {
            throw new StackOverflowError();
        });
        events.connect(CREATED, "its own", event -> {
            throw new NotImplemented();
        });

        SendResult result = events.send(CREATED, CERTIFICATE);

        assertThat(result.failures())
                .extracting(Response::receiverName)
                .containsExactly("missing class", "endless", "its own");
        assertThat(result.failures())
                .<Class<?>>extracting(
                        failure -> Objects.requireNonNull(failure.failure()).getClass())
                .containsExactly(NoClassDefFoundError.class, StackOverflowError.class, NotImplemented.class);
    }

    @Test
    void anInterruptedReceiverLeavesTheThreadInterrupted() {
        events.connect(CREATED, event -> {
            throw new InterruptedException();
        });

        events.send(CREATED, CERTIFICATE);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void responsesComeInTheOrderConnected() {
        events.connect(
                CREATED, "grade", Receiver.responding(event -> event.data().grade()));
        events.connect(CREATED, "silent", event -> {});
        events.connect(
                CREATED, "mode", Receiver.responding(event -> event.data().mode()));

        SendResult result = events.send(CREATED, CERTIFICATE);

        assertThat(result.succeeded()).isTrue();
        assertThat(result.responses())
                .extracting(Response::receiverName, Response::value, Response::failure)
                .containsExactly(
                        tuple("grade", 87, null), tuple("silent", null, null), tuple("mode", "verified", null));
    }

    @Test
    void responsesCannotBeChanged() {
        events.connect(CREATED, event -> {});

        List<Response> responses = events.send(CREATED, CERTIFICATE).responses();

        assertThat(responses).isUnmodifiable();
    }

    @Test
    void withoutReceiversTheResultIsEmpty() {
        SendResult result = events.send(CREATED, CERTIFICATE);

        assertThat(result.responses()).isEmpty();
        assertThat(result.succeeded()).isTrue();
        assertThat(result.isComplete()).isTrue();
    }

    @Test
    void aReceiverMaySendItself() {
        events.connect(CREATED, event -> events.send(REVOKED, event.data()));
        events.connect(REVOKED, event -> heard.add("revoked " + event.data().mode()));

        events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("revoked verified");
    }

    /** Not one of the JDK's errors, as languages on the JVM have them. */
    private static final class NotImplemented extends Error {}
}
