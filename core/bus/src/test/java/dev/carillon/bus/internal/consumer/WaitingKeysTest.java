package dev.carillon.bus.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.ConsumerOptions;
import org.junit.jupiter.api.Test;

class WaitingKeysTest {

    @Test
    void withFewMessagesInFlightAWorkerStillHasItsPart() {
        assertThat(WaitingKeys.Budget.of(
                                ConsumerOptions.defaults().withMaxInFlight(15).withMaxInFlightBytes(1))
                        .messages())
                .isEqualTo(1);
    }
}
