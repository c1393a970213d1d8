package dev.carillon.conventions.snippets;

// snippet: recorded-events
import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_CREATED;
import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_REVOKED;
import static dev.carillon.testkit.CarillonAssertions.assertThat;

import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.events.Events;
import dev.carillon.testkit.CarillonTest;
import dev.carillon.testkit.EventRecorder;
import dev.carillon.testkit.Samples;
import org.junit.jupiter.api.Test;

@CarillonTest
class AwardsTest {

    @Test
    void anAwardIsAnnouncedOnce(Events events, EventRecorder recorder) {
        CertificateData certificate = Samples.of(CERTIFICATE_CREATED);

        new Awards(events).award(certificate);

        assertThat(recorder).published(CERTIFICATE_CREATED).once().withData(certificate);
        assertThat(recorder).didNotPublish(CERTIFICATE_REVOKED);
    }
}
// end

/** What is tested. */
final class Awards {

    private final Events events;

    Awards(Events events) {
        this.events = events;
    }

    void award(CertificateData certificate) {
        events.send(CERTIFICATE_CREATED, certificate);
    }
}
