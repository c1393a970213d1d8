package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;

/**
 * What names a user. Masked in {@link #toString()}.
 *
 * @param username the login name, unique in the LMS
 * @param email the e-mail address of the account
 * @param name the full name of the profile; empty if the sender does not include it
 */
@EventData
public record UserPersonalData(
        @Pii String username,
        @Pii String email,

        @Pii @DefaultValue("") @Initializer(source = Defaults.class, value = "EMPTY_TEXT")
        String name) {

    public UserPersonalData {
        required(username, "UserPersonalData.username");
        required(email, "UserPersonalData.email");
        required(name, "UserPersonalData.name");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static UserPersonalDataBuilder.UsernameStage builder() {
        return UserPersonalDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public UserPersonalDataBuilder toBuilder() {
        return UserPersonalDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
