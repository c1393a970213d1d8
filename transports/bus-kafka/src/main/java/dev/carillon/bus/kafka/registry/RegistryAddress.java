package dev.carillon.bus.kafka.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.events.internal.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The URLs and credentials of a schema registry.
 *
 * @param bases the base URL of each server, without user information and trailing slash
 * @param authorization the value of the Authorization header; null for none
 */
public record RegistryAddress(List<URI> bases, @Nullable String authorization) {

    private static final String SETTING = "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL";

    /** Copies the list. */
    public RegistryAddress {
        bases = List.copyOf(bases);
    }

    /**
     * Reads {@code http[s]://[user:password@]host[:port][/path],…}.
     *
     * @param problems receives each problem, as a sentence without secrets
     * @return null if there were problems
     */
    public static @Nullable RegistryAddress parse(
            String urls, Optional<String> key, Optional<String> secret, Consumer<String> problems) {
        if (key.isPresent() != secret.isPresent()) {
            problems.accept("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY and EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_SECRET"
                    + " must both be set or both be unset, but only one is set");
            return null;
        }
        List<URI> bases = new ArrayList<>();
        @Nullable String user = key.isPresent() ? key.get() + ":" + secret.get() : null;
        for (String url : urls.split(",", -1)) {
            URI parsed = uri(url.strip());
            if (parsed == null) {
                problems.accept(SETTING + " must be the address of a schema registry, such as http://localhost:8081"
                        + " or https://host/apis/ccompat/v7, but is " + Secrets.shown(SETTING, url.strip()));
                return null;
            }
            user = user == null ? parsed.getUserInfo() : user;
            bases.add(base(parsed));
        }
        return new RegistryAddress(
                bases, user == null ? null : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
    }

    private static @Nullable URI uri(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                            && uri.getHost() != null
                            && uri.getQuery() == null
                            && uri.getFragment() == null
                    ? uri
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static URI base(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(uri.getScheme() + "://" + uri.getHost() + port + path);
    }

    /** The servers, without credentials. */
    @Override
    public String toString() {
        return bases.stream().map(URI::toString).collect(Collectors.joining(","));
    }
}
