package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.immutable;
import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.keys.CourseKey;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.util.List;

/**
 * The design of the certificates of a course run.
 *
 * @param certificateType the enrollment track that they are for, such as {@code verified} or {@code professional}
 * @param courseKey the course run
 * @param title the title printed on them
 * @param signatories who signs them. Immutable
 * @param isActive whether they are given out
 */
@EventData
public record CertificateConfigData(
        String certificateType,
        CourseKey courseKey,
        String title,

        @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<CertificateSignatoryData> signatories,

        @DefaultValue("false") @Initializer(source = Defaults.class, value = "FALSE")
        boolean isActive) {

    public CertificateConfigData {
        required(certificateType, "CertificateConfigData.certificateType");
        required(courseKey, "CertificateConfigData.courseKey");
        required(title, "CertificateConfigData.title");
        signatories = immutable(signatories, "CertificateConfigData.signatories");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CertificateConfigDataBuilder.CertificateTypeStage builder() {
        return CertificateConfigDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CertificateConfigDataBuilder toBuilder() {
        return CertificateConfigDataBuilder.builder(this);
    }
}
