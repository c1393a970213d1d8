package dev.carillon.bus.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.TransportException;
import dev.carillon.testing.CapturedLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class BrokerBackoffTest {

    private final StoppedClock clock = new StoppedClock();

    @Test
    void theFirstWaitIsDoubledUpToFourSeconds() {
        assertThat(waits(new BrokerBackoff(clock, Duration.ofSeconds(1)), 8))
                .containsExactly(1_000L, 2_000L, 4_000L, 4_000L, 4_000L, 4_000L, 4_000L, 4_000L);
    }

    @Test
    void aFirstWaitOfNothingGrowsAllTheSame() {
        assertThat(waits(new BrokerBackoff(clock, Duration.ZERO), 20))
                .startsWith(0L, 2L, 4L, 8L)
                .endsWith(4_000L);
    }

    @Test
    void aLongerFirstWaitStays() {
        assertThat(waits(new BrokerBackoff(clock, Duration.ofSeconds(90)), 3))
                .containsExactly(90_000L, 90_000L, 90_000L);
    }

    @Test
    void afterManyFailuresItStillWaits() {
        assertThat(waits(new BrokerBackoff(clock, Duration.ofDays(365)), 100)).allMatch(millis -> millis > 0);
    }

    @Test
    void anAnswerBeginsAfresh() {
        BrokerBackoff timeout = new BrokerBackoff(clock, Duration.ofSeconds(1));
        waits(timeout, 5);

        timeout.succeeded();

        assertThat(waits(timeout, 2)).containsExactly(1_000L, 2_000L);
    }

    @Test
    void saysSoAtOnceAndThenOnceAMinute() {
        BrokerBackoff timeout = new BrokerBackoff(clock, Duration.ofSeconds(1));
        try (CapturedLog log = new CapturedLog()) {
            timeout.failed(away());
            assertThat(log.warnings()).hasSize(1);
            assertThat(log.warnings().get(0)).contains("2024-01-02T03:04:05Z", "1 attempts", "nobody there");

            for (int second = 1; second < 60; second++) {
                clock.forward(Duration.ofSeconds(1));
                timeout.failed(away());
            }
            assertThat(log.warnings()).hasSize(1);

            clock.forward(Duration.ofSeconds(1));
            timeout.failed(away());
            assertThat(log.warnings()).hasSize(2);
            assertThat(log.warnings().get(1)).contains("2024-01-02T03:04:05Z", "61 attempts");
        }
    }

    @Test
    void saysWhenTheBrokerIsBackAndThatOnce() {
        BrokerBackoff timeout = new BrokerBackoff(clock, Duration.ofSeconds(1));
        try (CapturedLog log = new CapturedLog()) {
            timeout.succeeded();
            assertThat(log.records()).isEmpty();

            timeout.failed(away());
            clock.forward(Duration.ofSeconds(75));
            timeout.succeeded();
            timeout.succeeded();

            assertThat(log.messages(Level.INFO)).containsExactly("Broker available again after 75 s");
            timeout.failed(away());
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void onlyWhatATransportDidNotExpectIsShownWithItsStackTrace() {
        try (CapturedLog log = new CapturedLog()) {
            new BrokerBackoff(clock, Duration.ZERO).failed(away());
            new BrokerBackoff(clock, Duration.ZERO).failed(new IllegalStateException("odd"));

            assertThat(log.records().get(0).getThrown()).isNull();
            assertThat(log.records().get(1).getThrown()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void theBrokerIsNotBlamedForAnUnexpectedFailure() {
        BrokerBackoff backoff = new BrokerBackoff(clock, Duration.ofSeconds(1));
        try (CapturedLog log = new CapturedLog()) {
            backoff.failed(new IllegalStateException("odd"));
            clock.forward(Duration.ofSeconds(75));
            backoff.succeeded();

            assertThat(log.warnings()).singleElement().asString().startsWith("Unexpected failure since ");
            assertThat(log.messages(Level.INFO)).containsExactly("Working again after 75 s");
        }
    }

    private static TransportException away() {
        return new TransportException("nobody there", null);
    }

    private static List<Long> waits(BrokerBackoff timeout, int failures) {
        List<Long> waits = new ArrayList<>();
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < failures; i++) {
                waits.add(timeout.failed(away()).toMillis());
            }
            assertThat(log.records()).hasSizeLessThan(2);
        }
        return waits;
    }

    private static final class StoppedClock extends Clock {
        private Instant now = Instant.parse("2024-01-02T03:04:05Z");

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
