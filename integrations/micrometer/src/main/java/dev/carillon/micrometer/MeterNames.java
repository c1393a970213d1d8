package dev.carillon.micrometer;

import java.util.List;

/** The names, tags and descriptions of all meters. */
@SuppressWarnings("ImmutableEnumChecker") // the list is unmodifiable
enum MeterNames {
    PROCESS_DURATION(
            "messaging.process.duration",
            "an attempt to deliver an event to its receivers, by its outcome: delivered, retried, failed, postponed, abandoned",
            Tag.TOPIC,
            Tag.GROUP,
            Tag.EVENT_TYPE,
            "carillon.outcome"),
    RECEIVER_DURATION(
            "carillon.receiver.duration",
            "one call of a receiver",
            Tag.TOPIC,
            Tag.GROUP,
            Tag.EVENT_TYPE,
            "carillon.receiver",
            Tag.ERROR),
    EVENT_AGE(
            "carillon.event.age",
            "the time from the event until all receivers had handled it",
            Tag.TOPIC,
            Tag.GROUP,
            Tag.EVENT_TYPE),
    SEND_DURATION(
            "messaging.client.operation.duration",
            "sending an event until the broker has acknowledged it; its count is the number of events sent or failed",
            Tag.TOPIC,
            Tag.EVENT_TYPE,
            "carillon.route",
            Tag.ERROR),

    RECEIVED("carillon.consumer.received", "messages read from the broker", Tag.TOPICS, Tag.GROUP),
    DELIVERED("carillon.consumer.delivered", "events handled, or failed for the last time", Tag.TOPICS, Tag.GROUP),
    FAILED("carillon.consumer.failed", "final failures of receivers", Tag.TOPICS, Tag.GROUP),
    RETRIED("carillon.consumer.retried", "retries of receivers", Tag.TOPICS, Tag.GROUP),
    DEAD_LETTERED("carillon.consumer.dead.lettered", "messages that became dead letters", Tag.TOPICS, Tag.GROUP),
    UNDECODABLE("carillon.consumer.undecodable", "messages that could not be decoded", Tag.TOPICS, Tag.GROUP),
    UNKNOWN_TYPE("carillon.consumer.unknown.type", "skipped messages of an unknown event type", Tag.TOPICS, Tag.GROUP),
    WITHOUT_RECEIVER(
            "carillon.consumer.without.receiver", "skipped messages without a receiver", Tag.TOPICS, Tag.GROUP),
    ACKNOWLEDGED("carillon.consumer.acknowledged", "acknowledged messages", Tag.TOPICS, Tag.GROUP),
    BROKER_ERRORS(
            "carillon.consumer.broker.errors", "requests that the broker failed or refused", Tag.TOPICS, Tag.GROUP),
    INCIDENTS("carillon.consumer.incidents", "losses and moves of the group", Tag.TOPICS, Tag.GROUP),
    LOST("carillon.consumer.lost", "messages that left the broker before they were handled", Tag.TOPICS, Tag.GROUP),
    LIVE("carillon.consumer.live", "1 while the consumer is live, otherwise 0", Tag.TOPICS, Tag.GROUP),
    READY("carillon.consumer.ready", "1 while the consumer is ready, otherwise 0", Tag.TOPICS, Tag.GROUP),
    BLOCKED("carillon.consumer.blocked", "messages that block their key", Tag.TOPICS, Tag.GROUP),
    DEFERRED("carillon.consumer.deferred", "messages that wait without their data in memory", Tag.TOPICS, Tag.GROUP),
    BUSY_WORKERS("carillon.consumer.busy.workers", "workers busy with one event for a second", Tag.TOPICS, Tag.GROUP),

    LAG("carillon.group.lag", "events that the group has yet to handle", Tag.TOPIC, Tag.GROUP),
    OLDEST_AGE(
            "carillon.group.oldest.age", "the age of the oldest event that it has yet to handle", Tag.TOPIC, Tag.GROUP),

    OUTBOX_WAITING("carillon.outbox.waiting", "events that are still to be published"),
    OUTBOX_BLOCKED("carillon.outbox.blocked", "waiting events behind a dead-lettered one"),
    OUTBOX_DEAD_LETTERED("carillon.outbox.dead.lettered", "events that could not be published"),
    OUTBOX_OLDEST_AGE("carillon.outbox.oldest.age", "the age of the oldest waiting event"),
    OUTBOX_ACTIVE("carillon.outbox.active", "1 while this relay publishes, 0 while it stands by"),

    DUPLICATES("carillon.inbox.duplicates", "duplicates that the inbox has skipped", Tag.GROUP);

    /** The tags that several meters have. */
    private static final class Tag {
        private static final String TOPIC = "messaging.destination.name";
        private static final String TOPICS = "carillon.topics";
        private static final String GROUP = "messaging.consumer.group.name";
        private static final String EVENT_TYPE = "carillon.event.type";
        private static final String ERROR = "error.type";
    }

    private final String meter;
    private final String description;
    private final List<String> tags;

    MeterNames(String meter, String description, String... tags) {
        this.meter = meter;
        this.description = description;
        this.tags = List.of(tags);
    }

    String meter() {
        return meter;
    }

    String description() {
        return description;
    }

    List<String> tags() {
        return tags;
    }
}
