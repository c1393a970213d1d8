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
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which messages become dead letters, and what a dead letter keeps. */
interface DeadLetterContract extends ContractPart {

    private FailingReceiver failingOn(Step... steps) {
        return new FailingReceiver(fixture().service("reader"), steps);
    }

    private DeadLetters deadLetters(Service service) {
        return service.bus().deadLetters(fixture().topic(), fixture().group());
    }

    private ConsumerOptions blockingKeys() {
        return fixture().fromEarliest().withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK));
    }

    @Test
    default void anEventThatKeepsFailingBecomesADeadLetterAndLaterEventsAreDelivered() {
        Instant before = Instant.now();
        FailingReceiver failing = failingOn(new Step("ada", 1));
        List<String> positions = fixture().publish(stepsOf("ada", 0, 4));

        RunningConsumer consumer = failing.reader()
                .consume(
                        fixture().group(),
                        fixture()
                                .fromEarliest()
                                .withRetries(RetryPolicy.defaults()
                                        .withMaxAttempts(3)
                                        .withDelays(Duration.ofMillis(1), Duration.ofMillis(1))));

        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        assertThat(consumer.counts().deadLettered()).isEqualTo(1);
        EventMetadata metadata = failing.reader().recorder().events(STEP).get(1).metadata();
        List<DeadLetter> deadLetters = deadLetters(failing.reader()).list();
        assertThat(deadLetters).hasSize(1);
        DeadLetter deadLetter = deadLetters.get(0);
        assertThat(deadLetter.topic()).isEqualTo(fixture().topic());
        assertThat(deadLetter.position()).isEqualTo(positions.get(1));
        assertThat(deadLetter.group()).isEqualTo(fixture().group());
        assertThat(deadLetter.eventType()).isEqualTo(STEP.eventType());
        assertThat(deadLetter.eventId()).isEqualTo(metadata.id().toString());
        assertThat(deadLetter.key()).isEqualTo("ada");
        assertThat(deadLetter.attempts()).isEqualTo(3);
        assertThat(deadLetter.firstFailed()).isBetween(before, Instant.now());
        assertThat(deadLetter.lastFailed()).isBetween(deadLetter.firstFailed(), Instant.now());
        assertThat(deadLetter.redrivenAt()).isNull();
        assertThat(deadLetter.cause())
                .isEqualTo(new DeadLetter.Cause(
                        DeadLetter.Kind.FAILED,
                        IllegalStateException.class.getName(),
                        "failed on step 1",
                        List.of(FailingReceiver.ID)));
        consumer.close();
        assertThat(fixture().leftFor(fixture().group(), "ada")).isEmpty();
    }

    @Test
    default void aDeadLetterKeepsTheOriginalMessage() {
        FailingReceiver failing = failingOn(new Step("ada", 7));
        RawSender raw = fixture().raw();
        List<Header> headers =
                new ArrayList<>(raw.headers(failing.reader().events().newMetadata(STEP)));
        headers.add(new Header("x-trace", new byte[] {1, 0, -1}));
        raw.send(fixture().topic(), "ada", headers, raw.bytes(new Step("ada", 7)));

        RunningConsumer consumer =
                failing.reader().consume(fixture().group(), fixture().fromEarliest());

        fixture().await("a dead letter", () -> consumer.counts().acknowledged() == 1);
        DeadLetters deadLetters = deadLetters(failing.reader());
        RawMessage kept = deadLetters.message(deadLetters.list().get(0)).orElseThrow();
        IncomingMessage original = raw.read(fixture().topic()).get(0);
        assertThat(kept.value()).isEqualTo(original.data());
        assertThat(kept.key()).isEqualTo(original.key());
        assertThat(kept.headers())
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(original.headers());
    }

    @Test
    default void anUndecodableMessageBecomesADeadLetter() {
        Service reader = fixture().service("reader");
        RawSender raw = fixture().raw();
        raw.send(fixture().topic(), "ada", raw.headers(reader.events().newMetadata(STEP)), RawSender.INVALID_DATA);
        fixture().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        reader.recorder().await(STEP, 1);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 2);
        DeadLetter deadLetter = deadLetters(reader).list().get(0);
        assertThat(deadLetter.cause().kind()).isEqualTo(DeadLetter.Kind.UNDECODABLE);
        assertThat(deadLetter.cause().text()).isNotBlank();
        assertThat(deadLetter.attempts()).isZero();
        assertThat(deadLetters(reader).message(deadLetter).orElseThrow().value())
                .endsWith(RawSender.INVALID_DATA);
    }

    @Test
    default void aForeignMessageOnARetryTopicBecomesADeadLetterOfItsTopic() {
        Service reader = fixture().service("reader");
        RawSender raw = fixture().raw();
        String position = fixture().publish(stepsOf("ada", 0, 1)).get(0);
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());
        reader.recorder().await(STEP, 1);
        List<Header> withoutTopic = List.of(Header.of("carillon-position", position));
        List<Header> malformed = List.of(
                Header.of("carillon-topic", fixture().topic()),
                Header.of("carillon-position", position),
                Header.of("carillon-partition", "-1"),
                Header.of("carillon-id", "no id"),
                Header.of("carillon-place", position),
                Header.of("carillon-attempts", "9999999999"));

        for (List<Header> claimed : List.of(withoutTopic, malformed)) {
            List<Header> headers = new ArrayList<>(raw.headers(reader.events().newMetadata(STEP)));
            headers.addAll(claimed);
            raw.send(GroupTopics.retry(fixture().topic(), fixture().group()), "ada", headers, RawSender.INVALID_DATA);
        }

        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(deadLetters(reader).list())
                .extracting(DeadLetter::topic, deadLetter -> deadLetter.cause().kind())
                .containsExactly(
                        tuple(fixture().topic(), DeadLetter.Kind.UNDECODABLE),
                        tuple(fixture().topic(), DeadLetter.Kind.UNDECODABLE));
    }

    @Test
    default void aMalformedDeadLetterStopsNothingAndCanBeDiscarded() {
        FailingReceiver failing = failingOn(new Step("ada", 0));
        String position = fixture().publish(stepsOf("ada", 0, 2)).get(0);
        RunningConsumer consumer = failing.reader().consume(fixture().group(), blockingKeys());
        fixture().await("both acknowledged", () -> consumer.counts().acknowledged() == 2);
        consumer.close();
        String place = fixture()
                .raw()
                .put(
                        GroupTopics.deadLetters(fixture().topic(), fixture().group()),
                        "0123456789ab",
                        List.of(
                                Header.of("carillon-id", "0123456789ab"),
                                Header.of("carillon-topic", fixture().topic()),
                                Header.of("carillon-position", position),
                                Header.of("carillon-group", fixture().group()),
                                Header.of("carillon-key-bytes", "odd")));

        FailingReceiver later = failingOn();
        later.reader().consume(fixture().group(), blockingKeys());
        fixture().publish(stepsOf("bob", 0, 1));

        later.reader().recorder().await(STEP, 1);
        DeadLetters deadLetters = deadLetters(later.reader());
        assertThat(deadLetters.inspect().malformed())
                .extracting(Malformed::place)
                .containsExactly(place);
        deadLetters.redrive(deadLetters.list());
        fixture().await("no dead letters", () -> deadLetters.list().isEmpty());
        deadLetters.discardMalformed(deadLetters.inspect().malformed());
        assertThat(deadLetters.inspect().malformed()).isEmpty();
    }
}
