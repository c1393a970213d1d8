package dev.carillon.credentials;

import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.CourseData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import dev.carillon.events.keys.CourseKey;
import dev.carillon.spring.test.OtherService;
import java.time.Instant;
import java.util.UUID;

/** Sends certificate events as the LMS does, and waits until the application has handled them. */
final class Lms {

    private final OtherService service;

    Lms(OtherService service) {
        this.service = service;
    }

    /** A learner got a verified certificate at this time. */
    EventMetadata awards(Person learner, String courseRun, Instant time) {
        return sends(
                LearningSignals.CERTIFICATE_CREATED,
                learner,
                courseRun,
                metadata(LearningSignals.CERTIFICATE_CREATED, time));
    }

    /** A learner lost it. */
    EventMetadata revokes(Person learner, String courseRun, Instant time) {
        return sends(
                LearningSignals.CERTIFICATE_REVOKED,
                learner,
                courseRun,
                metadata(LearningSignals.CERTIFICATE_REVOKED, time));
    }

    /** Sends an event, perhaps a second time. */
    EventMetadata sends(Signal<CertificateData> signal, Person learner, String courseRun, EventMetadata metadata) {
        CertificateData data = CertificateData.builder()
                .user(new UserData(
                        learner.lmsUserId(),
                        true,
                        new UserPersonalData(learner.username(), learner.username() + "@example.org", learner.name())))
                .course(CourseData.builder()
                        .courseKey(CourseKey.parse(courseRun))
                        .build())
                .mode("verified")
                .grade("0.9")
                .downloadUrl("")
                .name(learner.name())
                .currentStatus("downloadable")
                .build();
        service.deliver(signal, "learning-certificate-lifecycle", "certificate.user.id", data, metadata);
        return metadata;
    }

    /** Of an event that happened at this time. */
    static EventMetadata metadata(Signal<?> signal, Instant time) {
        return new EventMetadata(
                signal.eventType(), UUID.randomUUID(), 0, "openedx/lms/web", "lms", time, LibraryVersion.CURRENT);
    }

    /** Somebody whom the LMS knows. */
    record Person(long lmsUserId, String username, String name) {}
}
