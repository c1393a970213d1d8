package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How dead letters are redriven and discarded. */
interface RedriveContract extends ContractPart {

    private FailingReceiver failingOn(Step... steps) {
        return new FailingReceiver(fixture().service("reader"), steps);
    }

    private DeadLetters deadLetters(Service service) {
        return service.bus().deadLetters(fixture().topic(), fixture().group());
    }

    @Test
    default void aRedrivenEventReachesOnlyItsGroupAndOnlyTheReceiverThatFailed() {
        FailingReceiver failing = failingOn(new Step("ada", 1), new Step("bob", 0));
        Service other = fixture().service("other");
        List<Step> steps = new ArrayList<>(stepsOf("ada", 0, 3));
        steps.addAll(stepsOf("bob", 0, 1));
        fixture().publish(steps);
        RunningConsumer consumer =
                failing.reader().consume(fixture().group(), fixture().fromEarliest());
        RunningConsumer others =
                other.consume(fixture().group("others"), fixture().fromEarliest());
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        other.recorder().await(STEP, 4);
        failing.repair();
        List<Step> again = new CopyOnWriteArrayList<>();
        failing.reader().events().connect(STEP, event -> again.add(event.data()), ReceiverOptions.id("new-receiver"));

        DeadLetters deadLetters = deadLetters(failing.reader());
        deadLetters.redrive(deadLetters.list());

        fixture().await("no dead letters", () -> deadLetters.list().isEmpty());
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 6);
        assertThat(failing.reader().recorder().data(STEP)).hasSize(4);
        assertThat(again).isEmpty();
        assertThat(others.counts().received()).isEqualTo(4);
        assertThat(other.recorder().data(STEP)).hasSize(4);
    }

    @Test
    default void anEventThatFailsAfterItsRedriveIsTheSameDeadLetterAgain() {
        FailingReceiver failing = failingOn(new Step("ada", 0));
        fixture().publish(stepsOf("ada", 0, 1));
        RunningConsumer consumer =
                failing.reader().consume(fixture().group(), fixture().fromEarliest());
        fixture().await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        DeadLetters deadLetters = deadLetters(failing.reader());
        DeadLetter first = deadLetters.list().get(0);

        deadLetters.redrive(deadLetters.list());

        fixture().await("the second acknowledgement", () -> consumer.counts().acknowledged() == 2);
        assertThat(deadLetters.list()).hasSize(1);
        DeadLetter second = deadLetters.list().get(0);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.position()).isEqualTo(first.position());
        assertThat(second.firstFailed()).isEqualTo(first.firstFailed());
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(second.redrivenAt()).isNull();
    }

    @Test
    default void aDeadLetterThatIsDiscardedIsGone() {
        FailingReceiver failing = failingOn(new Step("ada", 0), new Step("ada", 1));
        fixture().publish(stepsOf("ada", 0, 2));
        RunningConsumer consumer =
                failing.reader().consume(fixture().group(), fixture().fromEarliest());
        fixture().await("dead letters", () -> consumer.counts().acknowledged() == 2);
        DeadLetters deadLetters = deadLetters(failing.reader());

        deadLetters.discard(deadLetters.list().subList(0, 1));

        assertThat(deadLetters.list())
                .extracting(deadLetter -> deadLetter.cause().text())
                .containsExactly("failed on step 1");
    }
}
