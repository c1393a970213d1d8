package dev.carillon.bus.redis;

import dev.carillon.events.internal.Secrets;
import dev.carillon.events.internal.Shown;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Address, credentials and connection options of a Redis server.
 *
 * @param host a host name or an IP address; IPv6 without brackets
 * @param port the TCP port
 * @param database the number of the database
 * @param user the ACL user; empty for the default user
 * @param password the password; empty for none
 * @param tls the TLS options; null for a plain connection
 * @param timeouts the timeouts
 * @param clientName the name of the connections in {@code CLIENT LIST}
 */
record RedisUrl(
        String host,
        int port,
        int database,
        String user,
        String password,
        @Nullable Tls tls,
        Timeouts timeouts,
        String clientName) {

    /**
     * Timeouts of a connection.
     *
     * @param connect for connecting, including the handshake
     * @param command for the reply to a command, in addition to the time that the command itself blocks in Redis
     */
    record Timeouts(Duration connect, Duration command) {}

    /**
     * TLS options of a connection.
     *
     * @param verify what is verified of the server's certificate
     * @param authorities a PEM file with the trusted authorities; null for those of the JVM
     * @param certificate a PEM file with the client certificate; null for none
     * @param key a PEM file with the key of the client certificate; null for none
     * @param keyPassword the password of the key; null for none
     */
    record Tls(
            SslVerifyMode verify,
            @Nullable Path authorities,
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable String keyPassword) {

        SslOptions toSslOptions() {
            SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
            if (authorities != null) {
                options.trustManager(authorities.toFile());
            }
            if (certificate != null && key != null) {
                options.keyManager(
                        certificate.toFile(),
                        key.toFile(),
                        keyPassword == null ? new char[0] : keyPassword.toCharArray());
            }
            return options.build();
        }

        /** Omits the key's password. */
        @Override
        public String toString() {
            return "Tls[" + verify + ", " + authorities + ", " + certificate + "]";
        }
    }

    /** Host and port, for messages. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Omits the password. A user without a password is masked, too: it may be a password whose colon was forgotten. */
    @Override
    public String toString() {
        return (tls == null ? "redis://" : "rediss://")
                + (user.isEmpty() ? "" : (password.isEmpty() ? Secrets.MASK : Shown.text(user)) + "@")
                + address()
                + "/"
                + database;
    }
}
