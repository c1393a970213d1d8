package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;

/**
 * A submission to an open response assessment (ORA).
 *
 * @param uuid the submission's UUID
 * @param anonymousUserId the learner by an id that is good for this course alone
 * @param location the usage key of the assessment, as text
 * @param attemptNumber which attempt, from 1
 * @param createdAt when the record was made
 * @param submittedAt when the learner submitted
 * @param answer what was submitted
 */
@EventData
public record ORASubmissionData(
        String uuid,
        String anonymousUserId,
        String location,
        long attemptNumber,
        OffsetDateTime createdAt,
        OffsetDateTime submittedAt,
        ORASubmissionAnswer answer) {

    public ORASubmissionData {
        required(uuid, "ORASubmissionData.uuid");
        required(anonymousUserId, "ORASubmissionData.anonymousUserId");
        required(location, "ORASubmissionData.location");
        required(createdAt, "ORASubmissionData.createdAt");
        required(submittedAt, "ORASubmissionData.submittedAt");
        required(answer, "ORASubmissionData.answer");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static ORASubmissionDataBuilder.UuidStage builder() {
        return ORASubmissionDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public ORASubmissionDataBuilder toBuilder() {
        return ORASubmissionDataBuilder.builder(this);
    }
}
