package dev.carillon.rig.role;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.jdbc.OutboxRelay;

/** Publishes what is in the outbox. */
public final class RelayRole {

    private RelayRole() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) throws InterruptedException {
        Role role = Role.load();
        try (HikariDataSource database = role.database();
                EventBus bus = role.bus(Step.events(role.name()));
                OutboxRelay relay = OutboxRelay.of(database, bus.producer())) {
            relay.start();
            role.awaitEnd();
        }
    }
}
