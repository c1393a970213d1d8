package dev.carillon.bus.redis;

import dev.carillon.events.internal.Shown;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code redis://[[user]:[password]@]host[:port][/database][?options]} as the Python client does; {@code rediss://}
 * enables TLS. Problems start with a verb, so that the setting's name can precede them. They never contain the URL, because
 * parts of it are secret.
 */
final class RedisUrlParser {

    static final String EXAMPLE = "redis://user:password@host:6379/0, or rediss:// for TLS";

    private static final String ENCODE =
            ", such as " + EXAMPLE + "; where a user or password has '/', '?', '#' or '@', write %2F, %3F, %23 or %40";
    private static final Pattern PARTS = Pattern.compile(
            "(?<scheme>[A-Za-z]+)://(?<authority>[^/?#]*)(?:/(?<path>[^?#]*))?(?:\\?(?<query>[^#]*))?(?<rest>#.*)?");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[(?<ipv6>[0-9A-Fa-f:.%]+)]|(?<host>[^:\\[\\]]*))(?::(?<port>\\d{0,5}))?");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private RedisUrlParser() {}

    /** Returns null if a problem leaves no address to connect to. */
    static @Nullable RedisUrl parse(String url, Consumer<String> problems) {
        String text = url.strip();
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            problems.accept("must be a URL such as " + EXAMPLE);
            return null;
        }
        String scheme = parts.group("scheme");
        if (scheme.equals("unix")) {
            problems.accept(
                    "must not start with unix://: Unix domain sockets need platform-specific native code and are"
                            + " not supported, use " + EXAMPLE);
            return null;
        }
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            problems.accept("must be a URL such as " + EXAMPLE + ", but starts with " + Shown.text(scheme) + "://");
            return null;
        }
        if (parts.group("rest") != null) {
            problems.accept("must not contain '#'" + ENCODE);
            return null;
        }
        String authority = parts.group("authority");
        if (text.indexOf('@', parts.end("authority")) >= 0) {
            problems.accept("must have host:port after the password" + ENCODE);
            return null;
        }
        int at = authority.lastIndexOf('@');
        Matcher hostAndPort = HOST_AND_PORT.matcher(authority.substring(at + 1));
        int port = hostAndPort.matches() ? port(hostAndPort.group("port")) : -1;
        if (port < 1 || port > 65_535) {
            problems.accept("must have host:port after the password, with a port from 1 to 65535" + ENCODE);
            return null;
        }
        return url(at < 0 ? "" : authority.substring(0, at), host(hostAndPort), port, parts, problems);
    }

    private static RedisUrl url(String credentials, String host, int port, Matcher parts, Consumer<String> problems) {
        int colon = credentials.indexOf(':');
        String query = parts.group("query");
        String path = parts.group("path");
        RedisUrlOptions options = new RedisUrlOptions(query == null ? "" : query, problems);
        String clientName = options.text("client_name");
        return new RedisUrl(
                host,
                port,
                options.database(path == null ? "" : percentDecode(path).replace("/", "")),
                percentDecode(colon < 0 ? credentials : credentials.substring(0, colon)),
                percentDecode(colon < 0 ? "" : credentials.substring(colon + 1)),
                options.tls(parts.group("scheme").equals("rediss")),
                new RedisUrl.Timeouts(
                        options.seconds("socket_connect_timeout", DEFAULT_TIMEOUT),
                        options.seconds("socket_timeout", DEFAULT_TIMEOUT)),
                clientName == null ? "carillon" : clientName);
    }

    private static String host(Matcher hostAndPort) {
        String ipv6 = hostAndPort.group("ipv6");
        String host = ipv6 == null ? percentDecode(hostAndPort.group("host")) : ipv6;
        return host.isEmpty() ? "localhost" : host;
    }

    private static int port(@Nullable String text) {
        return text == null || text.isEmpty() ? 6379 : Integer.parseInt(text);
    }

    /** Decodes {@code %41} to {@code A}. Like Python, keeps a percent sign that is not followed by two hexadecimal digits. */
    static String percentDecode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            int high = i + 2 < encoded.length && encoded[i] == '%' ? Character.digit(encoded[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(encoded[i + 2], 16);
            if (low < 0) {
                decoded.write(encoded[i]);
            } else {
                decoded.write(high * 16 + low);
                i += 2;
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
