package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When a course run takes place.
 *
 * @param start when it starts
 * @param pacing who sets the pace: {@code instructor} or {@code self}
 * @param end when it ends, or null if open-ended
 * @param enrollmentStart from when learners may enroll, or null for any time
 * @param enrollmentEnd until when learners may enroll, or null for any time
 */
@EventData
public record CourseScheduleData(
        OffsetDateTime start,
        String pacing,
        @Nullable OffsetDateTime end,
        @Nullable OffsetDateTime enrollmentStart,
        @Nullable OffsetDateTime enrollmentEnd) {

    public CourseScheduleData {
        required(start, "CourseScheduleData.start");
        required(pacing, "CourseScheduleData.pacing");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CourseScheduleDataBuilder.StartStage builder() {
        return CourseScheduleDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CourseScheduleDataBuilder toBuilder() {
        return CourseScheduleDataBuilder.builder(this);
    }
}
