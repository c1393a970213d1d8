package dev.carillon.testkit.olderjunit;

import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_CREATED;
import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_REVOKED;
import static dev.carillon.testkit.CarillonAssertions.assertThat;

import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.Events;
import dev.carillon.testkit.CarillonTest;
import dev.carillon.testkit.EventRecorder;
import dev.carillon.testkit.Samples;
import dev.carillon.testkit.WithRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Uses what the annotations give to tests. */
@CarillonTest(enabled = "org.openedx.learning.certificate.created.v1")
@WithRedis
class FirstCase {

    /** The server of this class, which is closed with it. */
    static @Nullable EmbeddedRedis redis;

    @Test
    void onlyEnabledEventsAreRecorded(Events events, EventRecorder recorder, EmbeddedRedis started) {
        redis = started;

        events.send(CERTIFICATE_CREATED, Samples.of(CERTIFICATE_CREATED));
        events.send(CERTIFICATE_REVOKED, Samples.of(CERTIFICATE_REVOKED));

        assertThat(recorder).published(CERTIFICATE_CREATED).once().and().publishedExactly(CERTIFICATE_CREATED);
    }

    @Test
    void eachTestHasItsOwnRecorder(EventRecorder recorder) {
        assertThat(recorder).publishedNothing();
    }
}
