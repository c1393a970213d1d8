package dev.carillon.bus.internal;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.internal.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line for each event that was published or processed: topic, event id and position, never the event data. Enabled by
 * {@code EVENT_BUS_<BROKER>_AUDIT_LOGGING_ENABLED}. The logger is {@code dev.carillon.bus.audit}.
 */
public final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.carillon.bus.audit");

    private static final String CONSUMED = "{} from {}: {}";

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

    /** At DEBUG: at INFO, a consumed event is one line. */
    public void received(IncomingMessage message, EventMetadata metadata) {
        if (enabled && LOG.isDebugEnabled()) {
            LOG.debug(CONSUMED, "Received", broker, describe(message, metadata));
        }
    }

    public void processed(IncomingMessage message, EventMetadata metadata) {
        if (enabled && LOG.isInfoEnabled()) {
            LOG.info(CONSUMED, "Processed", broker, describe(message, metadata));
        }
    }

    private static String describe(IncomingMessage message, EventMetadata metadata) {
        return "topic=" + Shown.topic(message.topic()) + ", event_id=" + metadata.id() + ", event_type="
                + metadata.eventType() + ", position=" + message.position() + ", event_timestamp_ms="
                + metadata.time().toEpochMilli();
    }
}
