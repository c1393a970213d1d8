package dev.carillon.bus.redis;

import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import io.lettuce.core.SslVerifyMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The options after the question mark of a Redis URL, with the names of the Python client. */
final class RedisUrlOptions {

    private static final Set<String> TLS = Set.of(
            "ssl_ca_certs", "ssl_cert_reqs", "ssl_check_hostname", "ssl_certfile", "ssl_keyfile", "ssl_password");
    private static final Set<String> OTHERS = Set.of("db", "socket_timeout", "socket_connect_timeout", "client_name");

    /** Ignored: they tune the Python client only, and a URL that is shared with Python services may contain them. */
    private static final Set<String> PYTHON_ONLY = Set.of(
            "decode_responses",
            "encoding",
            "encoding_errors",
            "health_check_interval",
            "legacy_responses",
            "max_connections",
            "protocol",
            "retry_on_timeout",
            "socket_keepalive",
            "socket_read_size",
            "timeout");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Consumer<String> problems;

    /** Parses {@code a=b&c=d}. Problems never contain a value that may be secret. */
    RedisUrlOptions(String query, Consumer<String> problems) {
        this.problems = problems;
        for (String option : query.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            if (name.isEmpty() || PYTHON_ONLY.contains(name)) {
                continue;
            }
            if (!TLS.contains(name) && !OTHERS.contains(name)) {
                Set<String> known = new TreeSet<>(TLS);
                known.addAll(OTHERS);
                problems.accept(unknown(name, known) + " Known options are " + String.join(", ", known));
            } else if (equals >= 0 && equals + 1 < option.length()) {
                values.put(
                        name,
                        RedisUrlParser.percentDecode(
                                option.substring(equals + 1).replace('+', ' ')));
            }
        }
    }

    /** Shows the name only if it resembles a known one: otherwise it may be part of a password. */
    private static String unknown(String name, Set<String> known) {
        String question = NearestNames.question(name, known);
        return question.isEmpty() || !name.matches("\\w{1,40}")
                ? "has an unknown option after its question mark."
                : "has an unknown option '" + name + "'" + question;
    }

    @Nullable
    String text(String name) {
        return values.get(name);
    }

    /** The database: the option {@code db}, or else the path; 0 if neither is set. */
    int database(String path) {
        String database = values.getOrDefault("db", path);
        if (database.isEmpty()) {
            return 0;
        }
        try {
            int number = Integer.parseInt(database);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        problems.accept("must give the database as a number of 0 or more, as in redis://host:6379/0, but has "
                + shown(database));
        return 0;
    }

    Duration seconds(String name, Duration defaultValue) {
        String text = values.get(name);
        if (text == null) {
            return defaultValue;
        }
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0.001 && seconds <= 3_600) {
                return Duration.ofMillis(Math.round(seconds * 1000));
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        problems.accept("must have a number of seconds from 0.001 to 3600 for " + name + ", but has " + shown(text));
        return defaultValue;
    }

    /** Shows numbers only: anything else may be part of a password. */
    private static String shown(String text) {
        return text.matches("-?[0-9.]{1,12}") ? "'" + text + "'" : "a different text";
    }

    /** The TLS options; null if TLS is off. */
    RedisUrl.@Nullable Tls tls(boolean enabled) {
        if (!enabled) {
            List<String> given =
                    TLS.stream().filter(values::containsKey).sorted().toList();
            if (!given.isEmpty()) {
                problems.accept("must start with rediss:// to use " + String.join(", ", given));
            }
            return null;
        }
        Path certificate = file("ssl_certfile");
        Path key = file("ssl_keyfile");
        if (values.containsKey("ssl_certfile") != values.containsKey("ssl_keyfile")) {
            problems.accept("must have ssl_certfile and ssl_keyfile together: the client certificate and its key");
        }
        return new RedisUrl.Tls(verifyMode(), file("ssl_ca_certs"), certificate, key, values.get("ssl_password"));
    }

    private SslVerifyMode verifyMode() {
        String required = values.getOrDefault("ssl_cert_reqs", "required");
        boolean hostName = bool("ssl_check_hostname", true);
        switch (required.toLowerCase(Locale.ROOT)) {
            case "none", "cert_none" -> {
                return SslVerifyMode.NONE;
            }
            case "optional", "required", "cert_optional", "cert_required" -> {
                return hostName ? SslVerifyMode.FULL : SslVerifyMode.CA;
            }
            default -> {
                problems.accept("must have none or required for ssl_cert_reqs, but has " + shown(required));
                return SslVerifyMode.FULL;
            }
        }
    }

    private boolean bool(String name, boolean defaultValue) {
        String text = values.get(name);
        if (text == null) {
            return defaultValue;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "t", "y", "1" -> true;
            case "false", "no", "f", "n", "0" -> false;
            default -> {
                problems.accept("must have true or false for " + name + ", but has " + shown(text));
                yield defaultValue;
            }
        };
    }

    private @Nullable Path file(String name) {
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        try {
            Path file = Path.of(text);
            if (Files.isReadable(file) && !Files.isDirectory(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // Reported below.
        }
        problems.accept("must have a readable PEM file for " + name + ", but has " + Shown.quoted(text));
        return null;
    }
}
