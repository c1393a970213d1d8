package dev.carillon.spring;

import static dev.carillon.spring.Library.LENT;
import static dev.carillon.spring.Library.LOAN;
import static dev.carillon.spring.Library.application;
import static dev.carillon.spring.Library.sendFromElsewhere;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.micrometer.EventMetrics;
import dev.carillon.opentelemetry.EventTracing;
import dev.carillon.spring.Library.Loan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ActuatorTest {

    static class Reader {
        final List<Loan> received = new CopyOnWriteArrayList<>();
        volatile boolean isLocked;

        @EventReceiver(signal = "org.example.library.book.lent.v1", topic = "loans", attempts = 1)
        void lent(Loan loan) {
            if (isLocked) {
                throw new IllegalStateException("the shelf is locked");
            }
            received.add(loan);
        }
    }

    private static ApplicationContextRunner observed() {
        return application(Reader.class).withPropertyValues("management.endpoints.web.exposure.include=*");
    }

    private static Health health(HealthIndicator indicator) {
        return requireNonNull(indicator.health());
    }

    @Test
    void readinessAndLivenessNameEachGroup() {
        observed().run(context -> {
            HealthIndicator readiness = context.getBean("carillonHealthIndicator", HealthIndicator.class);
            HealthIndicator liveness = context.getBean("carillonLivenessHealthIndicator", HealthIndicator.class);
            await().until(() -> health(readiness).getStatus().equals(Status.UP));
            assertThat(health(liveness).getStatus()).isEqualTo(Status.UP);
            assertThat(health(readiness).getDetails()).containsOnlyKeys("library");

            context.getBean(EventConsumers.class).all().get(0).stop();

            await().until(() -> health(readiness).getStatus().equals(Status.DOWN));
            assertThat(health(liveness).getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void consumersThatSettingsDisableDoNotMakeAnApplicationUnready() {
        observed()
                .withPropertyValues("EVENT_BUS_MEMORY_CONSUMERS_ENABLED=false")
                .run(context -> {
                    HealthIndicator readiness = context.getBean("carillonHealthIndicator", HealthIndicator.class);
                    await().until(() -> health(readiness).getStatus().equals(Status.UP));
                    assertThat(health(readiness).getDetails().get("library"))
                            .asInstanceOf(InstanceOfAssertFactories.MAP)
                            .containsEntry("status", "DISABLED");
                });
        observed()
                .withPropertyValues("carillon.consumer.enabled=false")
                .run(context ->
                        assertThat(context.getBean(EventConsumers.class).all()).isEmpty());
    }

    @Test
    void theEndpointShowsLagAndPausesAndResumes() {
        observed().run(context -> {
            CarillonEndpoint endpoint = context.getBean(CarillonEndpoint.class);
            MemoryBroker broker = context.getBean(MemoryBroker.class);
            assertThat(endpoint.groups().toString()).contains("library={topics=[loans]");

            assertThat(endpoint.act("library", "pause", "loans", null)).containsEntry("paused", Set.of("loans"));
            sendFromElsewhere(broker, "loans", LENT, LOAN);
            assertThat(String.valueOf(endpoint.group("library"))).contains("events=1", "deadLetters=[]");
            endpoint.act("library", "resume", "loans", null);

            await().until(() -> context.getBean(Reader.class).received.size() == 1);
            assertThat(endpoint.group("unknown")).isNull();
            assertThat(endpoint.act("unknown", "pause", "loans", null)).isNull();
        });
    }

    @Test
    void theEndpointRedrivesAndDiscardsDeadLettersAndShowsNothingPersonal() {
        observed().run(context -> {
            CarillonEndpoint endpoint = context.getBean(CarillonEndpoint.class);
            Reader reader = context.getBean(Reader.class);
            reader.isLocked = true;
            sendFromElsewhere(
                    context.getBean(MemoryBroker.class),
                    "loans",
                    LENT,
                    new Loan("1", "ada-lovelace"),
                    new Loan("2", "ada-lovelace"));
            await().until(() -> deadLetters(endpoint).size() == 2);
            assertThat(deadLetters(endpoint).toString())
                    .contains("java.lang.IllegalStateException", "actuatorTest.Reader.lent")
                    .doesNotContain("ada-lovelace", "shelf is locked");

            String first = String.valueOf(deadLetters(endpoint).get(0).get("id"));
            assertThat(endpoint.act("library", "discard", "loans", first)).containsEntry("discarded", 1);
            reader.isLocked = false;
            assertThat(endpoint.act("library", "redrive", "loans", null)).containsEntry("redriven", 1);

            await().until(() -> reader.received.size() == 1);
            await().until(() -> deadLetters(endpoint).isEmpty());
        });
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> deadLetters(CarillonEndpoint endpoint) {
        return requireNonNull((List<Map<String, Object>>)
                requireNonNull(endpoint.group("library")).get("deadLetters"));
    }

    @Test
    void theEndpointTakesTheTopicsThatItShows() {
        observed()
                .withPropertyValues("carillon.topic-prefix=prod", "carillon.consumer.group=readers")
                .run(context -> {
                    CarillonEndpoint endpoint = context.getBean(CarillonEndpoint.class);
                    assertThat(endpoint.groups().toString()).contains("topics=[prod-loans]");

                    assertThat(endpoint.act("readers", "pause", "prod-loans", null))
                            .containsEntry("paused", Set.of("prod-loans"));
                    assertThat(endpoint.act("readers", "resume", "loans", null)).containsEntry("paused", Set.of());
                    assertThat(endpoint.act("readers", "redrive", "prod-loans", null))
                            .containsEntry("redriven", 0);
                });
    }

    @Test
    void theEndpointRefusesWhatItCannotDo() {
        observed().run(context -> {
            CarillonEndpoint endpoint = context.getBean(CarillonEndpoint.class);
            assertThatThrownBy(() -> endpoint.act("library", "stop", "loans", null))
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessageContaining("the actions are pause, resume, redrive, discard");
            assertThatThrownBy(() -> endpoint.act("library", "pause", "lones", null))
                    .hasMessageContaining("it reads [loans]");
            assertThatThrownBy(() -> endpoint.act("library", "discard", "loans", null))
                    .hasMessageContaining("name it");
        });
    }

    @Test
    void theEndpointIsThereOnlyWhereItIsExposed() {
        application(Reader.class).run(context -> assertThat(context).doesNotHaveBean(CarillonEndpoint.class));
    }

    @Test
    void metricsAndTracesObserveTheBusWhenTheApplicationHasThem() {
        observed()
                .withBean(SimpleMeterRegistry.class)
                .withBean(OpenTelemetry.class, OpenTelemetry::noop)
                .run(context -> {
                    assertThat(context).hasSingleBean(EventMetrics.class).hasSingleBean(EventTracing.class);
                    sendFromElsewhere(context.getBean(MemoryBroker.class), "loans", LENT, LOAN);

                    SimpleMeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
                    await().until(() ->
                            registry.find("messaging.process.duration").timer() != null);
                    assertThat(registry.find("carillon.consumer.ready").gauge()).isNotNull();
                });
        observed()
                .run(context ->
                        assertThat(context).doesNotHaveBean(EventMetrics.class).doesNotHaveBean(EventTracing.class));
    }
}
