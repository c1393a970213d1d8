package dev.carillon.rig.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A judge that finds nothing would let any bus pass. */
class JudgeTest {

    private static final RecordedEvent A1 = new RecordedEvent("id-a1", "a", 1);
    private static final RecordedEvent A2 = new RecordedEvent("id-a2", "a", 2);
    private static final RecordedEvent A3 = new RecordedEvent("id-a3", "a", 3);
    private static final RecordedEvent B1 = new RecordedEvent("id-b1", "b", 1);
    private static final RecordedEvent B2 = new RecordedEvent("id-b2", "b", 2);
    private static final List<RecordedEvent> LEDGER = List.of(A1, B1, A2, A3, B2);

    private static Verdict judge(List<RecordedEvent> deliveries, List<RecordedEvent> effects) {
        return Judge.judge(LEDGER, deliveries, Set.of(), effects, Set.of());
    }

    @Test
    void everyEventOnceAndInOrderOfItsKeyIsFlawless() {
        List<RecordedEvent> otherOrderOfKeys = List.of(B1, A1, B2, A2, A3);

        Verdict verdict = judge(otherOrderOfKeys, otherOrderOfKeys);

        assertThat(verdict.isFlawless()).isTrue();
        assertThat(verdict.sent()).isEqualTo(5);
        assertThat(verdict.delivered()).isEqualTo(5);
        assertThat(verdict.duplicates()).isZero();
    }

    @Test
    void aRepeatedDeliveryIsADuplicateAndNoFailure() {
        Verdict verdict = judge(List.of(A1, B1, A2, A1, A2, A3, B2), LEDGER);

        assertThat(verdict.duplicates()).isEqualTo(2);
        assertThat(verdict.outOfOrder()).isEmpty();
        assertThat(verdict.isFlawless()).isTrue();
    }

    @Test
    void aLostEventIsFound() {
        List<RecordedEvent> withoutA2 = List.of(A1, B1, A3, B2);

        Verdict verdict = judge(withoutA2, withoutA2);

        assertThat(verdict.lost()).containsExactly(A2);
        assertThat(verdict.missingEffects()).containsExactly(A2);
        assertThat(verdict.delivered()).isEqualTo(4);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void aLostLastEventOfAKeyIsFound() {
        List<RecordedEvent> withoutB2 = List.of(A1, B1, A2, A3);

        Verdict verdict = judge(withoutB2, withoutB2);

        assertThat(verdict.lost()).containsExactly(B2);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void anEventOutOfOrderIsFound() {
        List<RecordedEvent> a3BeforeA2 = List.of(A1, B1, A3, A2, B2);

        Verdict verdict = judge(a3BeforeA2, a3BeforeA2);

        assertThat(verdict.outOfOrder()).containsExactly(A2);
        assertThat(verdict.effectsOutOfOrder()).containsExactly(A2);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void anEventOutOfOrderIsFoundEvenIfItIsRepeatedInOrder() {
        Verdict verdict = judge(List.of(A1, B1, A3, A2, A3, B2), LEDGER);

        assertThat(verdict.outOfOrder()).containsExactly(A2);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void aDuplicateEffectIsFound() {
        Verdict verdict = judge(LEDGER, List.of(A1, B1, A2, A2, A3, B2));

        assertThat(verdict.duplicateEffects()).containsExactly(A2);
        assertThat(verdict.effectsOutOfOrder()).isEmpty();
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void aDeliveryWithoutEffectIsFound() {
        Verdict verdict = judge(LEDGER, List.of(A1, B1, A2, A3));

        assertThat(verdict.missingEffects()).containsExactly(B2);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void anEventThatWasNeverCommittedIsFound() {
        RecordedEvent rolledBack = new RecordedEvent("id-rolled-back", "b", 3);
        List<RecordedEvent> withOneMore = List.of(A1, B1, A2, A3, B2, rolledBack);

        Verdict verdict = judge(withOneMore, withOneMore);

        assertThat(verdict.uncommitted()).containsExactly(rolledBack);
        assertThat(verdict.uncommittedEffects()).containsExactly(rolledBack);
        assertThat(verdict.delivered()).isEqualTo(5);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void anotherEventWithTheSameNumberDoesNotReplaceALostOne() {
        RecordedEvent otherA2 = new RecordedEvent("id-other", "a", 2);

        Verdict verdict = judge(List.of(A1, B1, otherA2, A3, B2), LEDGER);

        assertThat(verdict.lost()).containsExactly(A2);
        assertThat(verdict.uncommitted()).containsExactly(otherA2);
    }

    @Test
    void aDeadLetterIsNotDeliveredAndNotLost() {
        Verdict verdict = Judge.judge(LEDGER, LEDGER, Set.of("id-b2"), List.of(A1, B1, A2, A3), Set.of());

        assertThat(verdict.deadLetters()).containsExactly(B2);
        assertThat(verdict.delivered()).isEqualTo(4);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.missingEffects()).isEmpty();
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void aDeadLetterWithAnEffectCountsAsDelivered() {
        Verdict verdict = Judge.judge(LEDGER, LEDGER, Set.of("id-b2"), LEDGER, Set.of());

        assertThat(verdict.delivered()).isEqualTo(5);
        assertThat(verdict.isFlawless()).isTrue();
    }

    @Test
    void anEventThatTheBrokerLostIsNotLostByTheBus() {
        List<RecordedEvent> withoutA2 = List.of(A1, B1, A3, B2);

        Verdict verdict = Judge.judge(LEDGER, withoutA2, Set.of(), withoutA2, Set.of("id-a2", "id-b2"));

        assertThat(verdict.lostByBroker()).containsExactly(A2);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.missingEffects()).isEmpty();
        assertThat(verdict.delivered()).isEqualTo(4);
        assertThat(verdict.isFlawless()).isTrue();
    }

    @Test
    void anEventThatTheBusLostIsFoundBesideOneThatTheBrokerLost() {
        List<RecordedEvent> withoutA2AndB2 = List.of(A1, B1, A3);

        Verdict verdict = Judge.judge(LEDGER, withoutA2AndB2, Set.of(), withoutA2AndB2, Set.of("id-a2"));

        assertThat(verdict.lost()).containsExactly(B2);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void aGapInTheLedgerIsFound() {
        List<RecordedEvent> gap = List.of(A1, A3);

        Verdict verdict = Judge.judge(gap, gap, Set.of(), gap, Set.of());

        assertThat(verdict.ledgerGaps()).containsExactly(A3);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void nothingSentProvesNothing() {
        assertThat(Judge.judge(List.of(), List.of(), Set.of(), List.of(), Set.of())
                        .isFlawless())
                .isFalse();
    }

    @Test
    void consecutiveLostEventsAreOneRange() {
        assertThat(Range.of(LEDGER, List.of(A2, B1, B2)))
                .containsExactly(new Range(B1, A2, 2), new Range(B2, B2, 1))
                .extracting(Range::toString)
                .containsExactly("2 from b #1 (id-b1) to a #2 (id-a2)", "b #2 (id-b2)");
    }
}
