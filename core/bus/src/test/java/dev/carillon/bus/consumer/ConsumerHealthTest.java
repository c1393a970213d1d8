package dev.carillon.bus.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.ConsumerHealth.BusyWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When probes say no. */
class ConsumerHealthTest {

    private static final Instant NOW = Instant.parse("2024-01-02T03:04:05Z");
    private static final Instant JUST_NOW = NOW.minusSeconds(5);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofSeconds(61));

    private static ConsumerHealth health(Instant lastProgress, Instant lastPoll, BusyWorker... workers) {
        return new ConsumerHealth(true, lastProgress, lastPoll, true, Set.of(), List.of(workers), List.of(), 0);
    }

    @Test
    void aConsumerThatPollsIsLiveAndReady() {
        ConsumerHealth health = health(JUST_NOW, JUST_NOW, new BusyWorker(0, "steps@0:7", NOW.minusSeconds(299)));

        assertThat(health.isLive(NOW)).isTrue();
        assertThat(health.isReady(NOW)).isTrue();
    }

    @Test
    void aBrokerThatHasNotRespondedForAMinuteFailsReadinessAlone() {
        ConsumerHealth health = health(JUST_NOW, LONG_AGO);

        assertThat(health.isLive(NOW)).isTrue();
        assertThat(health.isReady(NOW)).isFalse();
    }

    @Test
    void aReceiverThatHangsForFiveMinutesFailsReadinessAlone() {
        BusyWorker hanging = new BusyWorker(3, "steps@0:7", NOW.minusSeconds(301));
        ConsumerHealth health = health(JUST_NOW, JUST_NOW, hanging);

        assertThat(health.isLive(NOW)).isTrue();
        assertThat(health.isReady(NOW)).isFalse();
        assertThat(health.stuckWorkers(NOW)).containsExactly(hanging);
    }

    @Test
    void aPollingThreadThatStandsStillFailsLiveness() {
        assertThat(health(LONG_AGO, JUST_NOW).isLive(NOW)).isFalse();
    }
}
