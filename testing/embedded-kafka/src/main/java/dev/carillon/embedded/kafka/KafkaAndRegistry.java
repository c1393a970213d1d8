package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.EmbeddedServer;
import dev.carillon.embedded.server.EmbeddedServerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A broker and the schema registry beside it.
 *
 * @param kafka the broker
 * @param registry the registry
 */
public record KafkaAndRegistry(EmbeddedKafka kafka, EmbeddedRegistry registry) implements AutoCloseable {

    /**
     * Starts both.
     *
     * @throws EmbeddedServerException if one cannot be started; then neither is left running
     */
    public static KafkaAndRegistry start() {
        return start(EmbeddedKafka::start);
    }

    /**
     * Starts a broker with the given settings, and a registry. Both start at the same time, because each takes seconds.
     *
     * @throws EmbeddedServerException if one cannot be started; then neither is left running
     */
    public static KafkaAndRegistry start(Supplier<EmbeddedKafka> broker) {
        CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(broker);
        CompletableFuture<EmbeddedRegistry> registry = CompletableFuture.supplyAsync(EmbeddedRegistry::start);
        try {
            return kafka.thenCombine(registry, KafkaAndRegistry::new).join();
        } catch (CompletionException e) {
            closeIfStarted(kafka);
            closeIfStarted(registry);
            if (e.getCause() instanceof EmbeddedServerException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Both have been waited for by then. */
    private static void closeIfStarted(CompletableFuture<? extends EmbeddedServer> server) {
        if (!server.isCompletedExceptionally()) {
            server.join().close();
        }
    }

    /** Stops both. */
    @Override
    public void close() {
        kafka.close();
        registry.close();
    }
}
