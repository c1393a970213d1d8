package dev.carillon.bus.redis;

import dev.carillon.bus.internal.Secrets;
import dev.carillon.events.internal.Shown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how to get in.
 *
 * @param host a host name or an address; IPv6 without brackets
 * @param port the TCP port
 * @param database the number of the database
 * @param user the ACL user; empty: the default user
 * @param password the password; empty: none
 * @param tls how to encrypt; null: not at all
 * @param timeouts how long to wait
 * @param clientName the name of our connections in {@code CLIENT LIST}
 */
record RedisUrl(
        String host,
        int port,
        int database,
        String user,
        String password,
        @Nullable RedisTls tls,
        Timeouts timeouts,
        String clientName) {

    /**
     * How long to wait.
     *
     * @param connect for a connection, with handshake
     * @param command for the answer to a command, beyond the time that the command itself asks Redis to wait
     */
    record Timeouts(Duration connect, Duration command) {}

    /** Host and port, for messages. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Without the password. A user without one may be a password behind which the colon was forgotten. */
    @Override
    public String toString() {
        return (tls == null ? "redis://" : "rediss://")
                + (user.isEmpty() ? "" : (password.isEmpty() ? Secrets.MASK : Shown.text(user)) + "@")
                + address()
                + "/"
                + database;
    }
}
