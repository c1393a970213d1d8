package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A learner's certificate for a program.
 *
 * @param user the learner
 * @param program the program
 * @param uuid the UUID of the learner's credential in the Credentials service
 * @param status {@code awarded} or {@code revoked}
 * @param url the page of the credential. Personal: it names the learner
 * @param certificateAvailableDate from when the learner may see it, or null for at once
 */
@EventData
public record ProgramCertificateData(
        UserData user,
        ProgramData program,
        String uuid,
        String status,
        @Pii String url,
        @Nullable OffsetDateTime certificateAvailableDate) {

    public ProgramCertificateData {
        required(user, "ProgramCertificateData.user");
        required(program, "ProgramCertificateData.program");
        required(uuid, "ProgramCertificateData.uuid");
        required(status, "ProgramCertificateData.status");
        required(url, "ProgramCertificateData.url");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static ProgramCertificateDataBuilder.UserStage builder() {
        return ProgramCertificateDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public ProgramCertificateDataBuilder toBuilder() {
        return ProgramCertificateDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
