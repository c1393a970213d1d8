package dev.carillon.testkit;

import dev.carillon.embedded.EmbeddedServer;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A broker and the schema registry beside it. */
record KafkaServers(EmbeddedKafka kafka, EmbeddedRegistry registry) implements AutoCloseable {

    /** Starts both at once: each takes its seconds. */
    static KafkaServers start() {
        CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(EmbeddedKafka::start);
        CompletableFuture<EmbeddedRegistry> registry = CompletableFuture.supplyAsync(EmbeddedRegistry::start);
        try {
            return kafka.thenCombine(registry, KafkaServers::new).join();
        } catch (CompletionException e) {
            closeIfStarted(kafka);
            closeIfStarted(registry);
            throw e;
        }
    }

    /** Both have been waited for by then. */
    private static void closeIfStarted(CompletableFuture<? extends EmbeddedServer> server) {
        if (!server.isCompletedExceptionally()) {
            server.join().close();
        }
    }

    @Override
    public void close() {
        kafka.close();
        registry.close();
    }
}
