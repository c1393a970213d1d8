package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two services live in one JVM and share nothing but the definitions. */
class TwoServicesTest {

    private final Events lms = service("lms");
    private final Events credentials = service("credentials");
    private final List<String> heard = new ArrayList<>();

    @Test
    void eachHearsItsOwnEvents() {
        lms.connect(CREATED, event -> heard.add("lms hears " + event.metadata().source()));
        credentials.connect(
                CREATED,
                event -> heard.add("credentials hears " + event.metadata().source()));

        lms.send(CREATED, CERTIFICATE);
        credentials.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("lms hears openedx/lms/web", "credentials hears openedx/credentials/web");
    }

    @Test
    void oneReceiverMayListenToBoth() {
        Receiver<Examples.Certificate> shared =
                event -> heard.add(event.metadata().source());
        lms.connect(CREATED, "shared", shared);
        credentials.connect(CREATED, "shared", shared);
        lms.disconnect(CREATED, "shared");

        lms.send(CREATED, CERTIFICATE);
        credentials.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("openedx/credentials/web");
    }

    @Test
    void disablingInOneLeavesTheOtherAlone() {
        credentials.connect(CREATED, event -> heard.add("credentials"));
        lms.disable(CREATED);

        credentials.send(CREATED, CERTIFICATE);

        assertThat(credentials.isEnabled(CREATED)).isTrue();
        assertThat(heard).containsExactly("credentials");
    }

    @Test
    void eachMayDefineAnEventTypeInItsOwnWay() {
        lms.connect(CREATED, event -> heard.add("certificate"));
        credentials.connect(Signal.of(CREATED.eventType(), "text", String.class), event -> heard.add(event.data()));

        lms.send(CREATED, CERTIFICATE);
        credentials.send(Signal.of(CREATED.eventType(), "text", String.class), "text");

        assertThat(heard).containsExactly("certificate", "text");
    }

    private static Events service(String name) {
        return Events.builder().serviceName(name).signals(Signals.of()).build();
    }
}
