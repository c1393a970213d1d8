package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.Examples.Loan;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** What tests of the engine work with: a service, a broker that fails on demand, and what the service's receiver heard. */
public abstract class EngineTest {

    public final FaultyBroker broker = new FaultyBroker();
    public final Events events = Examples.events();
    public final List<Long> heard = new CopyOnWriteArrayList<>();
    public final Map<String, Object> settings = new HashMap<>(Map.of(
            "EVENT_BUS_TROUBLED_CONSUMER_POLL_TIMEOUT", 0.02, "EVENT_BUS_TROUBLED_CONSUMER_POLL_FAILURE_SLEEP", 0));

    private EventBus bus = EventBus.open(Settings.of(settings), events, broker);

    /** Opens the bus again with another setting. */
    public void set(String name, Object value) {
        settings.put(name.startsWith("EVENT_BUS_") ? name : "EVENT_BUS_TROUBLED_" + name, value);
        bus.close();
        bus = EventBus.open(Settings.of(settings), events, broker);
    }

    public EventBus bus() {
        return bus;
    }

    public void hear() {
        events.connect(LENT, "hearing", event -> heard.add(event.data().days()));
    }

    /** Publishes loans of one book for 0, 1, 2 … days. */
    public void publish(int count) {
        for (long days = 0; days < count; days++) {
            send(Examples.loan("Emma", days)).join();
        }
    }

    public CompletableFuture<String> send(Loan loan) {
        return bus.producer().send(LENT, "books", "loan.book", loan, events.newMetadata(LENT));
    }

    public ConsumerOptions options() {
        return ConsumerOptions.defaults()
                .withStartAt(StartAt.earliest())
                .withConcurrency(2)
                .withRetries(RetryPolicy.none());
    }

    public EventConsumer consumer(ConsumerOptions options) {
        return bus.consumer(List.of("books"), "readers", options);
    }

    /** Runs it in a thread of its own. */
    public static CompletableFuture<StopReason> start(EventConsumer consumer) {
        CompletableFuture<StopReason> end = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        end.complete(consumer.run());
                    } catch (RuntimeException | Error e) {
                        end.completeExceptionally(e);
                    }
                },
                "polling");
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    public static void until(String what, Callable<Boolean> condition) {
        await(what).pollInterval(Duration.ofMillis(1)).until(condition);
    }

    @AfterEach
    public final void closeBus() {
        bus.close();
    }
}
