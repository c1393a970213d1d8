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

    /** Asks for the required components in wire order; the others may follow, in any order. */
    public static SubsidyRedemptionBuilder.SubsidyIdentifierStage builder() {
        return SubsidyRedemptionBuilder.builder();
    }

    /** A builder that holds the values of this record, to make a changed copy. */
    public SubsidyRedemptionBuilder toBuilder() {
        return SubsidyRedemptionBuilder.builder(this);
    }
}
