package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.keys.CourseKey;
import dev.carillon.events.keys.UsageKey;

/**
 * A launch of content by LTI from another learning platform.
 *
 * @param user the user of the LMS that stands for the one over there
 * @param courseKey the course run of the content
 * @param usageKey the content that was opened
 * @param launchParams the parameters that the other platform sent
 */
@EventData
public record LtiProviderLaunchData(
        UserData user, CourseKey courseKey, UsageKey usageKey, LtiProviderLaunchParamsData launchParams) {

    public LtiProviderLaunchData {
        required(user, "LtiProviderLaunchData.user");
        required(courseKey, "LtiProviderLaunchData.courseKey");
        required(usageKey, "LtiProviderLaunchData.usageKey");
        required(launchParams, "LtiProviderLaunchData.launchParams");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static LtiProviderLaunchDataBuilder.UserStage builder() {
        return LtiProviderLaunchDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public LtiProviderLaunchDataBuilder toBuilder() {
        return LtiProviderLaunchDataBuilder.builder(this);
    }
}
