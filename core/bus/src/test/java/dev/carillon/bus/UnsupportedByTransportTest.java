package dev.carillon.bus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transport without message store and administration. */
class UnsupportedByTransportTest extends EngineTest {

    @BeforeEach
    void withoutStore() {
        broker.hasStore = false;
    }

    private static void assertUnsupported(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(UnsupportedByTransportException.class)
                .hasMessage(message);
    }

    @Test
    void deadLettersAndReplayNameTheMissingStore() {
        String message = "TroubledTransport has no message store, which dead letters and replay need";

        assertUnsupported(() -> bus().deadLetters("books", "readers"), message);
        assertUnsupported(() -> bus().replay("books", "readers"), message);
    }

    @Test
    void aConsumerThatKeepsDeadLettersNamesTheMissingStoreAndTheAlternative() {
        assertUnsupported(
                () -> consumer(options()).run(),
                "TroubledTransport has no message store, which dead letters and replay need: give the consumer a failure"
                        + " policy such as FailurePolicy.logAndAcknowledge()");
    }

    @Test
    void administrationAndGroupStatesNameTheMissingAdministration() {
        String message = "TroubledTransport has no administration, which lists, moves and checks groups";

        assertUnsupported(bus()::admin, message);
        assertUnsupported(consumer(options())::groupStates, message);
    }
}
