package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import java.io.InputStream;

/**
 * A person who signs the certificates of a course.
 *
 * <p>Two records are equal only if they hold the very same stream.
 *
 * @param image the picture of the signature, open for reading. Whoever receives the event must not close it, and
 *     only the first to read it gets the bytes: events with it stay in process
 * @param name the signatory's name
 * @param organization the signatory's organization
 * @param title the signatory's title, such as {@code Dean}
 */
@EventData
public record CertificateSignatoryData(
        @Pii InputStream image, @Pii String name, String organization, String title) {

    public CertificateSignatoryData {
        required(image, "CertificateSignatoryData.image");
        required(name, "CertificateSignatoryData.name");
        required(organization, "CertificateSignatoryData.organization");
        required(title, "CertificateSignatoryData.title");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CertificateSignatoryDataBuilder.ImageStage builder() {
        return CertificateSignatoryDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CertificateSignatoryDataBuilder toBuilder() {
        return CertificateSignatoryDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
