package dev.carillon.credentials;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the REST API over HTTP, as somebody. */
final class Api {

    /** One for all: a client of Java 17 that is no longer referenced may be collected while it waits for a response. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    private final int port;
    private final @Nullable String token;

    private Api(int port, @Nullable String token) {
        this.port = port;
        this.token = token;
    }

    static Api anonymous(int port) {
        return new Api(port, null);
    }

    /** As the LMS. */
    static Api staff(int port) {
        return as(port, Tokens.claims("lms_worker", true));
    }

    static Api learner(int port, String username) {
        return as(port, Tokens.claims(username, false));
    }

    static Api as(int port, JWTClaimsSet.Builder claims) {
        return new Api(port, Tokens.hs256(claims));
    }

    static Api withToken(int port, String token) {
        return new Api(port, token);
    }

    /** A response of the service. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {

        /** The text of a field, or of a field in a field. */
        String text(String... path) {
            JsonNode node = body;
            for (String name : path) {
                node = node.path(name);
            }
            return node.isString() ? node.stringValue() : node.toString();
        }
    }

    Answer get(String path) {
        return send(request(path));
    }

    Answer post(String path, String json) {
        return json("POST", path, json);
    }

    Answer json(String method, String path, String json) {
        return send(
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    Answer form(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** A request with the token, if there is one. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : "http://localhost:" + port + path));
        request.timeout(Duration.ofSeconds(10));
        if (token != null) {
            request.header("Authorization", "JWT " + token);
        }
        return request;
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            String body = response.body().isEmpty() ? "null" : response.body();
            return new Answer(response.statusCode(), JsonMapper.shared().readTree(body), response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
