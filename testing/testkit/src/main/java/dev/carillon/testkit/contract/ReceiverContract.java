package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import dev.carillon.events.Subscription;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Receivers and their dead letters: several for one signal, without ids, renamed, interrupted, out of memory. */
interface ReceiverContract extends ContractPart {

    /** Records its steps; fails on all of them while it is broken. */
    final class RecordingReceiver implements Receiver<Step> {
        private final List<Step> received = new CopyOnWriteArrayList<>();
        private volatile boolean broken;

        @Override
        public void receive(Event<Step> event) {
            received.add(event.data());
            if (broken) {
                throw new IllegalStateException("receiver failed");
            }
        }
    }

    private static Subscription connectFailing(Events events, AtomicInteger calls) {
        return events.connect(STEP, event -> {
            calls.incrementAndGet();
            throw new IllegalStateException("receiver failed");
        });
    }

    private static void connectCounting(Events events, AtomicInteger calls) {
        events.connect(STEP, event -> calls.incrementAndGet());
    }

    private ConsumerOptions twice() {
        return fixture()
                .fromEarliest()
                .withRetries(RetryPolicy.defaults()
                        .withMaxAttempts(2)
                        .withDelays(Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private DeadLetters deadLetters(Service service) {
        return service.bus().deadLetters(fixture().topic(), fixture().group());
    }

    @Test
    default void ofTwoLambdasWithoutIdsOnlyTheFailingOneIsRetriedAndNamedInTheDeadLetter() {
        AtomicInteger failing = new AtomicInteger();
        AtomicInteger counting = new AtomicInteger();
        Service reader = fixture().service("reader");
        connectFailing(reader.events(), failing);
        connectCounting(reader.events(), counting);
        fixture().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer =
                reader.consumeUnrecorded(List.of(fixture().topic()), fixture().group(), twice());

        fixture().await("acknowledgement", () -> consumer.counts().acknowledged() == 1);
        assertThat(failing).hasValue(2);
        assertThat(counting).hasValue(1);
        assertThat(consumer.counts().failed()).isEqualTo(1);
        assertThat(deadLetters(reader).list())
                .singleElement()
                .satisfies(deadLetter -> assertThat(deadLetter.cause().receivers())
                        .containsExactly(ReceiverContract.class.getName() + ".connectFailing"));
    }

    @Test
    default void ofTwoReceiversOfOneClassOnlyTheFailingOneIsRetried() {
        RecordingReceiver good = new RecordingReceiver();
        RecordingReceiver bad = new RecordingReceiver();
        bad.broken = true;
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "bad", bad);
        reader.events().connect(STEP, "good", good);
        fixture().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer =
                reader.consumeUnrecorded(List.of(fixture().topic()), fixture().group(), twice());

        fixture().await("acknowledgement", () -> consumer.counts().acknowledged() == 1);
        assertThat(bad.received).hasSize(2);
        assertThat(good.received).hasSize(1);
        assertThat(deadLetters(reader).list())
                .singleElement()
                .satisfies(
                        deadLetter -> assertThat(deadLetter.cause().receivers()).containsExactly("bad"));
    }

    @Test
    default void receiversThatShareANameAreRefusedAtTheStartWithAHint() {
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, event -> {});
        reader.events().connect(STEP, event -> {});
        reader.events().connect(STEP, new RecordingReceiver());
        reader.events().connect(STEP, new RecordingReceiver());

        RunningConsumer consumer =
                reader.consumeUnrecorded(List.of(fixture().topic()), fixture().group(), twice());

        assertThatThrownBy(consumer::awaitEnd)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("receiversThatShareANameAreRefusedAtTheStart")
                .hasMessageContaining(RecordingReceiver.class.getName())
                .hasMessageContaining(STEP.eventType())
                .hasMessageContaining("events.connect(signal, \"award\", receiver)");
    }

    @Test
    default void aReceiverThatSharesANameIsRefusedWhenItIsConnectedWhileAConsumerRuns() {
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, new RecordingReceiver());
        RunningConsumer consumer = reader.consume(fixture().group(), twice());
        fixture().publish(stepsOf("ada", 0, 1));
        reader.recorder().await(STEP, 1);

        assertThatThrownBy(() -> reader.events().connect(STEP, new RecordingReceiver()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(RecordingReceiver.class.getName());

        assertThat(consumer.hasEnded()).isFalse();
    }

    @Test
    default void aRedrivenDeadLetterWhoseReceiverWasRenamedStaysUntilThatReceiverIsBack() {
        Service reader = fixture().service("reader");
        RecordingReceiver award = new RecordingReceiver();
        award.broken = true;
        Subscription old = reader.events().connect(STEP, "award", award);
        fixture().publish(stepsOf("ada", 0, 1));
        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(fixture().topic()), fixture().group(), fixture().fromEarliest());
        fixture().await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        old.disconnect();
        RecordingReceiver renamed = new RecordingReceiver();
        Subscription renamedSubscription = reader.events().connect(STEP, "award-certificate", renamed);

        DeadLetters deadLetters = deadLetters(reader);
        DeadLetter.Cause firstCause = deadLetters.list().get(0).cause();
        deadLetters.redrive(deadLetters.list());

        fixture().await("the second acknowledgement", () -> consumer.counts().acknowledged() == 2);
        assertThat(renamed.received).isEmpty();
        DeadLetter kept = deadLetters.list().get(0);
        assertThat(kept.redrivenAt()).isNull();
        assertThat(kept.cause().receivers()).containsExactly("award");
        assertThat(kept.cause().text()).contains("this service has no receiver with this id", firstCause.text());
        assertThat(kept.cause().failure()).isEqualTo(firstCause.failure());

        renamedSubscription.disconnect();
        reader.events().connect(STEP, "award", renamed);
        deadLetters.redrive(deadLetters.list());

        fixture().await("no dead letters", () -> deadLetters.list().isEmpty());
        assertThat(renamed.received).containsExactly(new Step("ada", 0));
    }

    @Test
    default void aRedrivenDeadLetterWhoseReceiverIsGoneStays() {
        Service reader = fixture().service("reader");
        RecordingReceiver award = new RecordingReceiver();
        award.broken = true;
        Subscription only = reader.events().connect(STEP, "award", award);
        fixture().publish(stepsOf("ada", 0, 1));
        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(fixture().topic()), fixture().group(), fixture().fromEarliest());
        fixture().await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        only.disconnect();

        DeadLetters deadLetters = deadLetters(reader);
        deadLetters.redrive(deadLetters.list());

        fixture().await("the second acknowledgement", () -> consumer.counts().acknowledged() == 2);
        assertThat(deadLetters.list())
                .singleElement()
                .satisfies(
                        deadLetter -> assertThat(deadLetter.cause().receivers()).containsExactly("award"));
    }

    @Test
    default void aDeadLetterStillNamesAnAbsentReceiverAfterAnotherFailsAgain() {
        Service reader = fixture().service("reader");
        RecordingReceiver award = new RecordingReceiver();
        RecordingReceiver mail = new RecordingReceiver();
        award.broken = true;
        mail.broken = true;
        Subscription old = reader.events().connect(STEP, "award", award);
        reader.events().connect(STEP, "mail", mail);
        fixture().publish(stepsOf("ada", 0, 1));
        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(fixture().topic()), fixture().group(), fixture().fromEarliest());
        fixture().await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        old.disconnect();
        DeadLetters deadLetters = deadLetters(reader);

        deadLetters.redrive(deadLetters.list());
        fixture().await("the second acknowledgement", () -> consumer.counts().acknowledged() == 2);
        assertThat(receiversOf(deadLetters)).containsExactlyInAnyOrder("award", "mail");

        reader.bus().replay(fixture().topic(), fixture().group()).run();
        fixture().await("acknowledgement of the replay", () -> consumer.counts().acknowledged() == 3);
        assertThat(receiversOf(deadLetters)).containsExactlyInAnyOrder("award", "mail");

        award.broken = false;
        mail.broken = false;
        reader.events().connect(STEP, "award", award);
        deadLetters.redrive(deadLetters.list());
        fixture().await("no dead letters", () -> deadLetters.list().isEmpty());
        assertThat(award.received).as("failed, and handled").hasSize(2);
        assertThat(mail.received).as("failed three times, and handled").hasSize(4);
    }

    private static List<String> receiversOf(DeadLetters deadLetters) {
        List<DeadLetter> listed = deadLetters.list();
        assertThat(listed).hasSize(1);
        return listed.get(0).cause().receivers();
    }

    @Test
    default void anExceptionWhoseMessageThrowsIsAFailureLikeAnyOther() {
        AtomicInteger counting = new AtomicInteger();
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "silent", event -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("no message");
                }
            };
        });
        connectCounting(reader.events(), counting);
        fixture().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer =
                reader.consumeUnrecorded(List.of(fixture().topic()), fixture().group(), twice());

        fixture().await("acknowledgement", () -> consumer.counts().acknowledged() == 1);
        assertThat(counting).hasValue(1);
        assertThat(receiversOf(deadLetters(reader))).containsExactly("silent");
    }

    @Test
    default void anInterruptAtTheLastAttemptStopsNeitherDeadLetteringNorTheConsumer() {
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "interrupted", event -> {
            if (event.data().number() == 0) {
                throw new InterruptedException("thrown by the test");
            }
            if (event.data().number() == 1) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("receiver failed");
            }
        });
        fixture().publish(stepsOf("ada", 0, 3));

        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(deadLetters(reader).list()).hasSize(2);
        assertThat(consumer.hasEnded()).isFalse();
    }

    @Test
    default void anEventForWhichThereIsNotEnoughMemoryBecomesADeadLetter() {
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "greedy", event -> {
            if (event.data().number() == 1) {
                assertThat(new long[Integer.MAX_VALUE]).isEmpty();
            }
        });
        fixture().publish(stepsOf("ada", 0, 3));

        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(deadLetters(reader).list())
                .singleElement()
                .satisfies(deadLetter ->
                        assertThat(deadLetter.cause().failure()).isEqualTo(OutOfMemoryError.class.getName()));
    }

    @Test
    default void aFinalFailureOfAnUnhealthyServiceIsNotRetried() {
        AtomicBoolean healthy = new AtomicBoolean(true);
        AtomicInteger failing = new AtomicInteger();
        AtomicInteger counting = new AtomicInteger();
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "failing", event -> {
            failing.incrementAndGet();
            healthy.set(false);
            throw new UnsupportedOperationException("can never be handled");
        });
        reader.events().connect(STEP, "counting", event -> counting.incrementAndGet());
        fixture().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(fixture().topic()),
                fixture().group(),
                fixture()
                        .fromEarliest()
                        .withRetries(RetryPolicy.defaults().abortOn(UnsupportedOperationException.class))
                        .withHealthCheck(healthy::get, Duration.ofMillis(5)));
        fixture()
                .await(
                        "the consumer to pause",
                        () -> failing.get() == 1 && !consumer.health().healthCheckPassed());
        healthy.set(true);

        fixture().await("acknowledgement", () -> consumer.counts().acknowledged() == 1);
        assertThat(failing).hasValue(1);
        assertThat(counting).hasValue(1);
        assertThat(deadLetters(reader).list())
                .singleElement()
                .satisfies(
                        deadLetter -> assertThat(deadLetter.cause().receivers()).containsExactly("failing"));
    }
}
