package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.testkit.contract.ContractEvents.Step;
import dev.carillon.testkit.contract.DeadLetterContract.Hurdles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator acts on dead letters as they were listed, and somebody else has acted on them since. */
interface SeveralOperatorsContract extends ContractTest {

    /** Steps 0 and 1 of Ada are dead letters, and no consumer runs. */
    private void failTwice() {
        Hurdles hurdles = new Hurdles(bench().service("reader"), new Step("ada", 0), new Step("ada", 1));
        bench().publish(stepsOf("ada", 0, 2));
        try (RunningConsumer consumer = hurdles.reader().consume(bench().group(), bench().fromEarliest())) {
            Workbench.await("dead letters", () -> consumer.counts().acknowledged() == 2);
        }
    }

    /** An operator with a connection of its own. */
    private DeadLetters operator() {
        return bench().service("operator").bus().deadLetters(bench().topic(), bench().group());
    }

    /** How many messages wait in the group's own topic, or were in it, where the broker keeps them. */
    private int redrivings() {
        return bench().raw()
                .read(GroupTopics.retry(bench().topic(), bench().group()))
                .size();
    }

    @Test
    default void whatAnotherOperatorHasDiscardedIsNotRedriven() {
        failTwice();
        DeadLetters letters = operator();
        List<DeadLetter> listed = letters.list();
        DeadLetters others = operator();
        others.discard(others.list().subList(0, 1));

        letters.redrive(listed);

        assertThat(letters.list())
                .extracting(DeadLetter::id)
                .containsExactly(listed.get(1).id());
        assertThat(redrivings()).isEqualTo(1);
    }

    @Test
    default void whatAnotherOperatorHasRedrivenIsNotRedrivenAgain() {
        failTwice();
        DeadLetters letters = operator();
        List<DeadLetter> listed = letters.list();
        DeadLetters others = operator();
        others.redrive(others.list().subList(0, 1));

        letters.redrive(listed);

        assertThat(letters.list()).hasSize(2).allMatch(letter -> letter.redriven() != null);
        assertThat(redrivings()).isEqualTo(2);
    }

    @Test
    default void whatAnotherOperatorHasRedrivenIsNotDiscarded() {
        failTwice();
        DeadLetters letters = operator();
        List<DeadLetter> listed = letters.list();
        DeadLetters others = operator();
        others.redrive(others.list().subList(0, 1));

        letters.discard(listed);

        assertThat(letters.list())
                .extracting(DeadLetter::id)
                .containsExactly(listed.get(0).id());
    }

    @Test
    default void whatWasHandledSinceItWasListedIsNoDeadLetterAgain() {
        failTwice();
        DeadLetters letters = operator();
        List<DeadLetter> listed = letters.list();
        DeadLetters others = operator();
        others.redrive(others.list());
        Hurdles mended = new Hurdles(bench().service("mended"));
        try (RunningConsumer consumer = mended.reader().consume(bench().group(), bench().fromEarliest())) {
            Workbench.await("both acknowledged", () -> consumer.counts().acknowledged() == 2);
        }
        int before = redrivings();

        letters.redrive(listed);
        letters.discard(listed);

        assertThat(letters.list()).isEmpty();
        assertThat(redrivings()).isEqualTo(before);
    }

    @Test
    default void whatWasRedrivenInVainSinceItWasListedCanBeRedrivenAndDiscarded() {
        failTwice();
        DeadLetters letters = operator();
        List<DeadLetter> listed = letters.list();
        DeadLetters others = operator();
        others.redrive(others.list());
        Hurdles inVain = new Hurdles(bench().service("in-vain"), new Step("ada", 0), new Step("ada", 1));
        try (RunningConsumer consumer = inVain.reader().consume(bench().group(), bench().fromEarliest())) {
            Workbench.await("dead letters again", () -> consumer.counts().acknowledged() == 2);
        }
        int before = redrivings();

        letters.redrive(listed.subList(0, 1));
        letters.discard(listed.subList(1, 2));

        assertThat(letters.list())
                .extracting(DeadLetter::id)
                .containsExactly(listed.get(0).id());
        assertThat(redrivings()).isEqualTo(before + 1);
    }
}
