package dev.carillon.spring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code carillon.*}. What has a setting of Open edX's event bus, such as {@code EVENT_BUS_REDIS_CONNECTION_URL}, may be
 * set by either name; the setting takes precedence.
 *
 * @param serviceName the service's name in the source of its events; by default spring.application.name
 * @param broker the broker: redis, kafka or memory, a broker within the JVM for tests; by default the one whose address is set
 * @param topicPrefix prefix of every topic, joined with a hyphen
 * @param redis the connection to Redis
 * @param kafka the connection to Kafka
 * @param publish which events are published to which topics: a list of event, topic, key and, by default true, enabled
 * @param consumer the consumers of this application
 * @param outbox the outbox, in an application with a database
 * @param jdbc the tables of outbox and inbox
 */
@ConfigurationProperties(prefix = "carillon", ignoreUnknownFields = false)
public record CarillonProperties(
        @Nullable String serviceName,
        @Nullable String broker,
        @Nullable String topicPrefix,
        @DefaultValue Redis redis,
        @DefaultValue Kafka kafka,
        @DefaultValue List<Publish> publish,
        @DefaultValue Consumer consumer,
        @DefaultValue Outbox outbox,
        @DefaultValue Jdbc jdbc) {

    /**
     * The connection to Redis.
     *
     * @param connectionUrl the address, redis://user:password@host:6379/0, or with rediss:// for TLS
     */
    public record Redis(@Nullable String connectionUrl) {}

    /**
     * The connection to Kafka.
     *
     * @param bootstrapServers the addresses of brokers, such as host-1:9092,host-2:9092
     * @param schemaRegistryUrl the base URL of the schema registry
     */
    public record Kafka(
            @Nullable String bootstrapServers, @Nullable String schemaRegistryUrl) {}

    /**
     * An event that is published to a topic.
     *
     * @param event the event type
     * @param topic the topic, without prefix
     * @param key the dotted path of the event's key, such as certificate.course.course_key
     * @param enabled whether it is published
     */
    public record Publish(
            @Nullable String event,
            @Nullable String topic,
            @Nullable String key,
            @DefaultValue("true") boolean enabled) {}

    /**
     * The consumers.
     *
     * @param enabled whether consumers start with the application
     * @param group the group of receivers that name none; by default spring.application.name
     * @param concurrency how many workers deliver events in parallel; events with the same key stay in order
     * @param startAt where a new group starts: latest, earliest, or a time such as 2026-01-31T00:00:00Z
     * @param attempts how often a receiver is called at most, including the first time
     * @param initialDelay the delay before the second attempt; each further delay is twice as long
     * @param maxDelay the longest delay
     * @param onFailure what happens after the last attempt: dead-letter, block-key or log
     * @param drainTimeout how long stopping waits for running receivers
     */
    public record Consumer(
            @DefaultValue("true") boolean enabled,
            @Nullable String group,
            @DefaultValue("8") int concurrency,
            @DefaultValue("latest") String startAt,
            @DefaultValue("5") int attempts,
            @DefaultValue("200ms") Duration initialDelay,
            @DefaultValue("30s") Duration maxDelay,
            @DefaultValue("dead-letter") OnFailure onFailure,
            @DefaultValue("25s") Duration drainTimeout) {}

    /** What happens to an event after the last attempt of a receiver. */
    public enum OnFailure {
        /** It becomes a dead letter; later events with its key are delivered. */
        DEAD_LETTER,
        /** It becomes a dead letter, and so do later events with its key, until it is handled or discarded. */
        BLOCK_KEY,
        /** It is logged and acknowledged, as in Python. */
        LOG
    }

    /**
     * The outbox.
     *
     * @param enabled whether events go through the outbox
     * @param relay whether this instance publishes the events of the outbox, or stands by to do so
     */
    public record Outbox(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("true") boolean relay) {}

    /**
     * The tables.
     *
     * @param initializeSchema when the application creates the tables that do not exist yet: always, embedded or never; with Flyway,
     *     migrations create them
     */
    public record Jdbc(@DefaultValue("embedded") InitializeSchema initializeSchema) {}

    /** When the tables are created. */
    public enum InitializeSchema {
        /** At each start. */
        ALWAYS,
        /** At the start, in an embedded database. */
        EMBEDDED,
        /** A migration or an administrator creates them. */
        NEVER
    }
}
