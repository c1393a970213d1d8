package dev.carillon.cli.demo;

import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Maintains course credentials: awards one when a certificate is created, and withdraws it when the certificate is revoked. */
final class CredentialsService {

    /**
     * A learner's credential for a course.
     *
     * @param learner the LMS's user id
     * @param course the course key
     */
    record Credential(long learner, String course) {}

    /** Counters. They travel from the credentials process to the demo as a line of numbers. */
    record Progress(long delivered, long awarded, long revoked, long changed, long credentials) {

        static final Progress NONE = new Progress(0, 0, 0, 0, 0);

        String toLine() {
            return LongStream.of(delivered, awarded, revoked, changed, credentials)
                    .mapToObj(Long::toString)
                    .collect(Collectors.joining(" "));
        }

        static Progress parse(String line) {
            long[] numbers = Arrays.stream(line.strip().split(" "))
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Progress(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        }
    }

    /** The mode of each credential. */
    private final Map<Credential, String> credentials = new ConcurrentHashMap<>();

    private final LongAdder awarded = new LongAdder();
    private final LongAdder revoked = new LongAdder();
    private final LongAdder changed = new LongAdder();

    CredentialsService(Events events) {
        events.connect(LearningSignals.CERTIFICATE_CREATED, "credentials.award", this::award);
        events.connect(LearningSignals.CERTIFICATE_REVOKED, "credentials.revoke", this::revoke);
        events.connect(LearningSignals.CERTIFICATE_CHANGED, "credentials.change", this::change);
    }

    private void award(Event<CertificateData> event) {
        credentials.put(credential(event.data()), event.data().mode());
        awarded.increment();
    }

    private void revoke(Event<CertificateData> event) {
        credentials.remove(credential(event.data()));
        revoked.increment();
    }

    /** Updates an existing credential, but does not create one. */
    private void change(Event<CertificateData> event) {
        credentials.computeIfPresent(
                credential(event.data()), (credential, mode) -> event.data().mode());
        changed.increment();
    }

    private static Credential credential(CertificateData certificate) {
        return new Credential(
                certificate.user().id(), certificate.course().courseKey().toString());
    }

    Set<Credential> credentials() {
        return credentials.keySet();
    }

    Progress progress(long delivered) {
        return new Progress(delivered, awarded.sum(), revoked.sum(), changed.sum(), credentials.size());
    }
}
