package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.immutable;
import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.util.Map;

/**
 * What another learning platform sent when it opened content of this one by LTI.
 *
 * @param roles the user's LTI roles over there, separated by commas
 * @param contextId the course over there
 * @param userId the user over there; often a user name or an e-mail address, so personal
 * @param extraParams the launch's other parameters, the person's name and address among them. Personal. Immutable
 */
@EventData
public record LtiProviderLaunchParamsData(
        String roles,
        String contextId,
        @Pii String userId,

        @Pii @DefaultValue("{}") @Initializer(source = Defaults.class, value = "emptyMap")
        Map<String, String> extraParams) {

    public LtiProviderLaunchParamsData {
        required(roles, "LtiProviderLaunchParamsData.roles");
        required(contextId, "LtiProviderLaunchParamsData.contextId");
        required(userId, "LtiProviderLaunchParamsData.userId");
        extraParams = immutable(extraParams, "LtiProviderLaunchParamsData.extraParams");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static LtiProviderLaunchParamsDataBuilder.RolesStage builder() {
        return LtiProviderLaunchParamsDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public LtiProviderLaunchParamsDataBuilder toBuilder() {
        return LtiProviderLaunchParamsDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
