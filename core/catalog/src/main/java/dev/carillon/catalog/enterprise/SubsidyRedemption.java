package dev.carillon.catalog.enterprise;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;

/**
 * A learner's use of a subsidy to pay for content.
 *
 * @param subsidyIdentifier which subsidy
 * @param contentKey the course or course run that it paid for
 * @param lmsUserId the learner's id in the LMS
 */
@EventData
public record SubsidyRedemption(String subsidyIdentifier, String contentKey, long lmsUserId) {

    public SubsidyRedemption {
        required(subsidyIdentifier, "SubsidyRedemption.subsidyIdentifier");
        required(contentKey, "SubsidyRedemption.contentKey");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static SubsidyRedemptionBuilder.SubsidyIdentifierStage builder() {
        return SubsidyRedemptionBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public SubsidyRedemptionBuilder toBuilder() {
        return SubsidyRedemptionBuilder.builder(this);
    }
}
