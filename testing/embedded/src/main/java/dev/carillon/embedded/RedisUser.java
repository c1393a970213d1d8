package dev.carillon.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A user that is defined in Redis at start, with its ACL rules. */
record RedisUser(String name, String password, String rules) {

    static final String DEFAULT = "default";

    RedisUser {
        if (!name.matches("[!-~&&[^\"'#]]+")) {
            throw new IllegalArgumentException(
                    "A Redis user name must be printable ASCII without spaces, quotes and '#', but is '" + name + "'");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("The password of Redis user '" + name + "' must not be empty");
        }
        if (rules.contains("\n")) {
            throw new IllegalArgumentException("The ACL rules of Redis user '" + name + "' must be on one line");
        }
    }

    /** The line of the configuration file: only the hash of the password, which any characters can be in. */
    String configLine() {
        return "user %s on #%s %s".formatted(name, sha256(password), rules);
    }

    /** The part of a URL before the host. */
    String urlPrefix() {
        return (name.equals(DEFAULT) ? "" : encode(name)) + ":" + encode(password) + "@";
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return "RedisUser[" + name + ", " + rules + "]";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
