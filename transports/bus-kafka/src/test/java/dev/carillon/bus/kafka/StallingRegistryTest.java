package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.config.Settings;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A registry that sends the beginning of a response, and then stalls. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("thorough")
class StallingRegistryTest {

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.withOwnServers();

    private final StallingRegistry registry =
            new StallingRegistry(bench.registry().url());

    @AfterAll
    void closeRegistry() {
        registry.close();
    }

    private Settings settings() {
        return bench.settings().with(KafkaSettings.REGISTRY_URL, registry.url());
    }

    @Test
    void aSendFailsAndTheNextSucceedsAfterTheRegistryRecovers() {
        registry.stall();
        try (Writer writer = new Writer(settings())) {
            assertThatThrownBy(() -> writer.send("sends", new Step("ada", 0)).join())
                    .hasStackTraceContaining("no response in time")
                    .hasStackTraceContaining("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL");

            registry.resume();
            await("a send to succeed")
                    .atMost(Member.TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> writer.send("sends", new Step("ada", 1)).join().contains(":"));
        }
    }

    @Test
    void aWaitingConsumerCanBeStoppedAndLosesNothing() {
        try (Writer writer = new Writer(bench.settings())) {
            writer.round("consumed", 10, 0);
        }
        registry.stall();
        Member stopped = Member.of(settings(), "consumed", "group");
        await("the consumer to fail to load a schema")
                .atMost(Member.TIMEOUT)
                .until(() -> stopped.counts().brokerErrors() > 0);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(stopped::close);
        assertThat(closing).succeedsWithin(Member.TIMEOUT);
        assertThat(stopped.steps()).isEmpty();

        try (Member second = Member.of(settings(), "consumed", "group")) {
            await("the consumer to fail to load a schema")
                    .atMost(Member.TIMEOUT)
                    .until(() -> second.counts().brokerErrors() > 0);
            registry.resume();

            assertThat(second.awaitSteps(10).steps()).hasSize(10);
            assertThat(second.counts().undecodable()).isZero();
        }
    }
}
