package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.config.Settings;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A registry that begins with an answer, and does not end it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StallingRegistryTest {

    private KafkaBench bench;
    private StallingRegistry registry;

    @BeforeAll
    void startServers() {
        bench = new KafkaBench();
        registry = new StallingRegistry(bench.registry().url());
    }

    @AfterAll
    void stopServers() {
        registry.close();
        bench.close();
    }

    private Settings settings() {
        return bench.settings().with(KafkaSettings.REGISTRY_URL, registry.url());
    }

    @Test
    void aSendFailsAndTheNextOneSucceedsWhenTheRegistryHasRecovered() {
        registry.stall();
        try (Writer writer = new Writer(settings())) {
            assertThatThrownBy(() -> writer.send("sends", new Step("ada", 0)).join())
                    .hasStackTraceContaining("no answer in time")
                    .hasStackTraceContaining("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL");

            registry.goOn();
            await("the registry to be asked again")
                    .atMost(Member.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> writer.send("sends", new Step("ada", 1)).join().contains(":"));
        }
    }

    @Test
    void aConsumerWaitsCanBeStoppedMeanwhileAndLosesNothing() {
        try (Writer writer = new Writer(bench.settings())) {
            writer.round("consumed", 10, 0);
        }
        registry.stall();
        Member stopped = Member.of(settings(), "consumed", "group");
        await("the consumer to want a schema")
                .atMost(Member.PATIENCE)
                .until(() -> stopped.counts().brokerErrors() > 0);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(stopped::close);
        assertThat(closing).succeedsWithin(Member.PATIENCE);
        assertThat(stopped.steps()).isEmpty();

        try (Member second = Member.of(settings(), "consumed", "group")) {
            await("the consumer to want a schema")
                    .atMost(Member.PATIENCE)
                    .until(() -> second.counts().brokerErrors() > 0);
            registry.goOn();

            assertThat(second.awaitSteps(10).steps()).hasSize(10);
            assertThat(second.counts().undecodable()).isZero();
        }
    }
}
