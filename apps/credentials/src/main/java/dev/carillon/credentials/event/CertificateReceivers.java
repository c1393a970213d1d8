package dev.carillon.credentials.event;

import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.credentials.credential.Certificates;
import dev.carillon.credentials.credential.Credentials;
import dev.carillon.credentials.credential.Origin;
import dev.carillon.credentials.credential.Status;
import dev.carillon.credentials.learner.Learner;
import dev.carillon.credentials.learner.Learners;
import dev.carillon.credentials.learner.Profile;
import dev.carillon.events.EventMetadata;
import dev.carillon.spring.EventReceiver;
import dev.carillon.spring.Once;
import org.springframework.stereotype.Component;

/**
 * The LMS's course certificates: it sends CREATED whenever it saves one that can be downloaded, and REVOKED when somebody loses one. The
 * inbox, the credential, its history and what is published about it are one transaction.
 */
@Component
class CertificateReceivers {

    private static final String TOPIC = "learning-certificate-lifecycle";
    private static final String GROUP = "credentials.learning-certificate-lifecycle";
    private static final String KEY = "certificate.user.id";

    private final Learners learners;
    private final Certificates certificates;
    private final Credentials credentials;

    CertificateReceivers(Learners learners, Certificates certificates, Credentials credentials) {
        this.learners = learners;
        this.certificates = certificates;
        this.credentials = credentials;
    }

    @Once
    @EventReceiver(
            signal = "org.openedx.learning.certificate.created.v1",
            id = "credentials.certificate-created",
            topic = TOPIC,
            group = GROUP,
            key = KEY)
    void created(CertificateData certificate, EventMetadata metadata) {
        state(certificate, Status.AWARDED, metadata);
    }

    @Once
    @EventReceiver(
            signal = "org.openedx.learning.certificate.revoked.v1",
            id = "credentials.certificate-revoked",
            topic = TOPIC,
            group = GROUP,
            key = KEY)
    void revoked(CertificateData certificate, EventMetadata metadata) {
        state(certificate, Status.REVOKED, metadata);
    }

    private void state(CertificateData certificate, Status status, EventMetadata metadata) {
        UserData user = certificate.user();
        Learner learner = learners.lock(new Profile(
                user.id(),
                user.pii().username(),
                user.pii().email(),
                user.pii().name(),
                user.isActive(),
                metadata.time()));
        credentials.state(
                learner,
                certificates.ofCourseRun(certificate.course().courseKey().toString(), certificate.mode()),
                status,
                Origin.event(metadata.id(), metadata.time()));
    }
}
