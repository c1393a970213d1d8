package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;

/**
 * A learner's stored grade in a course run.
 *
 * @param userId the learner's id in the LMS
 * @param course the course run
 * @param courseEditedTimestamp when the course content was last edited, as of this grade
 * @param courseVersion the version of the course content that was graded
 * @param gradingPolicyHash the fingerprint of the grading policy in force; another value means another policy
 * @param percentGrade the grade as a fraction from 0.0 to 1.0, in spite of its name
 * @param letterGrade the grade as the grading policy names it, such as {@code A} or {@code Pass}; empty
 *     below the lowest
 * @param passedTimestamp when the learner first passed
 */
@EventData
public record PersistentCourseGradeData(
        long userId,
        CourseData course,
        OffsetDateTime courseEditedTimestamp,
        String courseVersion,
        String gradingPolicyHash,
        double percentGrade,
        String letterGrade,
        OffsetDateTime passedTimestamp) {

    public PersistentCourseGradeData {
        required(course, "PersistentCourseGradeData.course");
        required(courseEditedTimestamp, "PersistentCourseGradeData.courseEditedTimestamp");
        required(courseVersion, "PersistentCourseGradeData.courseVersion");
        required(gradingPolicyHash, "PersistentCourseGradeData.gradingPolicyHash");
        required(letterGrade, "PersistentCourseGradeData.letterGrade");
        required(passedTimestamp, "PersistentCourseGradeData.passedTimestamp");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static PersistentCourseGradeDataBuilder.UserIdStage builder() {
        return PersistentCourseGradeDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public PersistentCourseGradeDataBuilder toBuilder() {
        return PersistentCourseGradeDataBuilder.builder(this);
    }
}
