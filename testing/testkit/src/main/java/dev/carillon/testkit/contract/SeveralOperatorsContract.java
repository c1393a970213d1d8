package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators act on dead letters that another operator or a consumer has changed since they were listed. */
interface SeveralOperatorsContract extends ContractPart {

    /** Makes dead letters of two steps; no consumer is left running. */
    private void failTwice() {
        FailingReceiver failing =
                new FailingReceiver(fixture().service("reader"), new Step("ada", 0), new Step("ada", 1));
        fixture().publish(stepsOf("ada", 0, 2));
        try (RunningConsumer consumer =
                failing.reader().consume(fixture().group(), fixture().fromEarliest())) {
            fixture().await("dead letters", () -> consumer.counts().acknowledged() == 2);
        }
    }

    /** The dead letters, over a separate connection. */
    private DeadLetters operator() {
        return fixture()
                .service("operator")
                .bus()
                .deadLetters(fixture().topic(), fixture().group());
    }

    /** The number of messages on the retry topic of the group. */
    private int retryTopicLength() {
        return fixture()
                .raw()
                .read(GroupTopics.retry(fixture().topic(), fixture().group()))
                .size();
    }

    @Test
    default void aDeadLetterThatAnotherOperatorDiscardedIsNotRedriven() {
        failTwice();
        DeadLetters deadLetters = operator();
        List<DeadLetter> listed = deadLetters.list();
        DeadLetters others = operator();
        others.discard(others.list().subList(0, 1));

        deadLetters.redrive(listed);

        assertThat(deadLetters.list())
                .extracting(DeadLetter::id)
                .containsExactly(listed.get(1).id());
        assertThat(retryTopicLength()).isEqualTo(1);
    }

    @Test
    default void aDeadLetterThatAnotherOperatorRedroveIsNotRedrivenAgain() {
        failTwice();
        DeadLetters deadLetters = operator();
        List<DeadLetter> listed = deadLetters.list();
        DeadLetters others = operator();
        others.redrive(others.list().subList(0, 1));

        deadLetters.redrive(listed);

        assertThat(deadLetters.list()).hasSize(2).allMatch(deadLetter -> deadLetter.redrivenAt() != null);
        assertThat(retryTopicLength()).isEqualTo(2);
    }

    @Test
    default void aDeadLetterThatAnotherOperatorRedroveIsNotDiscarded() {
        failTwice();
        DeadLetters deadLetters = operator();
        List<DeadLetter> listed = deadLetters.list();
        DeadLetters others = operator();
        others.redrive(others.list().subList(0, 1));

        deadLetters.discard(listed);

        assertThat(deadLetters.list())
                .extracting(DeadLetter::id)
                .containsExactly(listed.get(0).id());
    }

    @Test
    default void aDeadLetterThatWasHandledSinceItWasListedStaysGone() {
        failTwice();
        DeadLetters deadLetters = operator();
        List<DeadLetter> listed = deadLetters.list();
        DeadLetters others = operator();
        others.redrive(others.list());
        FailingReceiver repaired = new FailingReceiver(fixture().service("repaired"));
        try (RunningConsumer consumer =
                repaired.reader().consume(fixture().group(), fixture().fromEarliest())) {
            fixture().await("both acknowledged", () -> consumer.counts().acknowledged() == 2);
        }
        int before = retryTopicLength();

        deadLetters.redrive(listed);
        deadLetters.discard(listed);

        assertThat(deadLetters.list()).isEmpty();
        assertThat(retryTopicLength()).isEqualTo(before);
    }

    @Test
    default void aDeadLetterThatFailedAgainSinceItWasListedCanBeRedrivenAndDiscarded() {
        failTwice();
        DeadLetters deadLetters = operator();
        List<DeadLetter> listed = deadLetters.list();
        DeadLetters others = operator();
        others.redrive(others.list());
        FailingReceiver again = new FailingReceiver(fixture().service("again"), new Step("ada", 0), new Step("ada", 1));
        try (RunningConsumer consumer =
                again.reader().consume(fixture().group(), fixture().fromEarliest())) {
            fixture().await("dead letters again", () -> consumer.counts().acknowledged() == 2);
        }
        int before = retryTopicLength();

        deadLetters.redrive(listed.subList(0, 1));
        deadLetters.discard(listed.subList(1, 2));

        assertThat(deadLetters.list())
                .extracting(DeadLetter::id)
                .containsExactly(listed.get(0).id());
        assertThat(retryTopicLength()).isEqualTo(before + 1);
    }
}
