package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;

/**
 * A learner's certificate for a course run.
 *
 * @param user the learner
 * @param course the course run
 * @param mode the enrollment track that the certificate is for, such as {@code verified} or {@code honor}
 * @param grade the final grade as text, a fraction from {@code 0} to {@code 1} such as {@code 0.85}; may be empty
 * @param downloadUrl where the certificate can be downloaded; empty for a web certificate. Personal: the page
 *     names the learner
 * @param name the learner's full name as printed on the certificate
 * @param currentStatus the status now, such as "downloadable" (the learner holds it), "notpassing" or
 *     "unavailable"
 * @param previousStatus the status before, or empty if there was none
 */
@EventData
public record CertificateData(
        UserData user,
        CourseData course,
        String mode,
        String grade,
        @Pii String downloadUrl,
        @Pii String name,
        String currentStatus,

        @DefaultValue("") @Initializer(source = Defaults.class, value = "EMPTY_TEXT")
        String previousStatus) {

    public CertificateData {
        required(user, "CertificateData.user");
        required(course, "CertificateData.course");
        required(mode, "CertificateData.mode");
        required(grade, "CertificateData.grade");
        required(downloadUrl, "CertificateData.downloadUrl");
        required(name, "CertificateData.name");
        required(currentStatus, "CertificateData.currentStatus");
        required(previousStatus, "CertificateData.previousStatus");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CertificateDataBuilder.UserStage builder() {
        return CertificateDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CertificateDataBuilder toBuilder() {
        return CertificateDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
