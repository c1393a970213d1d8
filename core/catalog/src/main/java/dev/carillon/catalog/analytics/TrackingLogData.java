package dev.carillon.catalog.analytics;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import java.time.OffsetDateTime;

/**
 * An entry of the tracking log.
 *
 * <p>{@code data} and {@code context} are JSON objects as text, whose members depend on {@code name} and on the
 * sender; they hold user names, addresses and responses, and are masked as a whole.
 *
 * @param name the name of the tracking event, such as {@code edx.course.enrollment.activated}
 * @param timestamp when it happened
 * @param data what happened, a JSON object. Personal
 * @param context where and to whom: course, user, session, IP address and the like, a JSON object. Personal
 */
@EventData
public record TrackingLogData(
        String name,
        OffsetDateTime timestamp,
        @Pii String data,
        @Pii String context) {

    public TrackingLogData {
        required(name, "TrackingLogData.name");
        required(timestamp, "TrackingLogData.timestamp");
        required(data, "TrackingLogData.data");
        required(context, "TrackingLogData.context");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static TrackingLogDataBuilder.NameStage builder() {
        return TrackingLogDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public TrackingLogDataBuilder toBuilder() {
        return TrackingLogDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
