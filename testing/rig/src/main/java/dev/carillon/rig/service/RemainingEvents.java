package dev.carillon.rig.service;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.jdbc.OutboxRelay;
import dev.carillon.bus.jdbc.OutboxStatus;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The events that were not handled at the end of a run.
 *
 * @param deadLetters the dead letters of the group
 * @param outbox the status of the outbox, with the events that were not published
 */
public record RemainingEvents(List<DeadLetter> deadLetters, OutboxStatus outbox) {

    /**
     * Reads them from the broker and the database.
     *
     * @param broker the settings with which a service uses the broker
     */
    public static RemainingEvents inspect(Map<String, String> broker, String databaseUrl) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(databaseUrl);
        try (EventBus bus = EventBus.open(Settings.of(broker), Step.events("rig"));
                OutboxRelay relay = OutboxRelay.of(database, bus.producer())) {
            return new RemainingEvents(
                    bus.deadLetters(RigNames.TOPIC, RigNames.GROUP).list(), relay.status());
        }
    }
}
