package dev.carillon.bus;

import dev.carillon.events.EventMetadata;

/** An event was not published. The message contains none of its data. */
public final class ProduceException extends RuntimeException {

    private final String topic;
    private final EventMetadata metadata;

    ProduceException(String topic, EventMetadata metadata, Throwable cause) {
        super(
                "Event " + metadata.eventType() + ", id " + metadata.id() + ", was not published to topic " + topic
                        + ": " + (cause.getMessage() == null ? cause : cause.getMessage()),
                cause);
        this.topic = topic;
        this.metadata = metadata;
    }

    /** The full topic, with its prefix. */
    public String topic() {
        return topic;
    }

    /** The metadata of the event, to send it again as the same event. */
    public EventMetadata metadata() {
        return metadata;
    }
}
