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
 * Redis Streams, 6.2 or newer, compatible on the wire with {@code edx-event-bus-redis}. Its settings:
 *
 * <ul>
 *   <li>{@value #URL}, needed: {@code redis://[[user]:[password]@]host[:port][/database]}, or {@code rediss://} for TLS.
 *       Special characters of user and password are percent-encoded. Options, as the Python client names them, follow behind
 *       a question mark: {@code ssl_ca_certs} (a PEM file; without it the JVM's authorities are trusted), {@code
 *       ssl_cert_reqs} ({@code required} or {@code none}), {@code ssl_check_hostname}, {@code ssl_certfile}, {@code
 *       ssl_keyfile}, {@code ssl_password}, {@code socket_timeout} and {@code socket_connect_timeout} (seconds, 5 each),
 *       {@code db}, {@code client_name}.
 *   <li>{@value #MAX_LEN}: about how many messages a topic keeps; 10000 when not set, 0 keeps all.
 * </ul>
 *
 * <p>Options of a consumer ({@code extra}), the first four of which are those of the Python consumer:
 *
 * <ul>
 *   <li>{@code consumer_name}: this member's name in the group, which no other live member may have. Without one a name is made
 *       up, and leaves the group when the consumer ends with nothing unfinished.
 *   <li>{@code check_backlog}: true lets a new group begin at the oldest message.
 *   <li>{@code last_read_msg_id}: a new group begins behind this entry. A group that exists is never moved.
 *   <li>{@code claim_msgs_older_than}: milliseconds, 30000 when not set. What another member left unacknowledged for so long is
 *       taken over, all the time, and not only at the start. A member that lives tells Redis about the messages it works on
 *       often enough to keep them, so all members of a group should have the same value.
 *   <li>{@code sharing}: true lets all members of the group read at the same time, which keeps no order. Without it one member
 *       reads a topic, and the others stand by.
 *   <li>{@code lease_seconds}: 10 when not set; how long the others wait for the reading member when it falls silent.
 * </ul>
 *
 * <p>Delivery is at least once. A producer whose connection breaks sends again what was not answered, which Redis may have; a
 * message fails when Redis does not take it within {@code socket_timeout}.
 */
public final class RedisTransportProvider implements TransportProvider {

    /** Where Redis is. */
    static final String URL = "EVENT_BUS_REDIS_CONNECTION_URL";

    /** How many messages a topic keeps. */
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
                text.isEmpty() ? null : RedisUrlParser.parse(text, problem -> settings.note(URL + " " + problem));
        long maxLen = settings.number(MAX_LEN, 0).orElse(DEFAULT_MAX_LEN);
        return () -> {
            if (url == null) {
                throw new IllegalStateException(URL + " cannot be used: the settings were not checked");
            }
            return new RedisTransport(url, maxLen, GroupMonitor.Pace.NORMAL);
        };
    }
}
