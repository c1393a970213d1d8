package dev.carillon.bus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendCapacityTest {

    private static final long FOREVER = TimeUnit.DAYS.toNanos(1);
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(20);

    private final SendCapacity capacity = new SendCapacity(2);

    @Test
    void failsWhenNoSendCompletesWithinTheStallTimeout() throws Exception {
        assertThat(capacity.acquireUnlessStalled(FOREVER, SOON)).isTrue();
        assertThat(capacity.acquireUnlessStalled(FOREVER, SOON)).isTrue();

        assertThat(capacity.acquireUnlessStalled(FOREVER, SOON)).isFalse();

        capacity.release();
        assertThat(capacity.acquireUnlessStalled(FOREVER, SOON)).isTrue();
    }

    @Test
    void waitsNoLongerThanTheTimeout() throws Exception {
        assertThat(capacity.acquire(FOREVER)).isTrue();
        assertThat(capacity.acquire(FOREVER)).isTrue();

        assertThat(capacity.acquireUnlessStalled(SOON, FOREVER)).isFalse();
    }

    @Test
    void waitsUntilASendCompletes() throws Exception {
        assertThat(capacity.acquire(FOREVER)).isTrue();
        assertThat(capacity.acquire(FOREVER)).isTrue();
        CompletableFuture<Boolean> third = CompletableFuture.supplyAsync(() -> {
            try {
                return capacity.acquireUnlessStalled(FOREVER, FOREVER);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        capacity.release();

        assertThat(third.join()).isTrue();
        assertThat(capacity.inFlight()).isEqualTo(2);
    }
}
