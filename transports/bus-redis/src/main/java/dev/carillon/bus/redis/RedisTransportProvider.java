package dev.carillon.bus.redis;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Redis Streams, version 6.2 or newer, with the wire format of {@code edx-event-bus-redis}. Settings:
 *
 * <ul>
 *   <li>{@value #URL}, required: {@code redis://[[user]:[password]@]host[:port][/database]}, or {@code rediss://} for TLS.
 *       Special characters in user and password are percent-encoded. Options follow a question mark and have the names of the
 *       Python client: {@code ssl_ca_certs} (a PEM file; default: the JVM's trusted authorities), {@code ssl_cert_reqs}
 *       ({@code required} or {@code none}), {@code ssl_check_hostname}, {@code ssl_certfile}, {@code ssl_keyfile}, {@code
 *       ssl_password}, {@code socket_timeout} and {@code socket_connect_timeout} (seconds, default 5 each), {@code db}, {@code
 *       client_name}.
 *   <li>{@value #MAX_LEN}: the approximate number of messages that a topic keeps; default 10000, 0 disables trimming.
 * </ul>
 *
 * <p>Consumer options ({@code extra}). The Python consumer has the first four, too:
 *
 * <ul>
 *   <li>{@code consumer_name}: this member's name in the group. No other live member may use it. Without it, a unique name is
 *       generated, and removed from the group when the consumer closes with nothing pending.
 *   <li>{@code check_backlog}: true makes a new group start at the oldest message.
 *   <li>{@code last_read_msg_id}: a new group starts after this entry. An existing group is never moved.
 *   <li>{@code claim_msgs_older_than}: milliseconds, default 30000. Messages that another member has left unacknowledged for
 *       this long are claimed, continuously and not only at startup. A live member renews its in-flight messages often enough
 *       to keep them, so all members of a group should use the same value.
 *   <li>{@code sharing}: true lets all members of the group read concurrently, without any order. By default one member reads a
 *       topic, and the others are standbys.
 *   <li>{@code lease_seconds}: default 10; how long standbys wait for the active member when it stops responding.
 * </ul>
 *
 * <p>Delivery is at least once. After a lost connection, the producer sends unconfirmed messages again, which Redis may already
 * have. A message fails when Redis does not confirm it within {@code socket_timeout}.
 */
public final class RedisTransportProvider implements TransportProvider {

    /** The setting for the URL of Redis. */
    static final String URL = "EVENT_BUS_REDIS_CONNECTION_URL";

    /** The setting for the approximate number of messages that a topic keeps. */
    static final String MAX_LEN = "EVENT_BUS_REDIS_STREAM_MAX_LEN";

    private static final long DEFAULT_MAX_LEN = 10_000;

    /** For {@link java.util.ServiceLoader}. */
    public RedisTransportProvider() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public boolean carriesKeys() {
        return false;
    }

    @Override
    public List<String> aliases() {
        return List.of("edx_event_bus_redis.create_producer", "edx_event_bus_redis.RedisEventConsumer");
    }

    @Override
    public String settingsPrefix() {
        return "EVENT_BUS_REDIS_";
    }

    @Override
    public boolean isConfigured(Settings settings) {
        return settings.value(URL).isPresent();
    }

    @Override
    public Supplier<Transport> prepare(SettingsReader settings, Optional<String> service) {
        String text = settings.requiredText(URL, "a URL such as " + RedisUrlParser.EXAMPLE);
        @Nullable
        RedisUrl url =
                text.isEmpty() ? null : RedisUrlParser.parse(text, problem -> settings.report(URL + " " + problem));
        long maxLen = settings.number(MAX_LEN, 0).orElse(DEFAULT_MAX_LEN);
        return () -> {
            if (url == null) {
                throw new IllegalStateException(URL + " is invalid: the settings were not validated before use");
            }
            return new RedisTransport(url, maxLen, GroupMonitor.Intervals.DEFAULT);
        };
    }
}
