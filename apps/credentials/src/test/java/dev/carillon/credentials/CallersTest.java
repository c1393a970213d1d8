package dev.carillon.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.carillon.credentials.Api.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may call the REST API, and how often. */
@OnH2
class CallersTest {

    private static final String CREDENTIALS = "/api/v2/credentials/";

    @LocalServerPort
    private int port;

    @Test
    void tokensOfAllKindsAreAccepted() {
        for (String token : List.of(
                Tokens.hs256(Tokens.claims("lms_worker", true)),
                Tokens.rsa(JWSAlgorithm.RS256, Tokens.claims("lms_worker", true)),
                Tokens.rsa(JWSAlgorithm.RS512, Tokens.claims("lms_worker", true)),
                Tokens.hs256(Tokens.claims("credentials_service_user", false)))) {
            assertThat(Api.withToken(port, token).get(CREDENTIALS).status()).isEqualTo(200);
        }
        assertThat(Api.anonymous(port)
                        .send(Api.anonymous(port)
                                .request(CREDENTIALS)
                                .header("Authorization", "Bearer " + Tokens.hs256(Tokens.claims("lms_worker", true))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void wrongTokensAreRefused() {
        JWTClaimsSet.Builder claims = Tokens.claims("lms_worker", true);
        Date past = Date.from(Instant.now().minusSeconds(10));
        for (String token : List.of(
                new PlainJWT(claims.build()).serialize(),
                Tokens.hs256(claims, "another".getBytes(StandardCharsets.UTF_8)),
                Tokens.hs256(claims, publicKey(Tokens.KEY)),
                Tokens.rsa(JWSAlgorithm.RS384, claims),
                Tokens.hs256(Tokens.claims("lms_worker", true).issuer("http://elsewhere.example.org")),
                Tokens.hs256(Tokens.claims("lms_worker", true).audience("another")),
                Tokens.hs256(Tokens.claims("lms_worker", true).expirationTime(past)),
                Tokens.hs256(Tokens.claims("lms_worker", true).expirationTime(null)),
                Tokens.hs256(Tokens.claims("lms_worker", true).issueTime(null)),
                Tokens.hs256(Tokens.claims("lms_worker", true).claim("preferred_username", null)),
                "nonsense")) {
            Answer answer = Api.withToken(port, token).get(CREDENTIALS);
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(401);
        }
        assertThat(Api.as(port, Tokens.claims("a", true).expirationTime(past))
                        .get(CREDENTIALS)
                        .text("detail"))
                .isEqualTo("Signature has expired.");
        assertThat(Api.anonymous(port).get(CREDENTIALS).text("detail"))
                .isEqualTo("Authentication credentials were not provided.");
    }

    private static byte[] publicKey(RSAKey key) {
        try {
            return key.toRSAPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void cookiesNeedACsrfTokenToChangeAnything() {
        String token = Tokens.hs256(Tokens.claims("lms_worker", true));
        int signature = token.lastIndexOf('.');
        String cookies = "edx-jwt-cookie-header-payload=%s; edx-jwt-cookie-signature=%s"
                .formatted(token.substring(0, signature), token.substring(signature + 1));
        Api browser = Api.anonymous(port);
        String body = """
                {"username": "%s", "credential": {"course_run_key": "%s", "mode": "verified"}}
                """.formatted("callers-ada", "course-v1:Example+Callers+2026");

        assertThat(browser.send(browser.request(CREDENTIALS).header("Cookie", cookies))
                        .status())
                .isEqualTo(401);
        assertThat(browser.send(browser.request(CREDENTIALS)
                                .header("Cookie", cookies)
                                .header("USE-JWT-COOKIE", "true"))
                        .status())
                .isEqualTo(200);
        assertThat(browser.send(browser.request(CREDENTIALS)
                                .header("Cookie", cookies)
                                .header("USE-JWT-COOKIE", "true")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)))
                        .status())
                .isEqualTo(403);
        String csrf = browser.get("/csrf/api/v1/token").text("csrfToken");
        assertThat(browser.send(browser.request(CREDENTIALS)
                                .header("Cookie", cookies + "; csrftoken=" + csrf)
                                .header("USE-JWT-COOKIE", "true")
                                .header("X-CSRFToken", csrf)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theSixteenthCallOfALearnerInAMinuteIsThrottled() {
        Api learner = Api.learner(port, "throttled-ada");
        for (int i = 0; i < 15; i++) {
            assertThat(learner.get(CREDENTIALS + "?username=throttled-ada").status())
                    .isEqualTo(200);
        }

        Answer answer = learner.get(CREDENTIALS + "?username=throttled-ada");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("detail")).matches("Request was throttled\\. Expected available in \\d+ seconds?\\.");
        assertThat(answer.response().headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
    }
}
