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

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static ProgramDataBuilder.UuidStage builder() {
        return ProgramDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public ProgramDataBuilder toBuilder() {
        return ProgramDataBuilder.builder(this);
    }
}
