package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.immutable;
import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.keys.UsageKey;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One discussion topic of a course run, and the unit that it belongs to.
 *
 * @param title the title of the topic
 * @param usageKey the unit that the topic is shown in, or null for a topic of the whole course
 * @param groupId the cohort that the topic is for, or null for everyone; for forums without cohorts of their own
 * @param externalId the topic's id in the discussion service, or null before there is one
 * @param ordering the position among the topics, or null
 * @param context where the topic stands in the course: section, subsection and unit by name. Immutable
 */
@EventData
public record DiscussionTopicContext(
        String title,
        @Nullable UsageKey usageKey,
        @Nullable Long groupId,
        @Nullable String externalId,
        @Nullable Long ordering,

        @DefaultValue("{}") @Initializer(source = Defaults.class, value = "emptyMap")
        Map<String, String> context) {

    public DiscussionTopicContext {
        required(title, "DiscussionTopicContext.title");
        context = immutable(context, "DiscussionTopicContext.context");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static DiscussionTopicContextBuilder.TitleStage builder() {
        return DiscussionTopicContextBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public DiscussionTopicContextBuilder toBuilder() {
        return DiscussionTopicContextBuilder.builder(this);
    }
}
