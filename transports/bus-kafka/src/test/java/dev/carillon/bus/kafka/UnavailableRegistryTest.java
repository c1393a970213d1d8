package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** A schema registry that is killed and restarted while the broker continues. */
@Tag("thorough") // it takes the machine for itself
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("a busy machine lets the connection to the killed registry time out before it is refused")
class UnavailableRegistryTest {

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.withOwnServers();

    @Test
    void producerAndConsumerWaitForAnUnavailableRegistry() {
        String topic = "steps";
        bench.registry().kill();
        try (Writer publisher = new Writer(bench.settings());
                Member member = Member.of(bench.settings(), topic, "group")) {
            assertThatThrownBy(() -> publisher.send(topic, new Step("ada", 0)).join())
                    .hasStackTraceContaining("The schema registry at 127.0.0.1:"
                            + bench.registry().port())
                    .hasStackTraceContaining("cannot connect")
                    .hasStackTraceContaining("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL");
            bench.registry().restart();
            await("the registry to recover")
                    .atMost(Member.TIMEOUT)
                    .ignoreExceptions()
                    .until(() ->
                            publisher.send(topic, new Step("ada", 1)).join().contains(":"));
            member.awaitSteps(1);

            bench.registry().kill();
            publisher.send(topic, new Step("ada", 2)).join();
            member.awaitSteps(2);
            try (Member second = Member.of(bench.settings(), topic, "second")) {
                await("the second member to fail to load a schema")
                        .atMost(Member.TIMEOUT)
                        .until(() -> second.counts().brokerErrors() > 0);
                assertThat(second.steps()).isEmpty();
                bench.registry().restart();

                second.awaitSteps(2);
                assertThat(second.steps()).containsExactly(new Step("ada", 1), new Step("ada", 2));
                assertThat(second.counts().undecodable()).isZero();
            }
        } finally {
            if (!bench.registry().isRunning()) {
                bench.registry().restart();
            }
        }
    }
}
