package dev.carillon.catalog.learning;

import dev.carillon.catalog.internal.EventData;

/**
 * What identifies nobody: a user without personal data. The part of {@link UserData} that is no personal data; no event
 * carries it on its own.
 *
 * @param id the user's id in the LMS; identifies the user only to those with access to the LMS
 * @param isActive whether the account is active; false until the e-mail address is confirmed
 */
@EventData
public record UserNonPersonalData(long id, boolean isActive) {

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static UserNonPersonalDataBuilder.IdStage builder() {
        return UserNonPersonalDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public UserNonPersonalDataBuilder toBuilder() {
        return UserNonPersonalDataBuilder.builder(this);
    }
}
