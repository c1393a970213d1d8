package dev.carillon.credentials.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How tokens are checked: the setting {@code JWT_AUTH}, with the original's names. A map in the settings file, or JSON in a variable.
 *
 * @param issuers who may issue tokens
 * @param publicKeys of the issuers that sign with private keys
 * @param checksAudience whether a token's audience has to be its issuer's, if that has one
 * @param leeway by how much clocks may differ
 */
record JwtSettings(List<Issuer> issuers, List<PublicKey> publicKeys, boolean checksAudience, Duration leeway) {

    private static final String NAME = "JWT_AUTH";

    /**
     * Who issues tokens.
     *
     * @param name the claim {@code iss}
     * @param audience the claim {@code aud}; null: any
     * @param secret for tokens that are signed with HS256; null: it issues none
     */
    record Issuer(
            String name,
            @Nullable String audience,
            @Nullable String secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "issuer " + name;
        }
    }

    /**
     * A key that issuers sign with.
     *
     * @param id the name by which tokens refer to it; null if it has none
     */
    record PublicKey(@Nullable String id, RSAPublicKey key) {

        /** Whether a token that names this key, or none, may be signed with it. */
        boolean mayHaveSigned(@Nullable String namedByToken) {
            return namedByToken == null || id == null || id.equals(namedByToken);
        }
    }

    /** Whether no token can be valid. */
    boolean isEmpty() {
        return issuers.isEmpty();
    }

    Optional<Issuer> issuer(@Nullable String name) {
        return issuers.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException naming the part that is wrong, without values
     */
    static JwtSettings read(Environment environment) {
        Object value = environment.getProperty(NAME, Object.class);
        Map<?, ?> settings = value == null ? Map.of() : map(value);
        List<Issuer> issuers = new ArrayList<>();
        if (settings.get("JWT_ISSUERS") instanceof List<?> all) {
            for (Object each : all) {
                if (!(each instanceof Map<?, ?> issuer)) {
                    throw wrong("JWT_ISSUERS", "must be a list of maps with ISSUER, AUDIENCE and SECRET_KEY");
                }
                issuers.add(
                        new Issuer(required(issuer, "ISSUER"), text(issuer, "AUDIENCE"), text(issuer, "SECRET_KEY")));
            }
        } else if (settings.containsKey("JWT_ISSUERS")) {
            throw wrong("JWT_ISSUERS", "must be a list");
        } else if (settings.containsKey("JWT_ISSUER")) {
            issuers.add(new Issuer(
                    required(settings, "JWT_ISSUER"),
                    text(settings, "JWT_AUDIENCE"),
                    text(settings, "JWT_SECRET_KEY")));
        }
        return new JwtSettings(
                List.copyOf(issuers),
                publicKeys(settings.get("JWT_PUBLIC_SIGNING_JWK_SET")),
                !"false".equalsIgnoreCase(String.valueOf(settings.get("JWT_VERIFY_AUDIENCE"))),
                leeway(settings.get("JWT_LEEWAY")));
    }

    private static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        try {
            return JsonMapper.shared().readValue(value.toString(), Map.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    NAME
                            + " must be a JSON object, or a map in the settings file: {\"JWT_ISSUERS\": [{\"ISSUER\": …}]}",
                    e);
        }
    }

    private static String required(Map<?, ?> settings, String name) {
        String value = text(settings, name);
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return value;
    }

    private static @Nullable String text(Map<?, ?> settings, String name) {
        Object value = settings.get(name);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    private static List<PublicKey> publicKeys(@Nullable Object set) {
        if (set == null || set.toString().isBlank()) {
            return List.of();
        }
        try {
            String text = set instanceof Map<?, ?> map ? JsonMapper.shared().writeValueAsString(map) : set.toString();
            List<PublicKey> keys = new ArrayList<>();
            for (JWK key : JWKSet.parse(text).getKeys()) {
                if (key instanceof RSAKey rsa) {
                    keys.add(new PublicKey(rsa.getKeyID(), rsa.toRSAPublicKey()));
                }
            }
            return List.copyOf(keys);
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException(
                    NAME + ".JWT_PUBLIC_SIGNING_JWK_SET must be a JSON Web Key Set: {\"keys\": […]}", e);
        }
    }

    private static Duration leeway(@Nullable Object value) {
        if (value == null) {
            return Duration.ofSeconds(1);
        }
        try {
            return Duration.ofSeconds(Long.parseLong(value.toString()));
        } catch (NumberFormatException e) {
            throw wrong("JWT_LEEWAY", "must be a number of seconds, but is \"" + value + "\"");
        }
    }

    private static IllegalArgumentException wrong(String name, String problem) {
        return new IllegalArgumentException(NAME + "." + name + " " + problem);
    }
}
