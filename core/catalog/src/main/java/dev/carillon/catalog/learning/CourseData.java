package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.keys.CourseKey;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A course run as learners see it. Not to be confused with the authoring
 * {@link dev.carillon.catalog.authoring.CourseData}, which holds the key alone.
 *
 * @param courseKey which course run
 * @param displayName the title that learners see; empty if the sender does not include it
 * @param start when the run starts, or null if unknown
 * @param end when the run ends, or null if it is open-ended or unknown
 */
@EventData
public record CourseData(
        CourseKey courseKey,

        @DefaultValue("") @Initializer(source = Defaults.class, value = "EMPTY_TEXT")
        String displayName,

        @Nullable OffsetDateTime start,
        @Nullable OffsetDateTime end) {

    public CourseData {
        required(courseKey, "CourseData.courseKey");
        required(displayName, "CourseData.displayName");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CourseDataBuilder.CourseKeyStage builder() {
        return CourseDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CourseDataBuilder toBuilder() {
        return CourseDataBuilder.builder(this);
    }
}
