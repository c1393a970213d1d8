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

/** Receivers as people write them: several of a signal, lambdas without ids, interrupted, out of memory, renamed. */
interface ReceiverContract extends ContractTest {

    /** A receiver with a class of its own, which keeps what it hears. */
    final class Notes implements Receiver<Step> {
        private final List<Step> heard = new CopyOnWriteArrayList<>();
        private volatile boolean broken;

        @Override
        public void receive(Event<Step> event) {
            heard.add(event.data());
            if (broken) {
                throw new IllegalStateException("out of paper");
            }
        }
    }

    private static Subscription connectFailing(Events events, AtomicInteger calls) {
        return events.connect(STEP, event -> {
            calls.incrementAndGet();
            throw new IllegalStateException("out of chalk");
        });
    }

    private static void connectCounting(Events events, AtomicInteger calls) {
        events.connect(STEP, event -> calls.incrementAndGet());
    }

    private ConsumerOptions twice() {
        return bench().fromEarliest()
                .withRetries(
                        RetryPolicy.defaults().withMaxAttempts(2).withDelays(Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private DeadLetters deadLetters(Service service) {
        return service.bus().deadLetters(bench().topic(), bench().group());
    }

    @Test
    default void ofTwoLambdasWithoutIdsTheOneThatFailsIsCalledAgainAndNamedInTheDeadLetter() {
        AtomicInteger failing = new AtomicInteger();
        AtomicInteger counting = new AtomicInteger();
        Service reader = bench().service("reader");
        connectFailing(reader.events(), failing);
        connectCounting(reader.events(), counting);
        bench().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer = reader.consumeUnrecorded(List.of(bench().topic()), bench().group(), twice());

        Workbench.await("it acknowledged", () -> consumer.counts().acknowledged() == 1);
        assertThat(failing).hasValue(2);
        assertThat(counting).hasValue(1);
        assertThat(consumer.counts().failed()).isEqualTo(1);
        assertThat(deadLetters(reader).list())
                .singleElement()
                .satisfies(letter -> assertThat(letter.cause().receivers())
                        .containsExactly(ReceiverContract.class.getName() + ".connectFailing"));
    }

    @Test
    default void ofTwoReceiversOfOneClassTheOneThatFailsIsCalledAgain() {
        Notes good = new Notes();
        Notes bad = new Notes();
        bad.broken = true;
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "bad", bad);
        reader.events().connect(STEP, "good", good);
        bench().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer = reader.consumeUnrecorded(List.of(bench().topic()), bench().group(), twice());

        Workbench.await("it acknowledged", () -> consumer.counts().acknowledged() == 1);
        assertThat(bad.heard).hasSize(2);
        assertThat(good.heard).hasSize(1);
        assertThat(deadLetters(reader).list())
                .singleElement()
                .satisfies(letter -> assertThat(letter.cause().receivers()).containsExactly("bad"));
    }

    @Test
    default void receiversThatShareANameAreRefusedAtTheStartWithWhatToWrite() {
        Service reader = bench().service("reader");
        reader.events().connect(STEP, event -> {});
        reader.events().connect(STEP, event -> {});
        reader.events().connect(STEP, new Notes());
        reader.events().connect(STEP, new Notes());

        RunningConsumer consumer = reader.consumeUnrecorded(List.of(bench().topic()), bench().group(), twice());

        assertThatThrownBy(consumer::awaitEnd)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("receiversThatShareANameAreRefusedAtTheStart")
                .hasMessageContaining(Notes.class.getName())
                .hasMessageContaining(STEP.eventType())
                .hasMessageContaining("events.connect(signal, \"award\", receiver)");
    }

    @Test
    default void whileAConsumerRunsAReceiverThatSharesANameIsRefusedWhereItIsConnected() {
        Service reader = bench().service("reader");
        reader.events().connect(STEP, new Notes());
        RunningConsumer consumer = reader.consume(bench().group(), twice());
        bench().publish(stepsOf("ada", 0, 1));
        reader.recorder().await(STEP, 1);

        assertThatThrownBy(() -> reader.events().connect(STEP, new Notes()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Notes.class.getName());

        assertThat(consumer.hasEnded()).isFalse();
    }

    @Test
    default void aRedrivenDeadLetterWhoseReceiverWasRenamedStaysUntilItsReceiverIsThere() {
        Service reader = bench().service("reader");
        Notes award = new Notes();
        award.broken = true;
        Subscription old = reader.events().connect(STEP, "award", award);
        bench().publish(stepsOf("ada", 0, 1));
        RunningConsumer consumer =
                reader.consumeUnrecorded(List.of(bench().topic()), bench().group(), bench().fromEarliest());
        Workbench.await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        old.disconnect();
        Notes renamed = new Notes();
        Subscription renamedSubscription = reader.events().connect(STEP, "award-certificate", renamed);

        DeadLetters letters = deadLetters(reader);
        DeadLetter.Cause firstCause = letters.list().get(0).cause();
        letters.redrive(letters.list());

        Workbench.await("it acknowledged again", () -> consumer.counts().acknowledged() == 2);
        assertThat(renamed.heard).isEmpty();
        DeadLetter kept = letters.list().get(0);
        assertThat(kept.redriven()).isNull();
        assertThat(kept.cause().receivers()).containsExactly("award");
        assertThat(kept.cause().text()).contains("nobody here has this receiver's id", firstCause.text());
        assertThat(kept.cause().failure()).isEqualTo(firstCause.failure());

        renamedSubscription.disconnect();
        reader.events().connect(STEP, "award", renamed);
        letters.redrive(letters.list());

        Workbench.await("no dead letters", () -> letters.list().isEmpty());
        assertThat(renamed.heard).containsExactly(new Step("ada", 0));
    }

    @Test
    default void aRedrivenDeadLetterThatNobodyWantsAnyMoreStays() {
        Service reader = bench().service("reader");
        Notes award = new Notes();
        award.broken = true;
        Subscription only = reader.events().connect(STEP, "award", award);
        bench().publish(stepsOf("ada", 0, 1));
        RunningConsumer consumer =
                reader.consumeUnrecorded(List.of(bench().topic()), bench().group(), bench().fromEarliest());
        Workbench.await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        only.disconnect();

        DeadLetters letters = deadLetters(reader);
        letters.redrive(letters.list());

        Workbench.await("it acknowledged again", () -> consumer.counts().acknowledged() == 2);
        assertThat(letters.list())
                .singleElement()
                .satisfies(letter -> assertThat(letter.cause().receivers()).containsExactly("award"));
    }

    @Test
    default void aDeadLetterForgetsNoReceiverThatIsNotThereWhileAnotherFailsAgain() {
        Service reader = bench().service("reader");
        Notes award = new Notes();
        Notes mail = new Notes();
        award.broken = true;
        mail.broken = true;
        Subscription old = reader.events().connect(STEP, "award", award);
        reader.events().connect(STEP, "mail", mail);
        bench().publish(stepsOf("ada", 0, 1));
        RunningConsumer consumer =
                reader.consumeUnrecorded(List.of(bench().topic()), bench().group(), bench().fromEarliest());
        Workbench.await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        old.disconnect();
        DeadLetters letters = deadLetters(reader);

        letters.redrive(letters.list());
        Workbench.await("it acknowledged again", () -> consumer.counts().acknowledged() == 2);
        assertThat(receiversOf(letters)).containsExactlyInAnyOrder("award", "mail");

        reader.bus().replay(bench().topic(), bench().group()).run();
        Workbench.await("the replay acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(receiversOf(letters)).containsExactlyInAnyOrder("award", "mail");

        award.broken = false;
        mail.broken = false;
        reader.events().connect(STEP, "award", award);
        letters.redrive(letters.list());
        Workbench.await("no dead letters", () -> letters.list().isEmpty());
        assertThat(award.heard).as("failed, and handled").hasSize(2);
        assertThat(mail.heard).as("failed three times, and handled").hasSize(4);
    }

    private static List<String> receiversOf(DeadLetters letters) {
        List<DeadLetter> listed = letters.list();
        assertThat(listed).hasSize(1);
        return listed.get(0).cause().receivers();
    }

    @Test
    default void anExceptionThatCannotSayWhatItIsIsAFailureLikeAnyOther() {
        AtomicInteger counting = new AtomicInteger();
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "silent", event -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("no words");
                }
            };
        });
        connectCounting(reader.events(), counting);
        bench().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer = reader.consumeUnrecorded(List.of(bench().topic()), bench().group(), twice());

        Workbench.await("it acknowledged", () -> consumer.counts().acknowledged() == 1);
        assertThat(counting).hasValue(1);
        assertThat(receiversOf(deadLetters(reader))).containsExactly("silent");
    }

    @Test
    default void anInterruptAtTheLastAttemptEndsNeitherDeadLetteringNorTheConsumer() {
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "interrupted", event -> {
            if (event.data().number() == 0) {
                throw new InterruptedException("of a test");
            }
            if (event.data().number() == 1) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("out of chalk");
            }
        });
        bench().publish(stepsOf("ada", 0, 3));

        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());

        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(deadLetters(reader).list()).hasSize(2);
        assertThat(consumer.hasEnded()).isFalse();
    }

    @Test
    default void anEventForWhichThereIsNotEnoughMemoryBecomesADeadLetter() {
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "greedy", event -> {
            if (event.data().number() == 1) {
                assertThat(new long[Integer.MAX_VALUE]).isEmpty();
            }
        });
        bench().publish(stepsOf("ada", 0, 3));

        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());

        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(deadLetters(reader).list())
                .singleElement()
                .satisfies(letter -> assertThat(letter.cause().failure()).isEqualTo(OutOfMemoryError.class.getName()));
    }

    @Test
    default void aFinalFailureWhileTheServiceIsUnwellCallsNobodyAgain() {
        AtomicBoolean well = new AtomicBoolean(true);
        AtomicInteger failing = new AtomicInteger();
        AtomicInteger counting = new AtomicInteger();
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "failing", event -> {
            failing.incrementAndGet();
            well.set(false);
            throw new UnsupportedOperationException("no chalk, ever");
        });
        reader.events().connect(STEP, "counting", event -> counting.incrementAndGet());
        bench().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(bench().topic()),
                bench().group(),
                bench().fromEarliest()
                        .withRetries(RetryPolicy.defaults().abortOn(UnsupportedOperationException.class))
                        .withHealthCheck(well::get, Duration.ofMillis(5)));
        Workbench.await(
                "a consumer that pauses",
                () -> failing.get() == 1 && !consumer.health().healthy());
        well.set(true);

        Workbench.await("it acknowledged", () -> consumer.counts().acknowledged() == 1);
        assertThat(failing).hasValue(1);
        assertThat(counting).hasValue(1);
        assertThat(deadLetters(reader).list())
                .singleElement()
                .satisfies(letter -> assertThat(letter.cause().receivers()).containsExactly("failing"));
    }
}
