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

/** What becomes of messages that are no event, or none for this service: they stop nothing. */
interface UndecodableMessageContract extends ContractTest {

    @Test
    default void aMessageWithBadBytesIsReportedAndPassedOver() {
        RawSender raw = bench().raw();
        String position = raw.send(bench().topic(), "ada", headers(raw), RawSender.BAD_BYTES);

        UndecodableMessage unusable = passesOver();

        assertThat(unusable.message().position()).isEqualTo(position);
        assertThat(unusable.problem()).isNotBlank();
    }

    @Test
    default void aMessageWithABadIdIsReportedAndPassedOver() {
        HeaderNames names = bench().raw().names();

        assertThat(passesOverBadHeader(names.id(), "no-uuid").problem())
                .contains(names.id(), "must be a UUID", "7 bytes")
                .doesNotContain("no-uuid");
    }

    @Test
    default void aMessageWithABadTimeIsReportedAndPassedOver() {
        HeaderNames names = bench().raw().names();

        assertThat(passesOverBadHeader(names.time(), "yesterday").problem())
                .contains(names.time(), "must be a time", "9 bytes")
                .doesNotContain("yesterday");
    }

    @Test
    default void aMessageWithABadMinorVersionIsReportedAndPassedOver() {
        HeaderNames names = bench().raw().names();

        assertThat(passesOverBadHeader(names.minorVersion(), "seven").problem())
                .contains(names.minorVersion(), "must be a number", "5 bytes")
                .doesNotContain("seven");
    }

    @Test
    default void aMessageWithoutAnEventTypeIsReportedAndPassedOver() {
        RawSender raw = bench().raw();
        raw.send(
                bench().topic(),
                "ada",
                RawSender.without(headers(raw), raw.names().eventType()),
                raw.bytes(new Step("ada", 99)));

        assertThat(passesOver().problem()).isNotBlank();
    }

    private UndecodableMessage passesOverBadHeader(String header, String value) {
        RawSender raw = bench().raw();
        raw.send(
                bench().topic(),
                "ada",
                RawSender.with(headers(raw), header, value.getBytes(UTF_8)),
                raw.bytes(new Step("ada", 99)));
        return passesOver();
    }

    private List<Header> headers(RawSender raw) {
        return raw.headers(bench().service("writer").events().newMetadata(STEP));
    }

    /** Consumes the bad message and two good ones behind it; answers what the policy was told. */
    private UndecodableMessage passesOver() {
        bench().publish(stepsOf("ada", 0, 2));
        RecordedFailures failures = new RecordedFailures();
        Service reader = bench().service("reader");

        RunningConsumer consumer =
                reader.consume(bench().group(), bench().fromEarliest().withFailurePolicy(failures));

        assertThat(data(reader.recorder().await(STEP, 2))).containsExactlyElementsOf(stepsOf("ada", 0, 2));
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(consumer.counts().undecodable()).isEqualTo(1);
        assertThat(consumer.counts().delivered()).isEqualTo(2);
        assertThat(consumer.counts().failed()).isZero();
        assertThat(failures.undecodable()).hasSize(1);
        UndecodableMessage unusable = failures.undecodable().get(0);
        assertThat(unusable.group()).isEqualTo(bench().group());
        assertThat(unusable.message().topic()).isEqualTo(bench().topic());
        consumer.close();
        assertThat(bench().leftFor(bench().group(), "ada")).isEmpty();
        return unusable;
    }

    @Test
    default void anUnknownEventTypeIsPassedOver() {
        Service writer = bench().service("writer");
        writer.send(
                        bench().topic(),
                        FOREIGN,
                        PROBE_KEY,
                        new Probe("ada"),
                        writer.events().newMetadata(FOREIGN))
                .join();
        bench().publish(stepsOf("ada", 0, 2));
        RecordedFailures failures = new RecordedFailures();
        Service reader = bench().service("reader");

        RunningConsumer consumer =
                reader.consume(bench().group(), bench().fromEarliest().withFailurePolicy(failures));

        reader.recorder().await(STEP, 2);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(consumer.counts().unknownType()).isEqualTo(1);
        assertThat(consumer.counts().undecodable()).isZero();
        assertThat(failures.undecodable()).isEmpty();
    }

    @Test
    default void whatNobodyHearsIsAcknowledgedWithoutBeingDecoded() {
        RawSender raw = bench().raw();
        List<Header> headers = raw.headers(bench().service("writer").events().newMetadata(PROBE));
        raw.send(bench().topic(), "ada", headers, RawSender.BAD_BYTES);
        bench().publish(stepsOf("ada", 0, 2));
        RecordedFailures failures = new RecordedFailures();
        Service reader = bench().service("reader");

        RunningConsumer consumer =
                reader.consume(bench().group(), bench().fromEarliest().withFailurePolicy(failures));

        reader.recorder().await(STEP, 2);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(consumer.counts().withoutReceiver()).isEqualTo(1);
        assertThat(consumer.counts().undecodable()).isZero();
        assertThat(failures.undecodable()).isEmpty();
    }
}
