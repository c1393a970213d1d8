package dev.carillon.credentials.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.carillon.credentials.security.JwtSettings.Issuer;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens. The algorithm determines the kind of key: HS256 needs the secret of the token's issuer, RS256 and RS512 one of the
 * public keys; every other algorithm is refused, so a public key can never serve as a secret.
 */
final class TokenVerifier {

    private static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS512);

    /** The library wants secrets of this length. Shorter ones are filled with zeros, which does not change the signature. */
    private static final int MIN_SECRET_BYTES = 32;

    private final JwtSettings settings;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    TokenVerifier(JwtSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        processor.setJWTClaimsSetAwareJWSKeySelector((header, claims, context) -> keys(header, claims));
        processor.setJWTClaimsSetVerifier((claims, context) -> verify(claims));
    }

    /**
     * Returns the caller whom a token names.
     *
     * @throws InvalidTokenException when it is not valid; the message says why, without the token
     */
    Caller verify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            String username = claims.getStringClaim("preferred_username");
            if (username == null || username.isBlank()) {
                throw new InvalidTokenException("The claim preferred_username is missing.");
            }
            return new Caller(username, isTrue(claims, "administrator") || isTrue(claims, "superuser"));
        } catch (BadJWTException e) {
            throw new InvalidTokenException(String.valueOf(e.getMessage()));
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new InvalidTokenException("Error decoding signature.");
        }
    }

    private static boolean isTrue(JWTClaimsSet claims, String name) {
        return Boolean.TRUE.equals(claims.getClaim(name));
    }

    private List<Key> keys(JWSHeader header, JWTClaimsSet claims) {
        List<Key> keys = new ArrayList<>();
        if (JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
            settings.issuer(claims.getIssuer()).map(Issuer::secret).ifPresent(secret -> keys.add(secretKey(secret)));
        } else if (ASYMMETRIC.contains(header.getAlgorithm())) {
            settings.publicKeys().stream()
                    .filter(each -> each.mayHaveSigned(header.getKeyID()))
                    .forEach(each -> keys.add(each.key()));
        }
        return keys;
    }

    private static Key secretKey(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return new SecretKeySpec(Arrays.copyOf(bytes, Math.max(bytes.length, MIN_SECRET_BYTES)), "HmacSHA256");
    }

    private void verify(JWTClaimsSet claims) throws BadJWTException {
        Instant now = clock.instant();
        Issuer issuer = settings.issuer(claims.getIssuer()).orElseThrow(() -> new BadJWTException("Invalid issuer."));
        if (required(claims.getExpirationTime(), "exp").plus(settings.leeway()).isBefore(now)) {
            throw new BadJWTException("Signature has expired.");
        }
        if (required(claims.getIssueTime(), "iat").minus(settings.leeway()).isAfter(now)
                || (claims.getNotBeforeTime() != null
                        && claims.getNotBeforeTime()
                                .toInstant()
                                .minus(settings.leeway())
                                .isAfter(now))) {
            throw new BadJWTException("The token is not yet valid.");
        }
        if (settings.checksAudience()
                && issuer.audience() != null
                && !claims.getAudience().contains(issuer.audience())) {
            throw new BadJWTException("Invalid audience.");
        }
    }

    private static Instant required(@Nullable Date time, String claim) throws BadJWTException {
        if (time == null) {
            throw new BadJWTException("The claim " + claim + " is missing.");
        }
        return time.toInstant();
    }
}
