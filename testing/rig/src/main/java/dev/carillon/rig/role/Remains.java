package dev.carillon.rig.role;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.jdbc.OutboxRelay;
import dev.carillon.bus.jdbc.OutboxStatus;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What is still somewhere on its way.
 *
 * @param letters what the consumers gave up
 * @param outbox what the relays did not publish
 */
public record Remains(List<DeadLetter> letters, OutboxStatus outbox) {

    /**
     * Looks.
     *
     * @param broker what a service sets to use the broker
     */
    public static Remains look(Map<String, String> broker, String databaseUrl) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(databaseUrl);
        try (EventBus bus = EventBus.open(Settings.of(broker), Step.events("rig"));
                OutboxRelay relay = OutboxRelay.of(database, bus.producer())) {
            return new Remains(bus.deadLetters(Roles.TOPIC, Roles.GROUP).list(), relay.status());
        }
    }
}
