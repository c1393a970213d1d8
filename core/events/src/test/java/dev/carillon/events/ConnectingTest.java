package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static dev.carillon.events.Examples.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.carillon.events.internal.Shown;
import dev.carillon.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting once, under an id or as an object, and disconnecting. */
class ConnectingTest {

    private final Events events = Examples.events();
    private final List<String> heard = new ArrayList<>();
    private final Receiver<Examples.Certificate> receiver = event -> heard.add("heard");

    @Test
    void theSameObjectIsConnectedOnce() {
        Subscription first = events.connect(CREATED, receiver);
        Subscription second = events.connect(CREATED, receiver);

        events.send(CREATED, CERTIFICATE);

        assertThat(heard).hasSize(1);
        assertThat(second).isSameAs(first);
    }

    @Test
    void theSameResponderIsConnectedOnce() {
        Receiver.Responder<Examples.Certificate> responder = event -> "done";
        events.connect(CREATED, Receiver.responding(responder));
        events.connect(CREATED, Receiver.responding(responder));

        assertThat(events.send(CREATED, CERTIFICATE).responses()).hasSize(1);
    }

    @Test
    void underOneIdTheReceiverConnectedFirstStaysAndTheLogWarnsOfTheOther() {
        try (CapturedLog log = new CapturedLog()) {
            Subscription first = events.connect(CREATED, "award", event -> heard.add("first"));
            Subscription second = events.connect(CREATED, "award", event -> heard.add("second"));

            events.send(CREATED, CERTIFICATE);

            assertThat(heard).containsExactly("first");
            assertThat(second).isSameAs(first);
            assertThat(log.messages(Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains("Receiver award", "gets no events");
        }
    }

    @Test
    void aServiceThatConnectsItsReceiversTwiceIsNotWarned() {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 2; i++) {
                events.connect(CREATED, "award", event -> heard.add("heard"));
            }

            assertThat(log.messages(Level.WARNING)).isEmpty();
        }
    }

    @Test
    void anIdCountsPerSignal() {
        events.connect(CREATED, "award", event -> heard.add("created"));
        events.connect(REVOKED, "award", event -> heard.add("revoked"));

        events.send(CREATED, CERTIFICATE);
        events.send(REVOKED, CERTIFICATE);

        assertThat(heard).containsExactly("created", "revoked");
    }

    @Test
    void oneObjectUnderTwoIdsIsConnectedTwice() {
        events.connect(CREATED, "one", receiver);
        events.connect(CREATED, "two", receiver);

        events.send(CREATED, CERTIFICATE);

        assertThat(heard).hasSize(2);
    }

    @Test
    void oneObjectWithAndWithoutAnIdIsConnectedTwiceInEitherOrder() {
        events.connect(CREATED, receiver);
        events.connect(CREATED, "id", receiver);
        events.connect(REVOKED, "id", receiver);
        events.connect(REVOKED, receiver);

        assertThat(events.send(CREATED, CERTIFICATE).responses()).hasSize(2);
        assertThat(events.send(REVOKED, CERTIFICATE).responses()).hasSize(2);
        assertThat(events.disconnect(CREATED, "id")).isTrue();
    }

    @Test
    void aReceiverWithAnIdIsNamedByItAndOneWithoutByItsClass() {
        assertThat(events.connect(CREATED, "award", receiver).receiverName()).isEqualTo("award");
        assertThat(events.connect(CREATED, new Awarder()).receiverName())
                .isEqualTo("dev.carillon.events.ConnectingTest$Awarder");
        assertThat(events.connect(REVOKED, receiver).receiverName())
                .isEqualTo("dev.carillon.events.ConnectingTest.aReceiverWithAnIdIsNamedByItAndOneWithoutByItsClass");
    }

    @Test
    void aClosedSubscriptionHearsNothingMore() {
        try (Subscription subscription = events.connect(CREATED, receiver)) {
            assertThat(subscription.signal()).isSameAs(CREATED);
            events.send(CREATED, CERTIFICATE);
        }
        events.send(CREATED, CERTIFICATE);

        assertThat(heard).hasSize(1);
    }

    @Test
    void disconnectingReturnsWhetherThereWasSomethingToDisconnect() {
        Subscription subscription = events.connect(CREATED, "award", receiver);
        assertThat(subscription.disconnect()).isTrue();
        assertThat(subscription.disconnect()).isFalse();

        events.connect(CREATED, receiver);
        assertThat(events.disconnect(CREATED, receiver)).isTrue();
        assertThat(events.disconnect(CREATED, receiver)).isFalse();

        events.connect(CREATED, "award", receiver);
        assertThat(events.disconnect(CREATED, "another")).isFalse();
        assertThat(events.disconnect(CREATED, "award")).isTrue();
        assertThat(events.disconnect(REVOKED, "award")).isFalse();
        assertThat(events.hasReceivers(CREATED)).isFalse();
    }

    @Test
    void disconnectingAnObjectEndsAllItsSubscriptions() {
        events.connect(CREATED, receiver);
        events.connect(CREATED, "award", receiver);
        events.connect(CREATED, "other", event -> heard.add("other"));

        events.disconnect(CREATED, receiver);
        events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("other");
    }

    @Test
    void aReceiverConnectedAgainComesLast() {
        events.connect(CREATED, "one", event -> heard.add("one"));
        events.connect(CREATED, "two", event -> heard.add("two"));
        events.disconnect(CREATED, "one");
        events.connect(CREATED, "one", event -> heard.add("one again"));

        events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("two", "one again");
    }

    @Test
    void whoIsDisconnectedWhileAnEventIsSentStillHearsThatOne() {
        events.connect(CREATED, "first", event -> {
            heard.add("first");
            events.disconnect(CREATED, "first");
            events.disconnect(CREATED, "second");
        });
        events.connect(CREATED, "second", event -> heard.add("second"));

        events.send(CREATED, CERTIFICATE);
        events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("first", "second");
    }

    @Test
    void whoIsConnectedWhileAnEventIsSentHearsTheNextOne() {
        events.connect(CREATED, "first", event -> events.connect(CREATED, "late", late -> heard.add("late")));

        events.send(CREATED, CERTIFICATE);
        assertThat(heard).isEmpty();

        events.send(CREATED, CERTIFICATE);
        assertThat(heard).containsExactly("late");
    }

    @Test
    void aSecondDefinitionOfAnEventTypeIsRefused() {
        events.connect(CREATED, receiver);
        Signal<String> text = Signal.of(CREATED.eventType(), "certificate", String.class);
        Signal<Examples.Certificate> otherKey =
                Signal.of(CREATED.eventType(), "certificate_data", Examples.Certificate.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.connect(text, event -> {}))
                .withMessageContainingAll(CREATED.eventType(), "Examples$Certificate", "java.lang.String");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.send(otherKey, CERTIFICATE))
                .withMessageContainingAll("'certificate'", "'certificate_data'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.send(CREATED.withMinorVersion(3), CERTIFICATE))
                .withMessageContainingAll("minor version 0", "minor version 3");
    }

    @Test
    void anEqualDefinitionIsTheSameSignal() {
        events.connect(CREATED, receiver);

        events.send(Signal.of(CREATED.eventType(), "certificate", Examples.Certificate.class), CERTIFICATE);

        assertThat(heard).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "two\nlines",
                "award\r",
                "\u0000",
                "\ud83d alone",
                "alone \udd14",
                " award",
                "award\u00a0",
                "\u0085"
            })
    void anIdThatDeadLettersCouldNotKeepIsRefused(String id) {
        IdentifiedReceiver<Examples.Certificate> identified = new IdentifiedReceiver<>() {
            @Override
            public String receiverId() {
                return id;
            }

            @Override
            public void receive(Event<Examples.Certificate> event) {}
        };

        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.connect(CREATED, id, receiver))
                .withMessage(
                        "The id of a receiver must have 1 to 300 characters, no blank at either end, and no line break,"
                                + " other control character or half of a surrogate pair, but is " + Shown.quoted(id));
        assertThatIllegalArgumentException().isThrownBy(() -> events.connect(CREATED, identified));
        assertThat(events.hasReceivers(CREATED)).isFalse();
    }

    @Test
    void anIdHasAtMost300Characters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceiverOptions.id("x".repeat(301)))
                .withMessageEndingWith("x'… (301 characters)");

        assertThat(ReceiverOptions.id("x".repeat(300)).id()).hasSize(300);
        assertThat(ReceiverOptions.id("Verleihe, \uD83D\uDD14 \u5B57").id()).contains("\uD83D\uDD14");
    }

    @Test
    @SuppressWarnings("NullAway") // what unchecked code may do
    void noReceiverIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> events.connect(CREATED, null))
                .withMessage("receiver");
    }

    @Test
    void theSignalsInUseAreKnown() {
        events.connect(CREATED, receiver);

        assertThat(events.hasReceivers(CREATED)).isTrue();
        assertThat(events.hasReceivers(REVOKED)).isFalse();
        assertThat(events.usedSignals()).containsExactly(CREATED);
        assertThat(events.findSignal(CREATED.eventType())).isSameAs(CREATED);
        assertThat(events.findSignal(REVOKED.eventType())).isNull();
    }

    private static final class Awarder implements Receiver<Examples.Certificate> {
        @Override
        public void receive(Event<Examples.Certificate> event) {}
    }
}
