package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;

/**
 * A learner's place in a cohort, a named group within a course run.
 *
 * @param user the learner
 * @param course the course run
 * @param name the name of the cohort that the learner is in now
 */
@EventData
public record CohortData(UserData user, CourseData course, String name) {

    public CohortData {
        required(user, "CohortData.user");
        required(course, "CohortData.course");
        required(name, "CohortData.name");
    }

    /** Asks for the required components in wire order; the others may follow, in any order. */
    public static CohortDataBuilder.UserStage builder() {
        return CohortDataBuilder.builder();
    }

    /** A builder that holds the values of this record, to make a changed copy. */
    public CohortDataBuilder toBuilder() {
        return CohortDataBuilder.builder(this);
    }
}
