package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.keys.CourseKey;
import dev.carillon.events.keys.UsageKey;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a special exam, that is, a timed or proctored one run by edx-exams. The older edx-proctoring sends no
 * events.
 *
 * @param studentUser the learner whose attempt it is
 * @param courseKey the course run
 * @param usageKey the exam within the course
 * @param examType the kind of exam, such as {@code timed}, {@code proctored} or {@code practice}
 * @param requestingUser who caused the event, the learner or a member of staff, or null if unknown
 */
@EventData
public record ExamAttemptData(
        UserData studentUser,
        CourseKey courseKey,
        UsageKey usageKey,
        String examType,
        @Nullable UserData requestingUser) {

    public ExamAttemptData {
        required(studentUser, "ExamAttemptData.studentUser");
        required(courseKey, "ExamAttemptData.courseKey");
        required(usageKey, "ExamAttemptData.usageKey");
        required(examType, "ExamAttemptData.examType");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static ExamAttemptDataBuilder.StudentUserStage builder() {
        return ExamAttemptDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public ExamAttemptDataBuilder toBuilder() {
        return ExamAttemptDataBuilder.builder(this);
    }
}
