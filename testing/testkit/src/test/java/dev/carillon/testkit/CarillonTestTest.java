package dev.carillon.testkit;

import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_REVOKED;
import static dev.carillon.catalog.learning.LearningSignals.PERSISTENT_GRADE_SUMMARY_CHANGED;
import static dev.carillon.catalog.learning.LearningSignals.SESSION_LOGIN_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Uses the extension as a service's tests do. */
@CarillonTest(
        service = "credentials",
        enabled = {
            "org.openedx.learning.auth.session.login.completed.v1",
            "openedx_events.learning.signals.CERTIFICATE_REVOKED"
        })
class CarillonTestTest {

    private final Events own;

    CarillonTestTest(Events events) {
        this.own = events;
    }

    @BeforeEach
    void beforeEachReceivesTheSameEvents(Events events, EventRecorder recorder) {
        assertThat(events).isSameAs(own);
        recorder.assertNothing();
    }

    @AfterEach
    void afterEachReceivesTheSameEvents(Events events) {
        assertThat(events).isSameAs(own);
    }

    @RepeatedTest(2)
    void eachTestHasItsOwnEventsRecorderAndBroker(
            Events events, EventRecorder recorder, MemoryBroker broker, MemoryBroker sameBroker) {
        assertThat(events).isSameAs(own);
        assertThat(broker).isSameAs(sameBroker);
        recorder.assertNothing();

        events.send(SESSION_LOGIN_COMPLETED, user());

        assertThat(recorder.await(SESSION_LOGIN_COMPLETED).metadata().source()).isEqualTo("openedx/credentials/web");
    }

    @Test
    void onlyTheNamedEventsAreEnabled(Events events) {
        assertThat(events.isEnabled(SESSION_LOGIN_COMPLETED)).isTrue();
        assertThat(events.isEnabled(CERTIFICATE_REVOKED)).isTrue();
        assertThat(events.isEnabled(PERSISTENT_GRADE_SUMMARY_CHANGED)).isFalse();
    }

    @Test
    @CarillonTest(service = "discovery")
    void anAnnotationOnAMethodReplacesThatOfTheClass(Events events) {
        assertThat(events.source()).isEqualTo("openedx/discovery/web");
        assertThat(events.isEnabled(PERSISTENT_GRADE_SUMMARY_CHANGED)).isTrue();
    }

    @Test
    @CarillonTest(enabled = {})
    void aMethodMayDisableAllEvents(Events events, EventRecorder recorder) {
        assertThat(events.signals().all()).noneMatch(events::isEnabled);

        events.send(SESSION_LOGIN_COMPLETED, user());

        recorder.assertNothing();
    }

    record Loan(String isbn) {}

    private static final Signal<Loan> LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);
    private static final Signal<Loan> RETURNED = Signal.of("org.example.library.book.returned.v1", "loan", Loan.class);

    @Test
    @CarillonTest(enabled = "org.example.library.book.lent.v1")
    void ownSignalsWithoutAProviderAreEnabledByTheirType(Events events) {
        assertThat(events.isEnabled(LENT)).isTrue();
        assertThat(events.isEnabled(RETURNED)).isFalse();
        assertThat(events.isEnabled(CERTIFICATE_REVOKED)).isFalse();
    }

    @Test
    void aFailingReceiverFailsTheTest(Events events) {
        events.connect(SESSION_LOGIN_COMPLETED, event -> {
            throw new IllegalStateException("receiver failed");
        });

        assertThatThrownBy(() -> events.send(SESSION_LOGIN_COMPLETED, user())).hasMessage("receiver failed");
    }

    @Test
    @CarillonTest(receiversMayFail = true)
    void aReceiverMayFailIfTheTestAllowsIt(Events events) {
        events.connect(SESSION_LOGIN_COMPLETED, event -> {
            throw new IllegalStateException("receiver failed");
        });

        assertThat(events.send(SESSION_LOGIN_COMPLETED, user()).failures()).hasSize(1);
    }

    @Test
    void anEventIsPublishedToTheInMemoryBroker(Events events, EventRecorder recorder, MemoryBroker broker) {
        try (EventBus bus = EventBus.open(Settings.of(Map.of()), events, broker)) {
            assertThat(bus.producer()
                            .send(
                                    SESSION_LOGIN_COMPLETED,
                                    "logins",
                                    "user.id",
                                    user(),
                                    events.newMetadata(SESSION_LOGIN_COMPLETED)))
                    .isCompleted();
            recorder.assertNothing();
        }
    }

    @Nested
    class NestedTests {

        @Test
        void aNestedClassInheritsTheAnnotation(Events events) {
            assertThat(events.source()).isEqualTo("openedx/credentials/web");
            assertThat(events.isEnabled(PERSISTENT_GRADE_SUMMARY_CHANGED)).isFalse();
        }
    }

    private static UserData user() {
        return new UserData(7, true, new UserPersonalData("ada", "ada@example.com", "Ada Lovelace"));
    }
}
