package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.immutable;
import static dev.carillon.catalog.internal.Components.immutableLists;
import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import dev.carillon.events.keys.CourseKey;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.util.List;
import java.util.Map;

/**
 * A wish that an audience within a course run be notified of something.
 *
 * @param courseKey the course run
 * @param appName the app on whose behalf, such as {@code discussion}
 * @param notificationType which of the app's notifications, such as {@code new_discussion_post}
 * @param contentUrl where the notification leads
 * @param contentContext what fills the text of the notification, by placeholder: names of people, titles of
 *     posts. Personal. Immutable
 * @param audienceFilters who is to be notified: kind of filter (enrollment mode, role, cohort, …) to the values
 *     that match; empty for everyone in the course. Immutable
 */
@EventData
public record CourseNotificationData(
        CourseKey courseKey,
        String appName,
        String notificationType,
        String contentUrl,

        @Pii @DefaultValue("{}") @Initializer(source = Defaults.class, value = "emptyMap")
        Map<String, String> contentContext,

        @DefaultValue("{}") @Initializer(source = Defaults.class, value = "emptyMap")
        Map<String, List<String>> audienceFilters) {

    public CourseNotificationData {
        required(courseKey, "CourseNotificationData.courseKey");
        required(appName, "CourseNotificationData.appName");
        required(notificationType, "CourseNotificationData.notificationType");
        required(contentUrl, "CourseNotificationData.contentUrl");
        contentContext = immutable(contentContext, "CourseNotificationData.contentContext");
        audienceFilters = immutableLists(audienceFilters, "CourseNotificationData.audienceFilters");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CourseNotificationDataBuilder.CourseKeyStage builder() {
        return CourseNotificationDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CourseNotificationDataBuilder toBuilder() {
        return CourseNotificationDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
