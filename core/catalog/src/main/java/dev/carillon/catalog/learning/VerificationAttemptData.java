package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to verify a user's identity (IDV).
 *
 * @param attemptId the attempt's id in the LMS
 * @param user whose identity
 * @param status {@code created}, {@code pending}, {@code approved}, {@code denied} or another that the verifying
 *     service defines
 * @param name the full name being verified, which may differ from the profile's, or null
 * @param expirationDate until when an approval holds, or null
 */
@EventData
public record VerificationAttemptData(
        long attemptId,
        UserData user,
        String status,
        @Pii @Nullable String name,
        @Nullable OffsetDateTime expirationDate) {

    public VerificationAttemptData {
        required(user, "VerificationAttemptData.user");
        required(status, "VerificationAttemptData.status");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static VerificationAttemptDataBuilder.AttemptIdStage builder() {
        return VerificationAttemptDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public VerificationAttemptDataBuilder toBuilder() {
        return VerificationAttemptDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
