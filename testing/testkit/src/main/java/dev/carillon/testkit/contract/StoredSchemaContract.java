package dev.carillon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.deadletter.Replay;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.events.Signal;
import dev.carillon.testkit.EventRecorder;
import dev.carillon.testkit.contract.SchemaEvolutionContract.Loan;
import dev.carillon.testkit.contract.SchemaEvolutionContract.LoanReordered;
import dev.carillon.testkit.contract.SchemaEvolutionContract.LoanWithBranch;
import dev.carillon.testkit.contract.SchemaEvolutionContract.LoanWithNote;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Dead letters and replayed events keep their schema when the record of a user's own event has changed meanwhile. */
interface StoredSchemaContract extends ContractPart {

    private DeadLetters deadLetters(Service service) {
        return service.bus().deadLetters(fixture().topic(), fixture().group());
    }

    @Test
    default void aDeadLetterIsRedrivenToAReaderWhoseRecordHasChanged() {
        Signal<Loan> before = SchemaEvolutionContract.loan(Loan.class);
        Service old = SchemaEvolutionContract.service(fixture(), before);
        old.events()
                .connect(
                        before,
                        event -> {
                            throw new IllegalStateException("not yet");
                        },
                        ReceiverOptions.id("loans"));
        SchemaEvolutionContract.send(fixture(), before, SchemaEvolutionContract.LOAN);
        RunningConsumer first = old.consumeUnrecorded(
                List.of(fixture().topic()), fixture().group(), fixture().fromEarliest());
        fixture().await("a dead letter", () -> first.counts().acknowledged() == 1);
        first.close();

        Signal<LoanWithNote> now = SchemaEvolutionContract.loan(LoanWithNote.class);
        Service updated = SchemaEvolutionContract.service(fixture(), now);
        List<LoanWithNote> received = new CopyOnWriteArrayList<>();
        updated.events().connect(now, event -> received.add(event.data()), ReceiverOptions.id("loans"));
        updated.consumeUnrecorded(
                List.of(fixture().topic()), fixture().group(), fixture().fromEarliest());
        DeadLetters deadLetters = deadLetters(updated);
        deadLetters.redrive(deadLetters.list());

        fixture().await("no dead letters", () -> deadLetters.list().isEmpty());
        assertThat(received).containsExactly(new LoanWithNote("ada", null, true, 14));
    }

    @Test
    default void aRefusedEventIsReadAfterTheRecordWasMended() {
        Signal<LoanWithBranch> wrong = SchemaEvolutionContract.loan(LoanWithBranch.class);
        Service broken = SchemaEvolutionContract.service(fixture(), wrong);
        EventRecorder none = broken.recorder(wrong);
        SchemaEvolutionContract.send(fixture(), SchemaEvolutionContract.loan(Loan.class), SchemaEvolutionContract.LOAN);
        RunningConsumer first = broken.consume(fixture().group(), fixture().fromEarliest());
        fixture().await("a dead letter", () -> first.counts().acknowledged() == 1);
        first.close();
        DeadLetter refused = deadLetters(broken).list().get(0);
        assertThat(refused.cause().kind()).isEqualTo(DeadLetter.Kind.UNDECODABLE);
        assertThat(refused.cause().text()).contains("loan.branch");
        assertThat(none.data(wrong)).isEmpty();

        Signal<LoanWithNote> right = SchemaEvolutionContract.loan(LoanWithNote.class);
        Service mended = SchemaEvolutionContract.service(fixture(), right);
        EventRecorder recorder = mended.recorder(right);
        mended.consume(fixture().group(), fixture().fromEarliest());
        DeadLetters deadLetters = deadLetters(mended);
        deadLetters.redrive(deadLetters.list());

        recorder.await(right, 1);
        assertThat(recorder.data(right)).containsExactly(new LoanWithNote("ada", null, true, 14));
        fixture().await("no dead letters", () -> deadLetters.list().isEmpty());
    }

    @Test
    default void eventsAreReplayedByTheirKeyToAReaderWhoseRecordHasChanged() {
        Signal<Loan> before = SchemaEvolutionContract.loan(Loan.class);
        SchemaEvolutionContract.send(fixture(), before, SchemaEvolutionContract.LOAN);
        SchemaEvolutionContract.send(fixture(), before, new Loan("bob", false, 7));
        Signal<LoanReordered> now = SchemaEvolutionContract.loan(LoanReordered.class);
        Service reader = SchemaEvolutionContract.service(fixture(), now);
        EventRecorder recorder = reader.recorder(now);
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 2);

        Replay replay =
                reader.bus().replay(fixture().topic(), fixture().group(), Map.of(now.eventType(), "loan.reader"));
        assertThat(replay.keys(Set.of("bob")).run()).isEqualTo(1);

        recorder.await(now, 3);
        assertThat(recorder.data(now).get(2)).isEqualTo(new LoanReordered(7, false, "bob"));
    }
}
