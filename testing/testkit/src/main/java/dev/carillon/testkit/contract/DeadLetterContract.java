package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.deadletter.DeadLetters.Malformed;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What becomes of an event that a group cannot handle, and how it comes back. */
interface DeadLetterContract extends ContractTest {

    /** A receiver that fails on the steps that are in the way. */
    final class Hurdles {
        private final Set<Step> inTheWay = ConcurrentHashMap.newKeySet();
        private final Service reader;

        Hurdles(Service reader, Step... steps) {
            this.reader = reader;
            this.inTheWay.addAll(List.of(steps));
            reader.events()
                    .connect(
                            STEP,
                            event -> {
                                if (inTheWay.contains(event.data())) {
                                    throw new IllegalStateException(
                                            "fell over " + event.data().number());
                                }
                            },
                            ReceiverOptions.id("hurdler"));
        }

        void clear() {
            inTheWay.clear();
        }

        Service reader() {
            return reader;
        }
    }

    private Hurdles hurdles(Step... steps) {
        return new Hurdles(bench().service("reader"), steps);
    }

    private DeadLetters letters(Service service) {
        return service.bus().deadLetters(bench().topic(), bench().group());
    }

    private ConsumerOptions holding() {
        return bench().fromEarliest().withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK));
    }

    private static List<Step> stepsOfLetters(Service service, List<DeadLetter> letters, String learner) {
        List<String> ids = letters.stream()
                .filter(letter -> learner.equals(letter.key()))
                .map(DeadLetter::eventId)
                .toList();
        Map<String, Step> published = service.published();
        return ids.stream().map(published::get).toList();
    }

    @Test
    default void anEventThatKeepsFailingBecomesADeadLetterAndThoseBehindItGoOn() {
        Instant before = Instant.now();
        Hurdles hurdles = hurdles(new Step("ada", 1));
        List<String> positions = bench().publish(stepsOf("ada", 0, 4));

        RunningConsumer consumer = hurdles.reader()
                .consume(
                        bench().group(),
                        bench().fromEarliest()
                                .withRetries(RetryPolicy.defaults()
                                        .withMaxAttempts(3)
                                        .withDelays(Duration.ofMillis(1), Duration.ofMillis(1))));

        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        assertThat(consumer.counts().deadLettered()).isEqualTo(1);
        EventMetadata metadata = hurdles.reader().recorder().events(STEP).get(1).metadata();
        List<DeadLetter> letters = letters(hurdles.reader()).list();
        assertThat(letters).hasSize(1);
        DeadLetter letter = letters.get(0);
        assertThat(letter.topic()).isEqualTo(bench().topic());
        assertThat(letter.position()).isEqualTo(positions.get(1));
        assertThat(letter.group()).isEqualTo(bench().group());
        assertThat(letter.eventType()).isEqualTo(STEP.eventType());
        assertThat(letter.eventId()).isEqualTo(metadata.id().toString());
        assertThat(letter.key()).isEqualTo("ada");
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.firstFailed()).isBetween(before, Instant.now());
        assertThat(letter.lastFailed()).isBetween(letter.firstFailed(), Instant.now());
        assertThat(letter.redriven()).isNull();
        assertThat(letter.cause())
                .isEqualTo(new DeadLetter.Cause(
                        DeadLetter.Kind.FAILED,
                        IllegalStateException.class.getName(),
                        "fell over 1",
                        List.of("hurdler")));
        consumer.close();
        assertThat(bench().leftFor(bench().group(), "ada")).isEmpty();
    }

    @Test
    default void aDeadLetterHoldsTheMessageAsItCame() {
        Hurdles hurdles = hurdles(new Step("ada", 7));
        RawSender raw = bench().raw();
        List<Header> headers =
                new ArrayList<>(raw.headers(hurdles.reader().events().newMetadata(STEP)));
        headers.add(new Header("x-trace", new byte[] {1, 0, -1}));
        raw.send(bench().topic(), "ada", headers, raw.bytes(new Step("ada", 7)));

        RunningConsumer consumer = hurdles.reader().consume(bench().group(), bench().fromEarliest());

        Workbench.await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        DeadLetters letters = letters(hurdles.reader());
        RawMessage kept = letters.message(letters.list().get(0)).orElseThrow();
        IncomingMessage original = raw.read(bench().topic()).get(0);
        assertThat(kept.value()).isEqualTo(original.data());
        assertThat(kept.key()).isEqualTo(original.key());
        assertThat(kept.headers())
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(original.headers());
    }

    @Test
    default void aMessageThatIsNoEventBecomesADeadLetterToo() {
        Service reader = bench().service("reader");
        RawSender raw = bench().raw();
        raw.send(bench().topic(), "ada", raw.headers(reader.events().newMetadata(STEP)), RawSender.BAD_BYTES);
        bench().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());

        reader.recorder().await(STEP, 1);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 2);
        DeadLetter letter = letters(reader).list().get(0);
        assertThat(letter.cause().kind()).isEqualTo(DeadLetter.Kind.UNDECODABLE);
        assertThat(letter.cause().text()).isNotBlank();
        assertThat(letter.attempts()).isZero();
        assertThat(letters(reader).message(letter).orElseThrow().value()).endsWith(RawSender.BAD_BYTES);
    }

    @Test
    default void whatSomebodyElsePutsOnARetryTopicBecomesADeadLetterOfItsTopicToo() {
        Service reader = bench().service("reader");
        RawSender raw = bench().raw();
        bench().publish(stepsOf("ada", 0, 1));
        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());
        reader.recorder().await(STEP, 1);
        List<Header> withoutTopic = List.of(Header.of("carillon-position", "0:7"));
        List<Header> odd = List.of(
                Header.of("carillon-topic", bench().topic()),
                Header.of("carillon-position", "0:7"),
                Header.of("carillon-partition", "-1"),
                Header.of("carillon-id", "no id"),
                Header.of("carillon-place", "0:7"),
                Header.of("carillon-attempts", "9999999999"));

        for (List<Header> claimed : List.of(withoutTopic, odd)) {
            List<Header> headers = new ArrayList<>(raw.headers(reader.events().newMetadata(STEP)));
            headers.addAll(claimed);
            raw.send(GroupTopics.retry(bench().topic(), bench().group()), "ada", headers, RawSender.BAD_BYTES);
        }

        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(letters(reader).list())
                .extracting(DeadLetter::topic, letter -> letter.cause().kind())
                .containsExactly(
                        tuple(bench().topic(), DeadLetter.Kind.UNDECODABLE),
                        tuple(bench().topic(), DeadLetter.Kind.UNDECODABLE));
    }

    @Test
    default void aRedrivenEventComesToItsGroupAloneAndToTheReceiverThatFailedAlone() {
        Hurdles hurdles = hurdles(new Step("ada", 1), new Step("bob", 0));
        Service other = bench().service("other");
        List<Step> steps = new ArrayList<>(stepsOf("ada", 0, 3));
        steps.addAll(stepsOf("bob", 0, 1));
        bench().publish(steps);
        RunningConsumer consumer = hurdles.reader().consume(bench().group(), bench().fromEarliest());
        RunningConsumer others = other.consume(bench().group("others"), bench().fromEarliest());
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        other.recorder().await(STEP, 4);
        hurdles.clear();
        List<Step> again = new java.util.concurrent.CopyOnWriteArrayList<>();
        hurdles.reader().events().connect(STEP, event -> again.add(event.data()), ReceiverOptions.id("newcomer"));

        DeadLetters letters = letters(hurdles.reader());
        letters.redrive(letters.list());

        Workbench.await("no dead letters", () -> letters.list().isEmpty());
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 6);
        assertThat(hurdles.reader().recorder().data(STEP)).hasSize(4);
        assertThat(again).isEmpty();
        assertThat(others.counts().received()).isEqualTo(4);
        assertThat(other.recorder().data(STEP)).hasSize(4);
    }

    @Test
    default void anEventThatIsRedrivenInVainIsTheSameDeadLetterAgain() {
        Hurdles hurdles = hurdles(new Step("ada", 0));
        bench().publish(stepsOf("ada", 0, 1));
        RunningConsumer consumer = hurdles.reader().consume(bench().group(), bench().fromEarliest());
        Workbench.await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        DeadLetters letters = letters(hurdles.reader());
        DeadLetter first = letters.list().get(0);

        letters.redrive(letters.list());

        Workbench.await("it acknowledged again", () -> consumer.counts().acknowledged() == 2);
        assertThat(letters.list()).hasSize(1);
        DeadLetter second = letters.list().get(0);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.position()).isEqualTo(first.position());
        assertThat(second.firstFailed()).isEqualTo(first.firstFailed());
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(second.redriven()).isNull();
    }

    @Test
    default void aDeadLetterThatIsDiscardedIsGone() {
        Hurdles hurdles = hurdles(new Step("ada", 0), new Step("ada", 1));
        bench().publish(stepsOf("ada", 0, 2));
        RunningConsumer consumer = hurdles.reader().consume(bench().group(), bench().fromEarliest());
        Workbench.await("dead letters", () -> consumer.counts().acknowledged() == 2);
        DeadLetters letters = letters(hurdles.reader());

        letters.discard(letters.list().subList(0, 1));

        assertThat(letters.list()).extracting(letter -> letter.cause().text()).containsExactly("fell over 1");
    }

    @Test
    default void whereAKeyIsHeldTheEventsBehindAPoisonEventAreKeptInOrderUntilItIsRedriven() {
        Hurdles hurdles = hurdles(new Step("ada", 1));
        List<Step> steps = new ArrayList<>(stepsOf("ada", 0, 4));
        steps.addAll(stepsOf("bob", 0, 2));
        bench().publish(steps);
        RunningConsumer consumer = hurdles.reader().consume(bench().group(), holding());
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 6);
        consumer.close();

        Hurdles later = hurdles(new Step("ada", 1));
        bench().publish(stepsOf("ada", 4, 5));
        RunningConsumer restarted = later.reader().consume(bench().group(), holding());

        Workbench.await("the next one acknowledged", () -> restarted.counts().acknowledged() == 1);
        DeadLetters letters = letters(later.reader());
        assertThat(stepsOfLetters(bench().sender(), letters.list(), "ada"))
                .containsExactlyElementsOf(stepsOf("ada", 1, 5));
        assertThat(letters.list())
                .extracting(letter -> letter.cause().kind())
                .containsExactly(
                        DeadLetter.Kind.FAILED, DeadLetter.Kind.BLOCKED, DeadLetter.Kind.BLOCKED, DeadLetter.Kind.BLOCKED);
        assertThat(hurdles.reader().recorder().data(STEP)).doesNotContain(new Step("ada", 2));
        assertThat(later.reader().recorder().data(STEP)).isEmpty();

        later.clear();
        letters.redrive(letters.list());

        Workbench.await("no dead letters", () -> letters.list().isEmpty());
        assertThat(later.reader().recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 2, 5));
        bench().publish(stepsOf("ada", 5, 6));
        later.reader().recorder().await(STEP, 4);
        assertThat(letters.list()).isEmpty();
    }

    /** A redriving may be cut short, too, so that what is marked as redriven was never sent. */
    @Test
    default void anEventIsNotHandledBeforeThoseThatWereRedrivenLaterAndStandBeforeIt() {
        Hurdles hurdles = hurdles(new Step("ada", 0));
        bench().publish(stepsOf("ada", 0, 3));
        RunningConsumer consumer = hurdles.reader().consume(bench().group(), holding());
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        consumer.close();
        DeadLetters letters = letters(hurdles.reader());
        List<DeadLetter> inOrder = letters.list();

        letters.redrive(inOrder.subList(1, 3));
        letters.redrive(inOrder.subList(0, 1));

        Service later = bench().service("later");
        List<Step> handled = new java.util.concurrent.CopyOnWriteArrayList<>();
        later.events().connect(STEP, event -> handled.add(event.data()), ReceiverOptions.id("hurdler"));
        later.consume(bench().group(), holding());
        Workbench.await("the first one handled", () -> handled.contains(new Step("ada", 0)));
        Workbench.await(
                "the others kept again",
                () -> letters.list().size() == 2
                        && letters.list().stream().allMatch(letter -> letter.redriven() == null));
        letters.redrive(letters.list());
        Workbench.await("no dead letters", () -> letters.list().isEmpty());
        assertThat(handled).containsExactlyElementsOf(stepsOf("ada", 0, 3));
    }

    @Test
    default void aDeadLetterStaysWhatItIsWhenItsEventComesASecondTime() {
        Hurdles hurdles = hurdles(new Step("ada", 0));
        bench().publish(stepsOf("ada", 0, 2));
        RunningConsumer consumer = hurdles.reader().consume(bench().group(), holding());
        Workbench.await("both acknowledged", () -> consumer.counts().acknowledged() == 2);
        DeadLetters letters = letters(hurdles.reader());
        List<DeadLetter> before = letters.list();

        hurdles.reader().bus().replay(bench().topic(), bench().group()).run();

        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        assertThat(letters.list()).usingRecursiveComparison().isEqualTo(before);
        assertThat(before.get(0).cause().text()).isEqualTo("fell over 0");
    }

    @Test
    default void aKeyIsHeldNoLongerWhenItsDeadLettersAreDiscarded() {
        Hurdles hurdles = hurdles(new Step("ada", 0));
        bench().publish(stepsOf("ada", 0, 2));
        RunningConsumer consumer = hurdles.reader().consume(bench().group(), holding());
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 2);
        consumer.close();
        DeadLetters letters = letters(hurdles.reader());
        assertThat(letters.list()).hasSize(2);

        letters.discard(letters.list());

        bench().publish(stepsOf("ada", 2, 4));
        Service later = bench().service("later");
        later.consume(bench().group(), holding());
        later.recorder().await(STEP, 2);
        assertThat(later.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 2, 4));
        assertThat(letters.list()).isEmpty();
    }

    @Test
    default void whatIsNoDeadLetterAmongThemStopsNothingAndCanBeDiscarded() {
        Hurdles hurdles = hurdles(new Step("ada", 0));
        bench().publish(stepsOf("ada", 0, 2));
        RunningConsumer consumer = hurdles.reader().consume(bench().group(), holding());
        Workbench.await("both acknowledged", () -> consumer.counts().acknowledged() == 2);
        consumer.close();
        String place = bench().raw()
                .keep(
                        GroupTopics.deadLetters(bench().topic(), bench().group()),
                        "0123456789ab",
                        List.of(
                                Header.of("carillon-id", "0123456789ab"),
                                Header.of("carillon-topic", bench().topic()),
                                Header.of("carillon-position", "0:0"),
                                Header.of("carillon-group", bench().group()),
                                Header.of("carillon-key-bytes", "odd")));

        Hurdles later = hurdles();
        later.reader().consume(bench().group(), holding());
        bench().publish(stepsOf("bob", 0, 1));

        later.reader().recorder().await(STEP, 1);
        DeadLetters letters = letters(later.reader());
        assertThat(letters.inspect().malformed())
                .extracting(Malformed::place)
                .containsExactly(place);
        letters.redrive(letters.list());
        Workbench.await("no dead letters", () -> letters.list().isEmpty());
        letters.discardMalformed(letters.inspect().malformed());
        assertThat(letters.inspect().malformed()).isEmpty();
    }

    /** Topic "a" and group "b-c", topic "a-b" and group "c" have topics of their own by the same names. */
    @Test
    default void groupsWhoseTopicsHaveTheSameNamesKeepTheirDeadLettersApart() {
        String otherTopic = bench().topic() + "-b";
        Hurdles hurdles = hurdles(new Step("ada", 1));
        Hurdles others = hurdles(new Step("ada", 2));
        DeadLetters letters = hurdles.reader().bus().deadLetters(bench().topic(), "b-" + bench().group());
        DeadLetters otherLetters = others.reader().bus().deadLetters(otherTopic, bench().group());
        bench().publish(List.of(new Step("ada", 1)));
        bench().publish(otherTopic, List.of(new Step("ada", 2)));
        RunningConsumer consumer =
                hurdles.reader().consume(List.of(bench().topic()), "b-" + bench().group(), holding());
        RunningConsumer other = others.reader().consume(List.of(otherTopic), bench().group(), holding());
        Workbench.await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        Workbench.await("a dead letter of the other group", () -> other.counts().acknowledged() == 1);
        other.close();
        assertThat(letters.list()).extracting(DeadLetter::topic).containsExactly(bench().topic());
        assertThat(otherLetters.list()).extracting(DeadLetter::topic).containsExactly(otherTopic);
        hurdles.clear();
        others.clear();

        otherLetters.redrive(otherLetters.list());
        letters.redrive(letters.list());

        Workbench.await("both acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(letters.list()).isEmpty();
        assertThat(otherLetters.list()).hasSize(1);
        assertThat(consumer.counts().delivered()).isEqualTo(2);
        Hurdles later = hurdles();
        RunningConsumer restarted = later.reader().consume(List.of(otherTopic), bench().group(), holding());
        Workbench.await("no dead letters", () -> otherLetters.list().isEmpty());
        assertThat(restarted.counts().delivered()).isEqualTo(1);
    }
}
