package dev.carillon.rig.service;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.jdbc.JdbcOutbox;
import dev.carillon.events.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Increments counters, and sends an event for each increment in the same transaction. */
public final class ProducerService {

    private static final int THREADS = 4;

    private ProducerService() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) {
        ServiceContext role = ServiceContext.load();
        Events events = Step.events(role.name());
        Duration pause = Duration.ofSeconds(THREADS).dividedBy(Long.parseLong(role.text(RigNames.RATE)));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        HikariDataSource database = role.database();
        ThreadTransaction transaction = new ThreadTransaction(database);
        try (database;
                EventBus bus = role.publishingBus(events, JdbcOutbox.over(transaction))) {
            CounterTransactions transactions = new CounterTransactions(role.name(), transaction, events, role.folder());
            List<CompletableFuture<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                work.add(CompletableFuture.runAsync(
                        () -> {
                            do {
                                transactions.attempt();
                            } while (role.continuesAfter(pause));
                        },
                        threads));
            }
            work.forEach(CompletableFuture::join);
            bus.flush();
        } finally {
            threads.shutdown();
        }
    }
}
