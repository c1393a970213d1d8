package dev.carillon.bus.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.Examples;
import dev.carillon.bus.transport.StartAt;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ConsumerOptionsTest {

    private static final ConsumerOptions DEFAULTS = ConsumerOptions.defaults();

    @Test
    void theDefaultsAreThoseOfAServiceInProduction() {
        assertThat(DEFAULTS.concurrency()).isEqualTo(8);
        assertThat(DEFAULTS.batchSize()).isEqualTo(500);
        assertThat(DEFAULTS.maxInFlight()).isEqualTo(2_000);
        assertThat(DEFAULTS.maxInFlightBytes()).isEqualTo(64L * 1024 * 1024);
        assertThat(DEFAULTS.startAt()).isEqualTo(StartAt.latest());
        assertThat(DEFAULTS.maxEvents()).isZero();
        assertThat(DEFAULTS.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(DEFAULTS.consumerName()).isNull();
        assertThat(DEFAULTS.extra()).isEmpty();
        assertThat(DEFAULTS.keyFields()).isEmpty();
    }

    @Test
    void eachOptionIsChangedByItself() {
        FailurePolicy policy = FailurePolicy.logAndAcknowledge();
        BooleanSupplier check = () -> true;
        RetryPolicy retries = RetryPolicy.none();
        ConsumerListener listener = incident -> {};
        ConsumerOptions options = DEFAULTS.withConcurrency(1)
                .withBatchSize(2)
                .withMaxInFlight(3)
                .withMaxDeferred(11)
                .withMaxInFlightBytes(4)
                .withStartAt(StartAt.after("5"))
                .withMaxEvents(6)
                .withDrainTimeout(Duration.ofMillis(7))
                .withConsumerName("eight")
                .withExtra(Map.of("nine", 9))
                .withKeyField(Examples.LENT, "loan.book")
                .withRetries(retries)
                .withRetries(Examples.LENT, RetryPolicy.defaults())
                .withFailurePolicy(policy)
                .withHealthCheck(check, Duration.ofMillis(10))
                .withListener(listener);

        assertThat(options.concurrency()).isEqualTo(1);
        assertThat(options.batchSize()).isEqualTo(2);
        assertThat(options.maxInFlight()).isEqualTo(3);
        assertThat(options.maxDeferred()).isEqualTo(11);
        assertThat(options.maxInFlightBytes()).isEqualTo(4);
        assertThat(options.startAt()).isEqualTo(StartAt.after("5"));
        assertThat(options.maxEvents()).isEqualTo(6);
        assertThat(options.drainTimeout()).isEqualTo(Duration.ofMillis(7));
        assertThat(options.consumerName()).isEqualTo("eight");
        assertThat(options.extra()).isEqualTo(Map.of("nine", 9));
        assertThat(options.keyFields()).isEqualTo(Map.of(Examples.LENT.eventType(), "loan.book"));
        assertThat(options.retries()).isSameAs(retries);
        assertThat(options.retriesByType()).isEqualTo(Map.of(Examples.LENT.eventType(), RetryPolicy.defaults()));
        assertThat(options.failurePolicy()).isSameAs(policy);
        assertThat(options.healthCheck()).isSameAs(check);
        assertThat(options.healthCheckInterval()).isEqualTo(Duration.ofMillis(10));
        assertThat(options.listener()).isSameAs(listener);
        assertThat(DEFAULTS.concurrency()).isEqualTo(8);
    }

    @Test
    void keyFieldsOfSeveralEventsAddUp() {
        ConsumerOptions options = DEFAULTS.withKeyField(Examples.LENT, "loan.book")
                .withKeyField(Examples.RETURNED, "loan.days")
                .withKeyField(Examples.LENT, "loan.days");

        assertThat(options.keyFields())
                .isEqualTo(Map.of(Examples.LENT.eventType(), "loan.days", Examples.RETURNED.eventType(), "loan.days"));
    }

    @Test
    void whatCannotBeIsNamedWithItsValueAndWhatItMustBe() {
        assertRefused(() -> DEFAULTS.withConcurrency(0), "concurrency must be at least 1, but was 0");
        assertRefused(() -> DEFAULTS.withBatchSize(-3), "batchSize must be at least 1, but was -3");
        assertRefused(() -> DEFAULTS.withMaxInFlight(0), "maxInFlight must be at least 1, but was 0");
        assertRefused(() -> DEFAULTS.withMaxInFlightBytes(0), "maxInFlightBytes must be at least 1, but was 0");
        assertRefused(() -> DEFAULTS.withMaxEvents(-1), "maxEvents must be at least 0, but was -1");
        assertRefused(() -> DEFAULTS.withDrainTimeout(Duration.ofSeconds(-1)), "drainTimeout", "PT-1S");
        assertRefused(() -> DEFAULTS.withDrainTimeout(Duration.ofSeconds(Long.MAX_VALUE)), "drainTimeout", "PT8760H");
        assertRefused(() -> DEFAULTS.withKeyField(Examples.LENT, "loan.boko"), "loan.boko", "'book'");
        assertRefused(() -> DEFAULTS.withConsumerName(" "), "consumerName must not be blank");
    }

    @Test
    void doesNotChangeWhenWhatItWasMadeOfDoes() {
        Map<String, Object> extra = new HashMap<>(Map.of("a", 1));
        ConsumerOptions options = DEFAULTS.withExtra(extra);

        extra.put("b", 2);

        assertThat(options.extra()).isEqualTo(Map.of("a", 1));
    }

    private static void assertRefused(Runnable change, String... parts) {
        assertThatThrownBy(change::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
