package dev.carillon.credentials;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Tokens as the LMS signs them. */
final class Tokens {

    static final String ISSUER = "http://lms.example.org/oauth2";
    static final String AUDIENCE = "openedx";

    /** Shorter than libraries want it: as in many deployments. */
    static final String SECRET = "lms-secret";

    static final RSAKey KEY = key();

    private Tokens() {}

    /** Configures the application with the keys. */
    static final class Keys implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            Map.of("JWT_AUTH", """
                            {"JWT_ISSUERS": [{"ISSUER": "%s", "AUDIENCE": "%s", "SECRET_KEY": "%s"}],
                             "JWT_PUBLIC_SIGNING_JWK_SET": %s}
                            """.formatted(ISSUER, AUDIENCE, SECRET, new JWKSet(KEY).toString())))
                    .applyTo(context);
        }
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("lms").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Claims of a user, valid for a minute. */
    static JWTClaimsSet.Builder claims(String username, boolean administrator) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .claim("preferred_username", username)
                .claim("administrator", administrator);
    }

    /** The LMS's default. */
    static String hs256(JWTClaimsSet.Builder claims) {
        return hs256(claims, SECRET.getBytes(StandardCharsets.UTF_8));
    }

    /** Signed by hand: the library refuses short secrets. */
    static String hs256(JWTClaimsSet.Builder claims, byte[] secret) {
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.build().toString().getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String rsa(JWSAlgorithm algorithm, JWTClaimsSet.Builder claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(KEY.getKeyID()).build(), claims.build());
            token.sign(new RSASSASigner(KEY));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
