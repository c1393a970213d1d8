package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import dev.carillon.events.keys.CcxLocator;
import dev.carillon.events.keys.CourseKey;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import org.jspecify.annotations.Nullable;

/**
 * A custom course (CCX): a copy of a course run that a coach gives to a group of learners.
 *
 * @param ccxCourseKey which custom course
 * @param masterCourseKey the course run that it was made from
 * @param displayName the title that its learners see; empty if the sender does not include it
 * @param coachEmail the e-mail address of the coach; empty if the sender does not include it
 * @param start when it starts, as the sender writes dates (text, unlike in {@link CourseData}), or null
 * @param end when it ends, as the sender writes dates, or null
 * @param maxStudentsAllowed how many learners may enroll, or null for no limit
 */
@EventData
public record CcxCourseData(
        CcxLocator ccxCourseKey,
        CourseKey masterCourseKey,

        @DefaultValue("") @Initializer(source = Defaults.class, value = "EMPTY_TEXT")
        String displayName,

        @Pii @DefaultValue("") @Initializer(source = Defaults.class, value = "EMPTY_TEXT")
        String coachEmail,

        @Nullable String start,
        @Nullable String end,
        @Nullable Long maxStudentsAllowed) {

    public CcxCourseData {
        required(ccxCourseKey, "CcxCourseData.ccxCourseKey");
        required(masterCourseKey, "CcxCourseData.masterCourseKey");
        required(displayName, "CcxCourseData.displayName");
        required(coachEmail, "CcxCourseData.coachEmail");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CcxCourseDataBuilder.CcxCourseKeyStage builder() {
        return CcxCourseDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CcxCourseDataBuilder toBuilder() {
        return CcxCourseDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
