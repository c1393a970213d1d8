package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code of a service that throws what its signature does not allow, as code in Kotlin may, ends no thread of a consumer. */
class ThrowingUserCodeTest extends EngineTest {

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException undeclared(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static Throwable failure(String kind) {
        return kind.equals("RuntimeException") ? new IllegalStateException("no ink") : new IOException("no ink");
    }

    private void fail(String receiver) {
        events.connect(LENT, receiver, event -> {
            throw new IllegalStateException("torn");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"RuntimeException", "checked exception"})
    void aFailurePolicyThatThrowsIsCalledForEachReceiverAndEndsNothing(String kind) {
        publish(3);
        fail("failing");
        fail("failing too");
        List<String> reported = new CopyOnWriteArrayList<>();
        EventConsumer consumer = consumer(options().withFailurePolicy(new FailurePolicy.Callback() {
            @Override
            public void receiverFailed(FailedDelivery failed) {
                reported.add(failed.message().position() + " " + failed.receiverName());
                throw ThrowingUserCodeTest.<RuntimeException>undeclared(failure(kind));
            }

            @Override
            public void undecodable(UndecodableMessage message) {
                reported.add(message.message().position().toString());
                throw ThrowingUserCodeTest.<RuntimeException>undeclared(failure(kind));
            }
        }));
        CompletableFuture<StopReason> end = start(consumer);

        until("all", () -> consumer.counts().acknowledged() == 3);

        assertThat(reported)
                .containsExactly(
                        "0:0 failing",
                        "0:0 failing too",
                        "0:1 failing",
                        "0:1 failing too",
                        "0:2 failing",
                        "0:2 failing too");
        assertThat(consumer.counts().undecodable()).isZero();
        consumer.close();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(StopReason.STOPPED);
    }

    @Test
    void anExceptionThatCannotBeLoggedIsAFailureLikeAnyOther() {
        publish(1);
        events.connect(LENT, "nasty", event -> {
            throw new Nasty();
        });
        EventConsumer consumer = consumer(options().withMaxEvents(1));

        assertThat(start(consumer)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(StopReason.MAX_EVENTS);
        assertThat(consumer.counts().deadLettered()).isEqualTo(1);
    }

    /** An exception whose cause throws another one. */
    private static final class Nasty extends RuntimeException {
        @Override
        public synchronized Throwable getCause() {
            throw new Nasty();
        }
    }

    @Test
    void anErrorOfTheFailurePolicyEndsTheConsumerAndTheEventStaysWithTheGroup() {
        publish(1);
        fail("failing");
        EventConsumer consumer = consumer(options().withFailurePolicy(new FailurePolicy.Callback() {
            @Override
            public void receiverFailed(FailedDelivery failed) {
                throw new Error("the output is closed");
            }

            @Override
            public void undecodable(UndecodableMessage message) {}
        }));

        assertThat(start(consumer))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withStackTraceContaining("the output is closed");
        assertThat(consumer.counts().acknowledged()).isZero();
    }

    @Test
    void aListenerThatThrowsACheckedExceptionStopsNothing() {
        publish(1);
        hear();
        broker.incident = new GroupIncident(Kind.TRIMMED, "books", "readers", 7, "from 1 to 8");
        EventConsumer consumer = consumer(options().withMaxEvents(1).withListener(incident -> {
            throw ThrowingUserCodeTest.<RuntimeException>undeclared(new IOException("no alarm"));
        }));

        assertThat(start(consumer)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(StopReason.MAX_EVENTS);
        assertThat(consumer.counts().acknowledged()).isEqualTo(1);
    }

    @Test
    void aHealthCheckThatThrowsACheckedExceptionPausesDeliveryOnlyUntilItReturnsTrue() {
        publish(1);
        hear();
        AtomicInteger calls = new AtomicInteger();
        EventConsumer consumer = consumer(options()
                .withHealthCheck(
                        () -> {
                            if (calls.getAndIncrement() < 3) {
                                throw ThrowingUserCodeTest.<RuntimeException>undeclared(new IOException("no database"));
                            }
                            return true;
                        },
                        Duration.ofMillis(10)));
        CompletableFuture<StopReason> end = start(consumer);

        until("a check that returns true", () -> calls.get() > 3);
        until("the event", () -> heard.size() == 1);

        consumer.close();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aHealthCheckThatLeavesItsThreadInterruptedIsNotCalledWithoutPause() {
        hear();
        AtomicInteger calls = new AtomicInteger();
        EventConsumer consumer = consumer(options()
                .withHealthCheck(
                        () -> {
                            calls.incrementAndGet();
                            Thread.currentThread().interrupt();
                            return true;
                        },
                        Duration.ofSeconds(30)));
        CompletableFuture<StopReason> end = start(consumer);
        until("turns", () -> consumer.health().lastPoll() != null);
        until("the first check", () -> calls.get() > 0);

        publish(3);
        until("all", () -> consumer.counts().acknowledged() == 3);

        assertThat(calls).hasValue(1);
        consumer.close();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void afterTheConsumerHasGivenUpAnEventThoseBehindItOnItsKeyAreNotBegun() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch hangs = new CountDownLatch(1);
        events.connect(LENT, "hanging", event -> {
            if (event.data().book().equals("Emma")) {
                heard.add(event.data().days());
                if (attempts.incrementAndGet() == 3) {
                    hangs.countDown();
                    new CountDownLatch(1).await();
                }
                if (event.data().days() == 0) {
                    throw new IllegalStateException("torn");
                }
            }
        });
        publish(2);
        for (int i = 0; i < 10; i++) {
            send(Examples.loan("other" + i, i)).join();
        }
        ConsumerOptions options = options()
                .withRetries(RetryPolicy.defaults().withMaxAttempts(100).withDelays(Duration.ZERO, Duration.ZERO))
                .withDrainTimeout(Duration.ZERO);
        CompletableFuture<StopReason> end;
        try (EventConsumer consumer = consumer(options)) {
            end = start(consumer);
            hangs.await();
        }

        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
        until(
                "the workers to end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("carillon-readers-worker")));
        assertThat(heard).containsExactly(0L, 0L, 0L);
    }
}
