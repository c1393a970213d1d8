package dev.carillon.benchmarks;

import dev.carillon.catalog.learning.CertificateData;
import org.apache.avro.reflect.Nullable;

/** The certificate for Avro's reflect writer and reader: plain fields, with keys and times as text. */
public class ReflectCertificate {

    Certificate certificate = new Certificate();

    static class Certificate {
        User user = new User();
        Course course = new Course();
        String mode = "";
        String grade = "";
        String downloadUrl = "";
        String name = "";
        String currentStatus = "";
        String previousStatus = "";
    }

    static class User {
        long id;
        boolean isActive;
        Pii pii = new Pii();
    }

    static class Pii {
        String username = "";
        String email = "";
        String name = "";
    }

    static class Course {
        String courseKey = "";
        String displayName = "";

        @Nullable
        String start;

        @Nullable
        String end;
    }

    static ReflectCertificate of(CertificateData data) {
        ReflectCertificate event = new ReflectCertificate();
        Certificate certificate = event.certificate;
        certificate.user.id = data.user().id();
        certificate.user.isActive = data.user().isActive();
        certificate.user.pii.username = data.user().pii().username();
        certificate.user.pii.email = data.user().pii().email();
        certificate.user.pii.name = data.user().pii().name();
        certificate.course.courseKey = data.course().courseKey().toString();
        certificate.course.displayName = data.course().displayName();
        certificate.course.start = String.valueOf(data.course().start());
        certificate.course.end = String.valueOf(data.course().end());
        certificate.mode = data.mode();
        certificate.grade = data.grade();
        certificate.downloadUrl = data.downloadUrl();
        certificate.name = data.name();
        certificate.currentStatus = data.currentStatus();
        certificate.previousStatus = data.previousStatus();
        return event;
    }
}
