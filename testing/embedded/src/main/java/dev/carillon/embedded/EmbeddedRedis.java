package dev.carillon.embedded;

import dev.carillon.embedded.server.EmbeddedServer;
import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.TlsFiles;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis 7.0 server on 127.0.0.1, in a process and a temporary folder of its own.
 *
 * <pre>{@code
 * try (EmbeddedRedis redis = EmbeddedRedis.start()) {
 *     connect(redis.url());
 * }
 * }</pre>
 *
 * <p>Runs on Linux and macOS, x86-64 and arm64. Needs only a shell. Keeps its data in memory only, unless {@link
 * EmbeddedRedisBuilder#persistent()} is set: it is empty after {@link #restart()}.
 */
public final class EmbeddedRedis extends EmbeddedServer {

    private final @Nullable TlsFiles tls;
    private final Map<String, RedisUser> users;

    EmbeddedRedis(RedisLauncher launcher, Map<String, RedisUser> users) {
        super("Redis", launcher.port(), launcher.folder(), launcher);
        this.tls = launcher.tls();
        this.users = users;
    }

    /**
     * Starts a Redis without password, TLS and persistence on a free port; returns when it responds.
     *
     * @throws EmbeddedServerException if it cannot be started
     */
    public static EmbeddedRedis start() {
        return builder().start();
    }

    /** A builder for a Redis with other settings. */
    public static EmbeddedRedisBuilder builder() {
        return new EmbeddedRedisBuilder();
    }

    /** Its URL for the default user, with password if there is one: {@code redis://127.0.0.1:20345/0}. */
    public String url() {
        RedisUser user = users.get(RedisUser.DEFAULT);
        return url(user == null ? "" : user.urlPrefix());
    }

    /**
     * Its URL for a user made with {@link EmbeddedRedisBuilder#user}, with name and password.
     *
     * @throws IllegalArgumentException if there is no such user
     */
    public String urlFor(String userName) {
        RedisUser user = users.get(userName);
        if (user == null) {
            throw new IllegalArgumentException(
                    "This Redis has no user '" + userName + "', it was started with " + users.keySet());
        }
        return url(user.urlPrefix());
    }

    private String url(String credentials) {
        return (tls == null ? "redis" : "rediss") + "://" + credentials + "127.0.0.1:" + port() + "/0";
    }

    /**
     * The PEM file of the authority that a client must trust to connect with TLS; deleted on {@link #close()}.
     *
     * @throws IllegalStateException if it was started without TLS
     */
    public Path caCertificate() {
        if (tls == null) {
            throw new IllegalStateException("This Redis has no TLS: start it with EmbeddedRedis.builder().tls()");
        }
        return tls.caCertificate();
    }
}
