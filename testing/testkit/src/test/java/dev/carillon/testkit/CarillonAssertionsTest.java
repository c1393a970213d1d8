package dev.carillon.testkit;

import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_CREATED;
import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_REVOKED;
import static dev.carillon.catalog.learning.LearningSignals.SESSION_LOGIN_COMPLETED;
import static dev.carillon.testkit.CarillonAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.events.Events;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@CarillonTest
class CarillonAssertionsTest {

    private static final CertificateData CERTIFICATE = Samples.of(CERTIFICATE_CREATED);
    private static final CertificateData OTHER =
            CERTIFICATE.toBuilder().mode("other").build();

    private final Events events;
    private final EventRecorder recorder;

    CarillonAssertionsTest(Events events, EventRecorder recorder) {
        this.events = events;
        this.recorder = recorder;
    }

    @Test
    void aPublishedEventIsFoundByItsData() {
        events.send(CERTIFICATE_CREATED, OTHER);
        events.send(CERTIFICATE_CREATED, CERTIFICATE);
        events.send(CERTIFICATE_REVOKED, OTHER);

        assertThat(recorder)
                .published(CERTIFICATE_CREATED)
                .times(2)
                .withData(CERTIFICATE)
                .once();
        assertThat(recorder)
                .published(CERTIFICATE_CREATED)
                .withDataMatching("the mode 'other'", data -> data.mode().equals("other"))
                .once()
                .and()
                .published(CERTIFICATE_REVOKED)
                .withDataSatisfying(data -> assertThat(data.mode()).isEqualTo("other"))
                .once();
        assertThat(recorder).publishedExactly(CERTIFICATE_CREATED, CERTIFICATE_CREATED, CERTIFICATE_REVOKED);
        assertThat(recorder).didNotPublish(SESSION_LOGIN_COMPLETED);
        assertThat(assertThat(recorder)
                        .published(CERTIFICATE_CREATED)
                        .withData(CERTIFICATE)
                        .event()
                        .data())
                .isSameAs(CERTIFICATE);
    }

    @Test
    void nothingIsPublishedAtFirst() {
        assertThat(recorder).publishedNothing().publishedExactly();
    }

    @Test
    void whatWasPublishedInsteadIsListed() {
        events.send(CERTIFICATE_REVOKED, CERTIFICATE);

        assertFails(() -> assertThat(recorder).as("the award").published(CERTIFICATE_CREATED))
                .hasMessageContaining("[the award]")
                .hasMessageContaining("Expected org.openedx.learning.certificate.created.v1")
                .hasMessageContaining("1. org.openedx.learning.certificate.revoked.v1, id ");
        assertFails(() -> assertThat(recorder).publishedNothing()).hasMessageContaining("Expected nothing");
        assertFails(() -> assertThat(recorder).didNotPublish(CERTIFICATE_REVOKED))
                .hasMessageContaining("Expected no org.openedx.learning.certificate.revoked.v1");
        assertFails(() -> assertThat(recorder).publishedExactly(CERTIFICATE_REVOKED, CERTIFICATE_CREATED));
        assertFails(() -> assertThat(recorder).publishedExactly(CERTIFICATE_CREATED));
        assertFails(() -> assertThat(recorder).publishedExactly());
    }

    @Test
    void wrongCountsAndConditionsFail() {
        events.send(CERTIFICATE_CREATED, CERTIFICATE);
        events.send(CERTIFICATE_CREATED, CERTIFICATE);
        PublishedAssert<CertificateData> published = assertThat(recorder).published(CERTIFICATE_CREATED);

        assertFails(published::once).hasMessageContaining("Expected 1 of org.openedx.learning.certificate.created.v1");
        assertFails(() -> published.times(3));
        assertFails(() -> assertThat(recorder)
                        .published(CERTIFICATE_CREATED)
                        .withDataMatching("the mode 'x'", data -> data.mode().equals("x")))
                .hasMessageContaining("certificate.created.v1 with the mode 'x'");
        assertFails(() -> assertThat(recorder)
                .published(CERTIFICATE_CREATED)
                .withDataSatisfying(data -> assertThat(data.mode()).isEqualTo("x")));
        assertFails(() -> assertThat(recorder).published(CERTIFICATE_CREATED).fromBus())
                .hasMessageContaining("certificate.created.v1 from the bus");
        events.resend(CERTIFICATE_CREATED, OTHER, events.newMetadata(CERTIFICATE_CREATED));
        assertThat(recorder).published(CERTIFICATE_CREATED).fromBus().withData(OTHER);
    }

    @Test
    void differentDataAreNamedByTheirComponentsWithoutPersonalValues() {
        UserData ada = new UserData(7, true, new UserPersonalData("ada", "ada@example.com", "Ada Lovelace"));
        UserData moved = new UserData(7, true, new UserPersonalData("ada", "lovelace@example.com", "Ada Lovelace"));
        events.send(SESSION_LOGIN_COMPLETED, moved);

        assertFails(() ->
                        assertThat(recorder).published(SESSION_LOGIN_COMPLETED).withData(ada))
                .hasMessageEndingWith("Different in pii.email")
                .hasMessageNotContainingAny("ada@", "lovelace@", "Lovelace");
    }

    @Test
    void anAssertionWaitsUntilItHolds() throws InterruptedException {
        CountDownLatch waits = new CountDownLatch(1);
        Thread sender = new Thread(() -> {
            events.send(CERTIFICATE_CREATED, OTHER);
            try {
                waits.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            events.send(CERTIFICATE_CREATED, CERTIFICATE);
        });
        sender.setDaemon(true); // so that a failed assertion does not keep the JVM
        sender.start();

        assertThat(recorder).eventually().published(CERTIFICATE_CREATED).withDataMatching("any", data -> {
            waits.countDown();
            return data.equals(CERTIFICATE);
        });
        sender.join();
    }

    @Test
    void anAssertionThatWaitsSaysForHowLong() {
        assertFails(() -> assertThat(recorder).within(Duration.ofMillis(1)).published(CERTIFICATE_CREATED))
                .hasMessageContaining("within 0.001 s, but received nothing");
    }

    @Test
    void aSignalThatIsNotRecordedProvesNothing() {
        try (EventRecorder logins = EventRecorder.of(events, SESSION_LOGIN_COMPLETED)) {
            assertThatThrownBy(() -> assertThat(logins).didNotPublish(CERTIFICATE_CREATED))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> assertThat(logins).published(CERTIFICATE_CREATED))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFails(
            ThrowingCallable assertion) {
        return assertThatThrownBy(assertion).isInstanceOf(AssertionError.class);
    }
}
