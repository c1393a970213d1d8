package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;

/**
 * The score that a grader outside the platform (an xqueue grader) gave to a submission.
 *
 * @param pointsPossible the highest score that could be reached
 * @param pointsEarned the score that was given
 * @param courseId the course key, as text
 * @param scoreMsg what the grader says to the learner, often HTML. Personal, as it may quote the submission
 * @param submissionId the submission's id in edx-submissions
 * @param userId the learner by an anonymous id, as the grader knows them
 * @param moduleId the usage key of the problem, as text
 * @param queueKey the submission's key in the queue
 * @param queueName the queue that the grader reads
 */
@EventData
public record ExternalGraderScoreData(
        long pointsPossible,
        long pointsEarned,
        String courseId,
        @Pii String scoreMsg,
        long submissionId,
        String userId,
        String moduleId,
        String queueKey,
        String queueName) {

    public ExternalGraderScoreData {
        required(courseId, "ExternalGraderScoreData.courseId");
        required(scoreMsg, "ExternalGraderScoreData.scoreMsg");
        required(userId, "ExternalGraderScoreData.userId");
        required(moduleId, "ExternalGraderScoreData.moduleId");
        required(queueKey, "ExternalGraderScoreData.queueKey");
        required(queueName, "ExternalGraderScoreData.queueName");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static ExternalGraderScoreDataBuilder.PointsPossibleStage builder() {
        return ExternalGraderScoreDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public ExternalGraderScoreDataBuilder toBuilder() {
        return ExternalGraderScoreDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
