package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;

/**
 * A program: a series of courses that leads to a credential of its own.
 *
 * @param uuid the program's UUID in the course catalog (course-discovery)
 * @param title the title that learners see
 * @param programType the kind of program as a slug, such as {@code professional} or {@code micromasters}
 */
@EventData
public record ProgramData(String uuid, String title, String programType) {

    public ProgramData {
        required(uuid, "ProgramData.uuid");
        required(title, "ProgramData.title");
        required(programType, "ProgramData.programType");
    }

    /** Asks for the required components in wire order; the others may follow, in any order. */
    public static ProgramDataBuilder.UuidStage builder() {
        return ProgramDataBuilder.builder();
    }

    /** A builder that holds the values of this record, to make a changed copy. */
    public ProgramDataBuilder toBuilder() {
        return ProgramDataBuilder.builder(this);
    }
}
