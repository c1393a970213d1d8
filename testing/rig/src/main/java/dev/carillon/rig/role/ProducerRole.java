package dev.carillon.rig.role;

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

/** Counts, in one transaction with the event that tells of it. */
public final class ProducerRole {

    private static final int THREADS = 4;

    private ProducerRole() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) {
        Role role = Role.load();
        Events events = Step.events(role.name());
        Duration pause = Duration.ofSeconds(THREADS).dividedBy(Long.parseLong(role.text(Roles.RATE)));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (HikariDataSource database = role.database();
                EventBus bus = role.bus(events)) {
            OpenTransaction transaction = new OpenTransaction(database);
            bus.publishConfigured(JdbcOutbox.over(transaction));
            Counting counting = new Counting(role.name(), transaction, events, role.folder());
            List<CompletableFuture<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                work.add(CompletableFuture.runAsync(
                        () -> {
                            do {
                                counting.attempt();
                            } while (role.goesOnAfter(pause));
                        },
                        threads));
            }
            work.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }
}
