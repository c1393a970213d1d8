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

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CohortDataBuilder.UserStage builder() {
        return CohortDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CohortDataBuilder toBuilder() {
        return CohortDataBuilder.builder(this);
    }
}
