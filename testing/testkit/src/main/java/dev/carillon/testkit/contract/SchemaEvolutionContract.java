package dev.carillon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.consumer.FailurePolicy.UndecodableMessage;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.testkit.EventRecorder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What happens when the record of a user's own event changes between writing and reading. Each case is one change, in both
 * directions: the reader is newer than the writer, or older. A changed event is read by Avro's rules or refused with the field
 * named; it is never delivered with wrong values.
 */
interface SchemaEvolutionContract extends ContractPart {

    /** The record before each change. The fields after the first would be read as others if they were read by position. */
    record Loan(String reader, boolean renewed, long days) {}

    /** With a nullable component, which is not the last one. */
    record LoanWithNote(String reader, @Nullable String note, boolean renewed, long days) {}

    /** With a component that has a default. */
    record LoanWithCopies(String reader, @DefaultValue("1") int copies, boolean renewed, long days) {}

    /** With a required component. */
    record LoanWithBranch(String reader, String branch, boolean renewed, long days) {}

    /** Without a component. */
    record LoanWithoutRenewed(String reader, long days) {}

    /** A component has another type, whose values are not among those of the old one. */
    record LoanWithRenewals(String reader, int renewed, long days) {}

    /** A component has a wider type. */
    record LoanWithPartialDays(String reader, boolean renewed, double days) {}

    /** A component has another name. */
    record LoanWithProlonged(String reader, boolean prolonged, long days) {}

    /** The same components, in another order. */
    record LoanReordered(long days, boolean renewed, String reader) {}

    Loan LOAN = new Loan("ada", true, 14);

    @Test
    default void anEventFromBeforeANullableFieldWasAddedHasNullThere() {
        assertRead(LOAN, Loan.class, LoanWithNote.class, new LoanWithNote("ada", null, true, 14));
    }

    @Test
    default void aNullableFieldThatTheReaderDoesNotHaveIsIgnored() {
        assertRead(new LoanWithNote("ada", "torn", true, 14), LoanWithNote.class, Loan.class, LOAN);
    }

    @Test
    default void anEventFromBeforeAFieldWithADefaultWasAddedHasTheDefaultThere() {
        assertRead(LOAN, Loan.class, LoanWithCopies.class, new LoanWithCopies("ada", 1, true, 14));
    }

    @Test
    default void aFieldWithADefaultThatTheReaderDoesNotHaveIsIgnored() {
        assertRead(new LoanWithCopies("ada", 3, true, 14), LoanWithCopies.class, Loan.class, LOAN);
    }

    @Test
    default void anEventFromBeforeARequiredFieldWasAddedIsRefusedWithTheField() {
        assertRefused(LOAN, Loan.class, LoanWithBranch.class, "loan.branch");
    }

    @Test
    default void aRequiredFieldThatTheReaderDoesNotHaveIsIgnored() {
        assertRead(new LoanWithBranch("ada", "north", true, 14), LoanWithBranch.class, Loan.class, LOAN);
    }

    @Test
    default void anEventFromBeforeAFieldWasRemovedIsReadWithoutIt() {
        assertRead(LOAN, Loan.class, LoanWithoutRenewed.class, new LoanWithoutRenewed("ada", 14));
    }

    @Test
    default void anEventWithoutAFieldThatTheReaderRequiresIsRefusedWithTheField() {
        assertRefused(new LoanWithoutRenewed("ada", 14), LoanWithoutRenewed.class, Loan.class, "loan.renewed");
    }

    @Test
    default void aFieldOfAnotherTypeIsRefusedByNewerReaders() {
        assertRefused(LOAN, Loan.class, LoanWithRenewals.class, "loan.renewed");
    }

    @Test
    default void aFieldOfAnotherTypeIsRefusedByOlderReaders() {
        assertRefused(new LoanWithRenewals("ada", 1, 14), LoanWithRenewals.class, Loan.class, "loan.renewed");
    }

    @Test
    default void aNumberIsReadAsAWiderOne() {
        assertRead(LOAN, Loan.class, LoanWithPartialDays.class, new LoanWithPartialDays("ada", true, 14.0));
    }

    @Test
    default void aNumberIsNotReadAsANarrowerOne() {
        assertRefused(new LoanWithPartialDays("ada", true, 14.0), LoanWithPartialDays.class, Loan.class, "loan.days");
    }

    @Test
    default void aRenamedFieldIsRefusedWithItsNewNameByNewerReaders() {
        assertRefused(LOAN, Loan.class, LoanWithProlonged.class, "loan.prolonged");
    }

    @Test
    default void aRenamedFieldIsRefusedWithItsOldNameByOlderReaders() {
        assertRefused(new LoanWithProlonged("ada", true, 14), LoanWithProlonged.class, Loan.class, "loan.renewed");
    }

    @Test
    default void fieldsInAnotherOrderAreReadByTheirNames() {
        assertRead(LOAN, Loan.class, LoanReordered.class, new LoanReordered(14, true, "ada"));
    }

    @Test
    default void eventsOfBothRecordsOnOneTopicAreReadInOrder() {
        Signal<Loan> before = loan(Loan.class);
        Signal<LoanWithNote> now = loan(LoanWithNote.class);
        Service reader = service(fixture(), now);
        EventRecorder recorder = reader.recorder(now);
        for (int day = 0; day < 6; day += 2) {
            send(fixture(), before, new Loan("ada", true, day));
            send(fixture(), now, new LoanWithNote("ada", "torn", false, day + 1));
        }

        RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withKeyField(now, "loan.reader"));

        recorder.await(now, 6);
        assertThat(recorder.data(now))
                .containsExactly(
                        new LoanWithNote("ada", null, true, 0),
                        new LoanWithNote("ada", "torn", false, 1),
                        new LoanWithNote("ada", null, true, 2),
                        new LoanWithNote("ada", "torn", false, 3),
                        new LoanWithNote("ada", null, true, 4),
                        new LoanWithNote("ada", "torn", false, 5));
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 6);
    }

    /** As a relay does with a row of the outbox that was written before an update. */
    @Test
    default void anEventThatWasEncodedBeforeTheRecordChangedKeepsItsSchema() {
        Signal<Loan> before = loan(Loan.class);
        Signal<LoanReordered> now = loan(LoanReordered.class);
        Service old = service(fixture(), before);
        EncodedEvent encoded = old.bus()
                .producer()
                .encode(
                        before,
                        fixture().topic(),
                        "loan.reader",
                        LOAN,
                        old.events().newMetadata(before));
        Service updated = service(fixture(), now);
        EventRecorder recorder = updated.recorder(now);

        updated.bus().producer().send(encoded).join();
        updated.consume(fixture().group(), fixture().fromEarliest());

        recorder.await(now, 1);
        assertThat(recorder.data(now)).containsExactly(new LoanReordered(14, true, "ada"));
    }

    private <W, R> void assertRead(W sent, Class<W> writerClass, Class<R> readerClass, R expected) {
        Signal<R> signal = loan(readerClass);
        Service reader = service(fixture(), signal);
        EventRecorder recorder = reader.recorder(signal);
        send(fixture(), loan(writerClass), sent);

        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        recorder.await(signal, 1);
        assertThat(recorder.data(signal)).containsExactly(expected);
        fixture().await("acknowledged", () -> consumer.counts().acknowledged() == 1);
    }

    private <W, R> void assertRefused(W sent, Class<W> writerClass, Class<R> readerClass, String field) {
        Signal<R> signal = loan(readerClass);
        Service reader = service(fixture(), signal);
        EventRecorder recorder = reader.recorder(signal);
        RecordingFailurePolicy failures = new RecordingFailurePolicy();
        send(fixture(), loan(writerClass), sent);

        RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withFailurePolicy(failures));

        fixture().await("acknowledged", () -> consumer.counts().acknowledged() == 1);
        assertThat(recorder.data(signal)).isEmpty();
        assertThat(failures.undecodable())
                .extracting(UndecodableMessage::problem)
                .hasSize(1);
        assertThat(failures.undecodable().get(0).problem()).contains(field).doesNotContain("ada");
    }

    /** A service that knows only this signal. */
    static Service service(ContractFixture fixture, Signal<?> signal) {
        return fixture.service(Events.builder()
                .serviceName("library")
                .signals(Signals.of(signal))
                .build());
    }

    /** Publishes an event from a service of its own, and waits until the broker has it. */
    static <T> void send(ContractFixture fixture, Signal<T> signal, T data) {
        Service writer = service(fixture, signal);
        writer.send(
                        fixture.topic(),
                        signal,
                        "loan.reader",
                        data,
                        writer.events().newMetadata(signal))
                .join();
    }

    static <T> Signal<T> loan(Class<T> dataClass) {
        return Signal.of("org.carillon.contract.loan.made.v1", "loan", dataClass);
    }
}
