package dev.carillon.bus.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsecutiveErrorsTest {

    @Test
    void isAtItsLimitAfterThisNumberOfConsecutiveErrors() {
        ConsecutiveErrors streak = new ConsecutiveErrors(Optional.of(3));

        streak.error();
        streak.error();
        assertThat(streak.isAtLimit()).isFalse();
        streak.error();
        assertThat(streak.isAtLimit()).isTrue();
        assertThat(streak.errors()).isEqualTo(3);
    }

    @Test
    void aSuccessEndsTheRow() {
        ConsecutiveErrors streak = new ConsecutiveErrors(Optional.of(2));

        streak.error();
        streak.success();
        streak.error();

        assertThat(streak.isAtLimit()).isFalse();
        assertThat(streak.errors()).isEqualTo(1);
    }

    @Test
    void whatComesAfterTheLimitChangesNothing() {
        ConsecutiveErrors streak = new ConsecutiveErrors(Optional.of(2));
        streak.error();
        streak.error();

        streak.success();
        streak.error();

        assertThat(streak.isAtLimit()).isTrue();
        assertThat(streak.errors()).isEqualTo(2);
    }

    @Test
    void withoutALimitARowHasNoEnd() {
        ConsecutiveErrors streak = new ConsecutiveErrors(Optional.empty());

        for (int i = 0; i < 10_000; i++) {
            streak.error();
        }

        assertThat(streak.isAtLimit()).isFalse();
        assertThat(streak.errors()).isEqualTo(10_000);
    }
}
