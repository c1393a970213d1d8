package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.immutable;
import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.keys.UsageKey;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.util.List;

/**
 * What learners say about the skills that a block is tagged with.
 *
 * @param usageKey which block
 * @param verifiedSkills ids of the skills that were confirmed. Immutable
 * @param ignoredSkills ids of the skills that were not. Immutable
 */
@EventData
public record XBlockSkillVerificationData(
        UsageKey usageKey,

        @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<Long> verifiedSkills,

        @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<Long> ignoredSkills) {

    public XBlockSkillVerificationData {
        required(usageKey, "XBlockSkillVerificationData.usageKey");
        verifiedSkills = immutable(verifiedSkills, "XBlockSkillVerificationData.verifiedSkills");
        ignoredSkills = immutable(ignoredSkills, "XBlockSkillVerificationData.ignoredSkills");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static XBlockSkillVerificationDataBuilder.UsageKeyStage builder() {
        return XBlockSkillVerificationDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public XBlockSkillVerificationDataBuilder toBuilder() {
        return XBlockSkillVerificationDataBuilder.builder(this);
    }
}
