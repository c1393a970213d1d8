package dev.carillon.credentials.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credential as the API shows it.
 *
 * @param credential which certificate: type, and program or course run
 * @param dateOverride the date that is shown instead, as {@code date}; null if there is none
 */
@JsonInclude
@JsonPropertyOrder({
    "username",
    "credential",
    "status",
    "uuid",
    "attributes",
    "date_override",
    "created",
    "modified",
    "certificate_url"
})
record CredentialItem(
        String username,
        Map<String, Object> credential,
        String status,
        UUID uuid,
        List<Attribute> attributes,
        @JsonProperty("date_override") @Nullable Map<String, String> dateOverride,
        String created,
        String modified,
        @JsonProperty("certificate_url") String certificateUrl) {

    /** What a caller has attached to it. */
    record Attribute(String name, String value) {}
}
