package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;

/**
 * A user of the LMS, with the personal part apart from the rest.
 *
 * @param id the user's id in the LMS; stays the same when user name or e-mail address change
 * @param isActive whether the account is active; false until the e-mail address is confirmed
 * @param pii user name, e-mail address and full name
 */
@EventData
public record UserData(long id, boolean isActive, UserPersonalData pii) {

    public UserData {
        required(pii, "UserData.pii");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static UserDataBuilder.IdStage builder() {
        return UserDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public UserDataBuilder toBuilder() {
        return UserDataBuilder.builder(this);
    }
}
