package dev.carillon.events.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff BACKOFF = Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(5));

    @Test
    void theDelayDoublesWithEachFailureUpToTheMaximum() {
        assertThat(millis(BACKOFF, 9)).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L, 5_000L);
    }

    @Test
    void thereIsNoDelayWithoutAFailure() {
        assertThat(BACKOFF.delay(0)).isZero();
        assertThat(BACKOFF.withJitter(1).delay(0)).isZero();
    }

    @Test
    void anInitialDelayOfZeroNeverGrows() {
        assertThat(millis(Backoff.exponential(Duration.ZERO, Duration.ofSeconds(5)), 100))
                .containsOnly(0L);
    }

    @Test
    void manyFailuresDoNotOverflow() {
        for (int failures : List.of(7, 32, 33, 63, 64, 65, 128, 1_000, Integer.MAX_VALUE)) {
            assertThat(BACKOFF.delay(failures)).as("%s failures", failures).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void theShortestInitialDelayGrowsToTheLongestMaximum() {
        Backoff backoff = Backoff.exponential(Duration.ofNanos(1), Duration.ofNanos(Long.MAX_VALUE));

        assertThat(backoff.delayNanos(63)).isEqualTo(1L << 62);
        assertThat(backoff.delayNanos(64)).isEqualTo(Long.MAX_VALUE);
        assertThat(backoff.delayNanos(65)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aDelayThatDoesNotFitIntoNanosecondsIsCut() {
        Duration thousandYears = Duration.ofDays(365_000);

        assertThat(Backoff.exponential(thousandYears, thousandYears).delayNanos(1))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void jitterShortensADelayByAtMostItsPart() {
        Backoff backoff = BACKOFF.withJitter(0.2);

        assertThat(backoff.withRandom(() -> 0).delay(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.withRandom(() -> 0.5).delay(1)).isEqualTo(Duration.ofMillis(90));
        assertThat(backoff.withRandom(() -> 0.5).delay(100)).isEqualTo(Duration.ofMillis(4_500));
        assertThat(backoff.withRandom(() -> 0.999_999).delay(2))
                .isBetween(Duration.ofMillis(160), Duration.ofMillis(161));
    }

    @Test
    void jitterDiffersBetweenCalls() {
        Backoff backoff = BACKOFF.withJitter(1);

        assertThat(IntStream.range(0, 100).mapToLong(i -> backoff.delayNanos(1)).distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void theInitialDelayMustNotExceedTheMaximum() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.exponential(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessage("initialDelay must be from PT0S to maxDelay, but they were PT2S and PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.exponential(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .withMessage("initialDelay must be from PT0S to maxDelay, but they were PT-1S and PT1S");
    }

    @Test
    void theJitterMustBeFromZeroToOne() {
        for (double jitter : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BACKOFF.withJitter(jitter))
                    .withMessage("jitter must be from 0 to 1, but was " + jitter);
        }
    }

    @Test
    void theNumberOfFailuresMustNotBeNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BACKOFF.delay(-1))
                .withMessage("failures must not be negative, but was -1");
    }

    private static List<Long> millis(Backoff backoff, int failures) {
        return IntStream.rangeClosed(1, failures)
                .mapToObj(made -> backoff.delay(made).toMillis())
                .toList();
    }
}
