package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.FOREIGN;
import static dev.carillon.testkit.contract.ContractEvents.PROBE;
import static dev.carillon.testkit.contract.ContractEvents.PROBE_KEY;
import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.data;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.FailurePolicy.UndecodableMessage;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.testkit.contract.ContractEvents.Probe;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Undecodable messages, unknown event types and events without receivers do not stop a consumer. */
interface UndecodableMessageContract extends ContractPart {

    @Test
    default void aMessageWithInvalidDataIsReportedAndSkipped() {
        RawSender raw = fixture().raw();
        String position = raw.send(fixture().topic(), "ada", headers(raw), RawSender.INVALID_DATA);

        UndecodableMessage undecodable = skipsUndecodable();

        assertThat(undecodable.message().position()).hasToString(position);
        assertThat(undecodable.problem()).isNotBlank();
    }

    @Test
    default void aMessageWithAnInvalidIdIsReportedAndSkipped() {
        HeaderNames names = fixture().raw().names();

        assertThat(skipsInvalidHeader(names.id(), "no-uuid").problem())
                .contains(names.id(), "must be a UUID", "7 bytes")
                .doesNotContain("no-uuid");
    }

    @Test
    default void aMessageWithAnInvalidTimeIsReportedAndSkipped() {
        HeaderNames names = fixture().raw().names();

        assertThat(skipsInvalidHeader(names.time(), "yesterday").problem())
                .contains(names.time(), "must be a time", "9 bytes")
                .doesNotContain("yesterday");
    }

    @Test
    default void aMessageWithAnInvalidMinorVersionIsReportedAndSkipped() {
        HeaderNames names = fixture().raw().names();

        assertThat(skipsInvalidHeader(names.minorVersion(), "seven").problem())
                .contains(names.minorVersion(), "must be a number", "5 bytes")
                .doesNotContain("seven");
    }

    @Test
    default void aMessageWithoutAnEventTypeIsReportedAndSkipped() {
        RawSender raw = fixture().raw();
        raw.send(
                fixture().topic(),
                "ada",
                RawSender.without(headers(raw), raw.names().eventType()),
                raw.bytes(new Step("ada", 99)));

        assertThat(skipsUndecodable().problem()).isNotBlank();
    }

    private UndecodableMessage skipsInvalidHeader(String header, String value) {
        RawSender raw = fixture().raw();
        raw.send(
                fixture().topic(),
                "ada",
                RawSender.with(headers(raw), header, value.getBytes(UTF_8)),
                raw.bytes(new Step("ada", 99)));
        return skipsUndecodable();
    }

    private List<Header> headers(RawSender raw) {
        return raw.headers(fixture().service("writer").events().newMetadata(STEP));
    }

    /** Consumes the undecodable message and two valid ones after it; returns what was reported to the failure policy. */
    private UndecodableMessage skipsUndecodable() {
        fixture().publish(stepsOf("ada", 0, 2));
        RecordingFailurePolicy failures = new RecordingFailurePolicy();
        Service reader = fixture().service("reader");

        RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withFailurePolicy(failures));

        assertThat(data(reader.recorder().await(STEP, 2))).containsExactlyElementsOf(stepsOf("ada", 0, 2));
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(consumer.counts().undecodable()).isEqualTo(1);
        assertThat(consumer.counts().delivered()).isEqualTo(2);
        assertThat(consumer.counts().failed()).isZero();
        assertThat(failures.undecodable()).hasSize(1);
        UndecodableMessage undecodable = failures.undecodable().get(0);
        assertThat(undecodable.group()).isEqualTo(fixture().group());
        assertThat(undecodable.message().topic()).isEqualTo(fixture().topic());
        consumer.close();
        assertThat(fixture().leftFor(fixture().group(), "ada")).isEmpty();
        return undecodable;
    }

    @Test
    default void anUnknownEventTypeIsSkipped() {
        Service writer = fixture().service("writer");
        writer.send(
                        fixture().topic(),
                        FOREIGN,
                        PROBE_KEY,
                        new Probe("ada"),
                        writer.events().newMetadata(FOREIGN))
                .join();
        fixture().publish(stepsOf("ada", 0, 2));
        RecordingFailurePolicy failures = new RecordingFailurePolicy();
        Service reader = fixture().service("reader");

        RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withFailurePolicy(failures));

        reader.recorder().await(STEP, 2);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(consumer.counts().unknownType()).isEqualTo(1);
        assertThat(consumer.counts().undecodable()).isZero();
        assertThat(failures.undecodable()).isEmpty();
    }

    @Test
    default void anEventWithoutReceiversIsAcknowledgedWithoutBeingDecoded() {
        RawSender raw = fixture().raw();
        List<Header> headers = raw.headers(fixture().service("writer").events().newMetadata(PROBE));
        raw.send(fixture().topic(), "ada", headers, RawSender.INVALID_DATA);
        fixture().publish(stepsOf("ada", 0, 2));
        RecordingFailurePolicy failures = new RecordingFailurePolicy();
        Service reader = fixture().service("reader");

        RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withFailurePolicy(failures));

        reader.recorder().await(STEP, 2);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(consumer.counts().withoutReceiver()).isEqualTo(1);
        assertThat(consumer.counts().undecodable()).isZero();
        assertThat(failures.undecodable()).isEmpty();
    }
}
