package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Poison events that block their key: later events of the key become dead letters too. */
interface BlockedKeyContract extends ContractPart {

    private FailingReceiver failingOn(Step... steps) {
        return new FailingReceiver(fixture().service("reader"), steps);
    }

    private DeadLetters deadLetters(Service service) {
        return service.bus().deadLetters(fixture().topic(), fixture().group());
    }

    private ConsumerOptions blockingKeys() {
        return fixture().fromEarliest().withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK));
    }

    private static List<Step> stepsOfDeadLetters(Service service, List<DeadLetter> deadLetters, String learner) {
        List<String> ids = deadLetters.stream()
                .filter(deadLetter -> learner.equals(deadLetter.key()))
                .map(DeadLetter::eventId)
                .toList();
        Map<String, Step> published = service.published();
        return ids.stream().map(published::get).toList();
    }

    @Test
    default void eventsOfABlockedKeyAreKeptInOrderUntilTheyAreRedriven() {
        FailingReceiver failing = failingOn(new Step("ada", 1));
        List<Step> steps = new ArrayList<>(stepsOf("ada", 0, 4));
        steps.addAll(stepsOf("bob", 0, 2));
        fixture().publish(steps);
        RunningConsumer consumer = failing.reader().consume(fixture().group(), blockingKeys());
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 6);
        consumer.close();

        FailingReceiver later = failingOn(new Step("ada", 1));
        fixture().publish(stepsOf("ada", 4, 5));
        RunningConsumer restarted = later.reader().consume(fixture().group(), blockingKeys());

        fixture()
                .await(
                        "acknowledgement of the next step",
                        () -> restarted.counts().acknowledged() == 1);
        DeadLetters deadLetters = deadLetters(later.reader());
        assertThat(stepsOfDeadLetters(fixture().sender(), deadLetters.list(), "ada"))
                .containsExactlyElementsOf(stepsOf("ada", 1, 5));
        assertThat(deadLetters.list())
                .extracting(deadLetter -> deadLetter.cause().kind())
                .containsExactly(
                        DeadLetter.Kind.FAILED,
                        DeadLetter.Kind.BLOCKED,
                        DeadLetter.Kind.BLOCKED,
                        DeadLetter.Kind.BLOCKED);
        assertThat(failing.reader().recorder().data(STEP)).doesNotContain(new Step("ada", 2));
        assertThat(later.reader().recorder().data(STEP)).isEmpty();

        later.repair();
        deadLetters.redrive(deadLetters.list());

        fixture().await("no dead letters", () -> deadLetters.list().isEmpty());
        assertThat(later.reader().recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 2, 5));
        fixture().publish(stepsOf("ada", 5, 6));
        later.reader().recorder().await(STEP, 4);
        assertThat(deadLetters.list()).isEmpty();
    }

    /** A redrive may also be interrupted: then events are marked as redriven but were never sent. */
    @Test
    default void aRedrivenEventIsNotHandledBeforeEarlierEventsOfItsKey() {
        FailingReceiver failing = failingOn(new Step("ada", 0));
        fixture().publish(stepsOf("ada", 0, 3));
        RunningConsumer consumer = failing.reader().consume(fixture().group(), blockingKeys());
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        consumer.close();
        DeadLetters deadLetters = deadLetters(failing.reader());
        List<DeadLetter> inOrder = deadLetters.list();

        deadLetters.redrive(inOrder.subList(1, 3));
        deadLetters.redrive(inOrder.subList(0, 1));

        Service later = fixture().service("later");
        List<Step> handled = new CopyOnWriteArrayList<>();
        later.events().connect(STEP, event -> handled.add(event.data()), ReceiverOptions.id(FailingReceiver.ID));
        later.consume(fixture().group(), blockingKeys());
        fixture().await("the first one handled", () -> handled.contains(new Step("ada", 0)));
        fixture()
                .await(
                        "the later steps to be dead letters again",
                        () -> deadLetters.list().size() == 2
                                && deadLetters.list().stream().allMatch(deadLetter -> deadLetter.redrivenAt() == null));
        deadLetters.redrive(deadLetters.list());
        fixture().await("no dead letters", () -> deadLetters.list().isEmpty());
        assertThat(handled).containsExactlyElementsOf(stepsOf("ada", 0, 3));
    }

    /** Positions have two digits after ten messages: comparing them as text would be wrong. */
    @Test
    default void moreThanTenDeadLettersOfAKeyAreListedAndRedrivenInOrder() {
        FailingReceiver failing = failingOn(new Step("ada", 0));
        fixture().publish(stepsOf("ada", 0, 13));
        RunningConsumer consumer = failing.reader().consume(fixture().group(), blockingKeys());
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 13);
        DeadLetters deadLetters = deadLetters(failing.reader());
        assertThat(stepsOfDeadLetters(fixture().sender(), deadLetters.list(), "ada"))
                .containsExactlyElementsOf(stepsOf("ada", 0, 13));

        failing.repair();
        deadLetters.redrive(deadLetters.list());

        fixture().await("no dead letters", () -> deadLetters.list().isEmpty());
        assertThat(failing.reader().recorder().data(STEP).subList(1, 13))
                .containsExactlyElementsOf(stepsOf("ada", 1, 13));
    }

    @Test
    default void aKeyIsUnblockedWhenItsDeadLettersAreDiscarded() {
        FailingReceiver failing = failingOn(new Step("ada", 0));
        fixture().publish(stepsOf("ada", 0, 2));
        RunningConsumer consumer = failing.reader().consume(fixture().group(), blockingKeys());
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 2);
        consumer.close();
        DeadLetters deadLetters = deadLetters(failing.reader());
        assertThat(deadLetters.list()).hasSize(2);

        deadLetters.discard(deadLetters.list());

        fixture().publish(stepsOf("ada", 2, 4));
        Service later = fixture().service("later");
        later.consume(fixture().group(), blockingKeys());
        later.recorder().await(STEP, 2);
        assertThat(later.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 2, 4));
        assertThat(deadLetters.list()).isEmpty();
    }

    @Test
    default void aDeadLetterIsUnchangedWhenItsEventIsDeliveredASecondTime() {
        FailingReceiver failing = failingOn(new Step("ada", 0));
        fixture().publish(stepsOf("ada", 0, 2));
        RunningConsumer consumer = failing.reader().consume(fixture().group(), blockingKeys());
        fixture().await("both acknowledged", () -> consumer.counts().acknowledged() == 2);
        DeadLetters deadLetters = deadLetters(failing.reader());
        List<DeadLetter> before = deadLetters.list();

        failing.reader().bus().replay(fixture().topic(), fixture().group()).run();

        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        assertThat(deadLetters.list()).usingRecursiveComparison().isEqualTo(before);
        assertThat(before.get(0).cause().text()).isEqualTo("failed on step 0");
    }

    /** Topic "a" with group "b-c" and topic "a-b" with group "c" have the same dead-letter topic. */
    @Test
    default void groupsThatShareADeadLetterTopicKeepTheirDeadLettersApart() {
        String otherTopic = fixture().topic() + "-b";
        FailingReceiver failing = failingOn(new Step("ada", 1));
        FailingReceiver others = failingOn(new Step("ada", 2));
        DeadLetters deadLetters = failing.reader()
                .bus()
                .deadLetters(fixture().topic(), "b-" + fixture().group());
        DeadLetters otherDeadLetters =
                others.reader().bus().deadLetters(otherTopic, fixture().group());
        fixture().publish(List.of(new Step("ada", 1)));
        fixture().publish(otherTopic, List.of(new Step("ada", 2)));
        RunningConsumer consumer = failing.reader()
                .consume(List.of(fixture().topic()), "b-" + fixture().group(), blockingKeys());
        RunningConsumer other =
                others.reader().consume(List.of(otherTopic), fixture().group(), blockingKeys());
        fixture().await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        fixture().await("a dead letter of the other group", () -> other.counts().acknowledged() == 1);
        other.close();
        assertThat(deadLetters.list())
                .extracting(DeadLetter::topic)
                .containsExactly(fixture().topic());
        assertThat(otherDeadLetters.list()).extracting(DeadLetter::topic).containsExactly(otherTopic);
        failing.repair();
        others.repair();

        otherDeadLetters.redrive(otherDeadLetters.list());
        deadLetters.redrive(deadLetters.list());

        fixture().await("both acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(deadLetters.list()).isEmpty();
        assertThat(otherDeadLetters.list()).hasSize(1);
        assertThat(consumer.counts().delivered()).isEqualTo(2);
        FailingReceiver later = failingOn();
        RunningConsumer restarted =
                later.reader().consume(List.of(otherTopic), fixture().group(), blockingKeys());
        fixture().await("no dead letters", () -> otherDeadLetters.list().isEmpty());
        assertThat(restarted.counts().delivered()).isEqualTo(1);
    }
}
