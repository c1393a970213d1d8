package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.keys.CourseKey;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;

/**
 * A course run as catalogs list it.
 *
 * @param courseKey which course run
 * @param name the title
 * @param scheduleData its dates
 * @param hidden whether catalogs and search should leave it out
 * @param invitationOnly whether learners need an invitation to enroll
 */
@EventData
public record CourseCatalogData(
        CourseKey courseKey,
        String name,
        CourseScheduleData scheduleData,

        @DefaultValue("false") @Initializer(source = Defaults.class, value = "FALSE")
        boolean hidden,

        @DefaultValue("false") @Initializer(source = Defaults.class, value = "FALSE")
        boolean invitationOnly) {

    public CourseCatalogData {
        required(courseKey, "CourseCatalogData.courseKey");
        required(name, "CourseCatalogData.name");
        required(scheduleData, "CourseCatalogData.scheduleData");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CourseCatalogDataBuilder.CourseKeyStage builder() {
        return CourseCatalogDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CourseCatalogDataBuilder toBuilder() {
        return CourseCatalogDataBuilder.builder(this);
    }
}
