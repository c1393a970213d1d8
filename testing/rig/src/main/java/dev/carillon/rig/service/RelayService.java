package dev.carillon.rig.service;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.jdbc.OutboxRelay;

/** Publishes the events of the outbox. */
public final class RelayService {

    private RelayService() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) throws InterruptedException {
        ServiceContext role = ServiceContext.load();
        try (HikariDataSource database = role.database();
                EventBus bus = role.bus(Step.events(role.name()));
                OutboxRelay relay = OutboxRelay.of(database, bus.producer())) {
            relay.start();
            role.awaitStop();
        }
    }
}
