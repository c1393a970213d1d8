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

/** The options behind the question mark of a Redis URL, under the names that the Python client knows. */
final class UrlOptions {

    private static final Set<String> TLS = Set.of(
            "ssl_ca_certs", "ssl_cert_reqs", "ssl_check_hostname", "ssl_certfile", "ssl_keyfile", "ssl_password");
    private static final Set<String> OTHERS = Set.of("db", "socket_timeout", "socket_connect_timeout", "client_name");

    /** They tune the Python client and mean nothing here; a URL that Python services share may have them. */
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

    /** Reads {@code a=b&c=d}; problems never show a value that may be secret. */
    UrlOptions(String query, Consumer<String> problems) {
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
                problems.accept(unknown(name, known) + " Known are " + String.join(", ", known));
            } else if (equals >= 0 && equals + 1 < option.length()) {
                values.put(name, Percent.decode(option.substring(equals + 1).replace('+', ' ')));
            }
        }
    }

    /** A name is shown where it is nearly a known one: anything else may be a part of a password. */
    private static String unknown(String name, Set<String> known) {
        String question = NearestNames.question(name, known);
        return question.isEmpty() || !name.matches("\\w{1,40}")
                ? "has an unknown option behind its question mark."
                : "has an unknown option '" + name + "'" + question;
    }

    @Nullable
    String text(String name) {
        return values.get(name);
    }

    /** The database, here or in the path. */
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
            // Told below.
        }
        problems.accept("must name the database by a number of 0 or more, as in redis://host:6379/0, but has "
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
            // Told below.
        }
        problems.accept("must have a number of seconds from 0.001 to 3600 as " + name + ", but has " + shown(text));
        return defaultValue;
    }

    /** A number; anything else may be a part of a password. */
    private static String shown(String text) {
        return text.matches("-?[0-9.]{1,12}") ? "'" + text + "'" : "something else";
    }

    /** How to encrypt; null for a scheme without encryption. */
    @Nullable
    RedisTls tls(boolean encrypted) {
        if (!encrypted) {
            List<String> given =
                    TLS.stream().filter(values::containsKey).sorted().toList();
            if (!given.isEmpty()) {
                problems.accept("must begin with rediss:// to use " + String.join(", ", given));
            }
            return null;
        }
        Path certificate = file("ssl_certfile");
        Path key = file("ssl_keyfile");
        if (values.containsKey("ssl_certfile") != values.containsKey("ssl_keyfile")) {
            problems.accept("must have ssl_certfile and ssl_keyfile together: the certificate to show, and its key");
        }
        return new RedisTls(verifyMode(), file("ssl_ca_certs"), certificate, key, values.get("ssl_password"));
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
                problems.accept("must have none or required as ssl_cert_reqs, but has " + shown(required));
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
                problems.accept("must have true or false as " + name + ", but has " + shown(text));
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
            // Told below.
        }
        problems.accept("must have a PEM file that can be read as " + name + ", but has " + Shown.quoted(text));
        return null;
    }
}
