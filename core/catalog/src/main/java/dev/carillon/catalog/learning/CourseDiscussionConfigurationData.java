package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.immutable;
import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.keys.CourseKey;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.util.List;
import java.util.Map;

/**
 * How discussions are set up in a course run.
 *
 * @param courseKey which course run
 * @param providerType the discussion service, such as {@code openedx} or {@code legacy}
 * @param enabled whether the course has discussions at all
 * @param enableInContext whether discussions appear beside the content; means nothing unless {@code enabled}
 * @param enableGradedUnits whether graded units have topics too
 * @param unitLevelVisibility whether each unit says for itself whether it has a topic
 * @param pluginConfiguration switches of the discussion service, by name. Immutable
 * @param contexts the topics. Immutable
 */
@EventData
public record CourseDiscussionConfigurationData(
        CourseKey courseKey,
        String providerType,

        @DefaultValue("true") @Initializer(source = Defaults.class, value = "TRUE")
        boolean enabled,

        @DefaultValue("true") @Initializer(source = Defaults.class, value = "TRUE")
        boolean enableInContext,

        @DefaultValue("false") @Initializer(source = Defaults.class, value = "FALSE")
        boolean enableGradedUnits,

        @DefaultValue("false") @Initializer(source = Defaults.class, value = "FALSE")
        boolean unitLevelVisibility,

        @DefaultValue("{}") @Initializer(source = Defaults.class, value = "emptyMap")
        Map<String, Boolean> pluginConfiguration,

        @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<DiscussionTopicContext> contexts) {

    public CourseDiscussionConfigurationData {
        required(courseKey, "CourseDiscussionConfigurationData.courseKey");
        required(providerType, "CourseDiscussionConfigurationData.providerType");
        pluginConfiguration = immutable(pluginConfiguration, "CourseDiscussionConfigurationData.pluginConfiguration");
        contexts = immutable(contexts, "CourseDiscussionConfigurationData.contexts");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CourseDiscussionConfigurationDataBuilder.CourseKeyStage builder() {
        return CourseDiscussionConfigurationDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CourseDiscussionConfigurationDataBuilder toBuilder() {
        return CourseDiscussionConfigurationDataBuilder.builder(this);
    }
}
