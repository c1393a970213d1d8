package dev.carillon.cli.demo;

import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Keeps each learner's course credentials: awarded when a certificate is created, taken back when it is revoked. */
final class CredentialsSide {

    private final Map<LearnerCourse, String> credentials = new ConcurrentHashMap<>();
    private final LongAdder awarded = new LongAdder();
    private final LongAdder revoked = new LongAdder();
    private final LongAdder changed = new LongAdder();

    CredentialsSide(Events events) {
        events.connect(LearningSignals.CERTIFICATE_CREATED, "credentials.award", this::award);
        events.connect(LearningSignals.CERTIFICATE_REVOKED, "credentials.revoke", this::revoke);
        events.connect(LearningSignals.CERTIFICATE_CHANGED, "credentials.change", this::change);
    }

    private void award(Event<CertificateData> event) {
        credentials.put(key(event.data()), event.data().mode());
        awarded.increment();
    }

    private void revoke(Event<CertificateData> event) {
        credentials.remove(key(event.data()));
        revoked.increment();
    }

    /** A change of mode or grade keeps a credential as it is, and makes none. */
    private void change(Event<CertificateData> event) {
        credentials.computeIfPresent(
                key(event.data()), (holder, mode) -> event.data().mode());
        changed.increment();
    }

    private static LearnerCourse key(CertificateData certificate) {
        return new LearnerCourse(
                certificate.user().id(), certificate.course().courseKey().toString());
    }

    Set<LearnerCourse> holders() {
        return credentials.keySet();
    }

    Progress progress(long delivered) {
        return new Progress(delivered, awarded.sum(), revoked.sum(), changed.sum(), credentials.size());
    }
}
