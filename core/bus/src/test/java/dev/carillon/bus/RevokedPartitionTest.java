package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.Partition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A partition goes to another member of the group while receivers are running. */
class RevokedPartitionTest extends EngineTest {

    @Test
    void anEventThatFinishesWhileAnotherIsBeingAcknowledgedIsAcknowledgedToo() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(2);
        events.connect(LENT, "waiting", event -> {
            running.countDown();
            if (!(event.data().days() == 0 ? first : second).await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not called upon");
            }
        });
        EventConsumer consumer = consumer(options().withConcurrency(8));
        broker.onAcknowledge = () -> {
            second.countDown();
            until("the second to be handled", () -> consumer.counts().delivered() == 2);
        };
        send(Examples.loan("Emma", 0)).join();
        send(Examples.loan("Persuasion", 1)).join();
        CompletableFuture<StopReason> end = start(consumer);
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

        broker.revoked = new Partition("books", 0);
        until("the partition to be revoked", () -> broker.revoked == null);
        first.countDown();
        until("both to be handled", () -> consumer.counts().delivered() == 2);
        consumer.stop();

        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(StopReason.STOPPED);
        assertThat(consumer.counts().acknowledged()).isEqualTo(2);
    }
}
