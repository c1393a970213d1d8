package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static dev.carillon.events.Examples.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events can be turned off and on, one type at a time. */
class DisablingTest {

    private final Events events = Examples.events();
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void connect() {
        events.connect(CREATED, event -> heard.add("created"));
        events.connect(REVOKED, event -> heard.add("revoked"));
    }

    @Test
    void sendingADisabledEventDoesNothing() {
        events.disable(CREATED);

        SendResult result = events.send(CREATED, CERTIFICATE);

        assertThat(events.isEnabled(CREATED)).isFalse();
        assertThat(heard).isEmpty();
        assertThat(result.responses()).isEmpty();
        assertThat(result.completion().toCompletableFuture()).isCompleted();
    }

    @Test
    void whichAreEnabledAtFirstCanBeSaidForAll() {
        Events some = Events.builder().enabled(REVOKED::equals).build();
        some.connect(CREATED, event -> heard.add("created of some"));
        some.connect(REVOKED, event -> heard.add("revoked of some"));

        some.send(CREATED, CERTIFICATE);
        some.send(REVOKED, CERTIFICATE);
        some.enable(CREATED);
        some.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("revoked of some", "created of some");
    }

    @Test
    void otherEventsGoOn() {
        events.disable(CREATED);

        events.send(REVOKED, CERTIFICATE);

        assertThat(heard).containsExactly("revoked");
    }

    @Test
    void anEventThatIsEnabledAgainReachesItsReceivers() {
        events.disable(CREATED);
        events.enable(CREATED);

        events.send(CREATED, CERTIFICATE);

        assertThat(events.isEnabled(CREATED)).isTrue();
        assertThat(heard).containsExactly("created");
    }

    @Test
    void aReceiverCanBeConnectedWhileItsEventIsDisabled() {
        events.disable(CREATED);
        events.connect(CREATED, "late", event -> heard.add("late"));
        events.enable(CREATED);

        events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("created", "late");
    }

    @Test
    @SuppressWarnings("NullAway") // what unchecked code may do
    void aDisabledEventIsNotEvenChecked() {
        events.disable(CREATED);

        assertThat(events.send(CREATED, null).responses()).isEmpty();
    }
}
