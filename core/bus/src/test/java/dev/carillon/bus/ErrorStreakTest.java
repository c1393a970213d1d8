package dev.carillon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorStreakTest {

    @Test
    void isAtItsLimitAfterSoManyErrorsInARow() {
        ErrorStreak streak = new ErrorStreak(Optional.of(3));

        streak.error();
        streak.error();
        assertThat(streak.isAtLimit()).isFalse();
        streak.error();
        assertThat(streak.isAtLimit()).isTrue();
        assertThat(streak.errors()).isEqualTo(3);
    }

    @Test
    void aSuccessEndsTheRow() {
        ErrorStreak streak = new ErrorStreak(Optional.of(2));

        streak.error();
        streak.success();
        streak.error();

        assertThat(streak.isAtLimit()).isFalse();
        assertThat(streak.errors()).isEqualTo(1);
    }

    @Test
    void whatComesAfterTheLimitChangesNothing() {
        ErrorStreak streak = new ErrorStreak(Optional.of(2));
        streak.error();
        streak.error();

        streak.success();
        streak.error();

        assertThat(streak.isAtLimit()).isTrue();
        assertThat(streak.errors()).isEqualTo(2);
    }

    @Test
    void withoutALimitARowHasNoEnd() {
        ErrorStreak streak = new ErrorStreak(Optional.empty());

        for (int i = 0; i < 10_000; i++) {
            streak.error();
        }

        assertThat(streak.isAtLimit()).isFalse();
        assertThat(streak.errors()).isEqualTo(10_000);
    }
}
