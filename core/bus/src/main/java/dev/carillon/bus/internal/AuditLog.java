package dev.carillon.bus.internal;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.internal.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line for each event published, received or processed: topic, event id and position, never the event data. Enabled by
 * {@code EVENT_BUS_<BROKER>_AUDIT_LOGGING_ENABLED}. The logger is {@code dev.carillon.bus.audit}.
 */
public final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.carillon.bus.audit");

    private final boolean enabled;
    private final String broker;

    public AuditLog(boolean enabled, String broker) {
        this.enabled = enabled;
        this.broker = broker;
    }

    public void published(String fullTopic, EventMetadata metadata, String position) {
        if (enabled && LOG.isInfoEnabled()) {
            LOG.info(
                    "Published to {}: topic={}, event_id={}, event_type={}, position={}",
                    broker,
                    Shown.topic(fullTopic),
                    metadata.id(),
                    metadata.eventType(),
                    position);
        }
    }

    public void received(IncomingMessage message, EventMetadata metadata) {
        if (enabled && LOG.isInfoEnabled()) {
            LOG.info(
                    "Received from {}: topic={}, event_id={}, event_type={}, position={}, event_timestamp_ms={}",
                    broker,
                    Shown.topic(message.topic()),
                    metadata.id(),
                    metadata.eventType(),
                    message.position(),
                    metadata.time().toEpochMilli());
        }
    }

    public void processed(IncomingMessage message, EventMetadata metadata) {
        if (enabled && LOG.isInfoEnabled()) {
            LOG.info("Processed from {}: topic={}, event_id={}", broker, Shown.topic(message.topic()), metadata.id());
        }
    }
}
