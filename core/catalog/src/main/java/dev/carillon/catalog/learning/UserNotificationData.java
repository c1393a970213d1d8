package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.immutable;
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
 * A wish that certain users be notified of something.
 *
 * @param userIds ids in the LMS of those to notify. Immutable
 * @param notificationType which of the app's notifications, such as {@code new_comment}
 * @param contentUrl where the notification leads
 * @param appName the app on whose behalf, such as {@code discussion}
 * @param courseKey the course run that it is about
 * @param context what fills the text of the notification, by placeholder: names of people, titles of posts.
 *     Personal. Immutable
 */
@EventData
public record UserNotificationData(
        List<Long> userIds,
        String notificationType,
        String contentUrl,
        String appName,
        CourseKey courseKey,

        @Pii @DefaultValue("{}") @Initializer(source = Defaults.class, value = "emptyMap")
        Map<String, String> context) {

    public UserNotificationData {
        userIds = immutable(userIds, "UserNotificationData.userIds");
        required(notificationType, "UserNotificationData.notificationType");
        required(contentUrl, "UserNotificationData.contentUrl");
        required(appName, "UserNotificationData.appName");
        required(courseKey, "UserNotificationData.courseKey");
        context = immutable(context, "UserNotificationData.context");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static UserNotificationDataBuilder.UserIdsStage builder() {
        return UserNotificationDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public UserNotificationDataBuilder toBuilder() {
        return UserNotificationDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
