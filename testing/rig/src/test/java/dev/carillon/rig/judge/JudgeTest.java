package dev.carillon.rig.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A judge that finds nothing would let any bus pass. */
class JudgeTest {

    private static final Entry A1 = new Entry("id-a1", "a", 1);
    private static final Entry A2 = new Entry("id-a2", "a", 2);
    private static final Entry A3 = new Entry("id-a3", "a", 3);
    private static final Entry B1 = new Entry("id-b1", "b", 1);
    private static final Entry B2 = new Entry("id-b2", "b", 2);
    private static final List<Entry> LEDGER = List.of(A1, B1, A2, A3, B2);

    private static Verdict judge(List<Entry> deliveries, List<Entry> effects) {
        return Judge.judge(LEDGER, deliveries, Set.of(), effects, Set.of());
    }

    @Test
    void everyEventOnceAndInOrderOfItsKeyIsFlawless() {
        List<Entry> otherOrderOfKeys = List.of(B1, A1, B2, A2, A3);

        Verdict verdict = judge(otherOrderOfKeys, otherOrderOfKeys);

        assertThat(verdict.isFlawless()).isTrue();
        assertThat(verdict.sent()).isEqualTo(5);
        assertThat(verdict.delivered()).isEqualTo(5);
        assertThat(verdict.duplicates()).isZero();
    }

    @Test
    void aDeliveryThatComesAgainIsADuplicateAndNoFlaw() {
        Verdict verdict = judge(List.of(A1, B1, A2, A1, A2, A3, B2), LEDGER);

        assertThat(verdict.duplicates()).isEqualTo(2);
        assertThat(verdict.outOfOrder()).isEmpty();
        assertThat(verdict.isFlawless()).isTrue();
    }

    @Test
    void aLostEventIsFound() {
        List<Entry> withoutA2 = List.of(A1, B1, A3, B2);

        Verdict verdict = judge(withoutA2, withoutA2);

        assertThat(verdict.lost()).containsExactly(A2);
        assertThat(verdict.missing()).containsExactly(A2);
        assertThat(verdict.delivered()).isEqualTo(4);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void theLastEventOfAKeyIsMissedToo() {
        List<Entry> withoutB2 = List.of(A1, B1, A2, A3);

        Verdict verdict = judge(withoutB2, withoutB2);

        assertThat(verdict.lost()).containsExactly(B2);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void anEventOutOfOrderIsFound() {
        List<Entry> a3BeforeA2 = List.of(A1, B1, A3, A2, B2);

        Verdict verdict = judge(a3BeforeA2, a3BeforeA2);

        assertThat(verdict.outOfOrder()).containsExactly(A2);
        assertThat(verdict.effectsOutOfOrder()).containsExactly(A2);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void anOrderThatADuplicateSetsRightIsStillWrong() {
        Verdict verdict = judge(List.of(A1, B1, A3, A2, A3, B2), LEDGER);

        assertThat(verdict.outOfOrder()).containsExactly(A2);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void anEffectThatIsThereTwiceIsFound() {
        Verdict verdict = judge(LEDGER, List.of(A1, B1, A2, A2, A3, B2));

        assertThat(verdict.appliedTwice()).containsExactly(A2);
        assertThat(verdict.effectsOutOfOrder()).isEmpty();
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void aDeliveryWithoutEffectIsFound() {
        Verdict verdict = judge(LEDGER, List.of(A1, B1, A2, A3));

        assertThat(verdict.missing()).containsExactly(B2);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void anEventThatWasNeverCommittedIsFound() {
        Entry rolledBack = new Entry("id-rolled-back", "b", 3);
        List<Entry> withOneMore = List.of(A1, B1, A2, A3, B2, rolledBack);

        Verdict verdict = judge(withOneMore, withOneMore);

        assertThat(verdict.strangers()).containsExactly(rolledBack);
        assertThat(verdict.strangeEffects()).containsExactly(rolledBack);
        assertThat(verdict.delivered()).isEqualTo(5);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void anotherEventWithTheSameNumberIsNoReplacement() {
        Entry otherA2 = new Entry("id-other", "a", 2);

        Verdict verdict = judge(List.of(A1, B1, otherA2, A3, B2), LEDGER);

        assertThat(verdict.lost()).containsExactly(A2);
        assertThat(verdict.strangers()).containsExactly(otherA2);
    }

    @Test
    void aDeadLetterIsNotDeliveredAndNotLost() {
        Verdict verdict = Judge.judge(LEDGER, LEDGER, Set.of("id-b2"), List.of(A1, B1, A2, A3), Set.of());

        assertThat(verdict.deadLetters()).containsExactly(B2);
        assertThat(verdict.delivered()).isEqualTo(4);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.missing()).isEmpty();
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void aDeadLetterThatWasHandledAfterAllIsDelivered() {
        Verdict verdict = Judge.judge(LEDGER, LEDGER, Set.of("id-b2"), LEDGER, Set.of());

        assertThat(verdict.delivered()).isEqualTo(5);
        assertThat(verdict.isFlawless()).isTrue();
    }

    @Test
    void whatTheBrokerLostIsNotLostByTheBus() {
        List<Entry> withoutA2 = List.of(A1, B1, A3, B2);

        Verdict verdict = Judge.judge(LEDGER, withoutA2, Set.of(), withoutA2, Set.of("id-a2", "id-b2"));

        assertThat(verdict.gone()).containsExactly(A2);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.missing()).isEmpty();
        assertThat(verdict.delivered()).isEqualTo(4);
        assertThat(verdict.isFlawless()).isTrue();
    }

    @Test
    void whatTheBusLostIsFoundBesideWhatTheBrokerLost() {
        List<Entry> withoutA2AndB2 = List.of(A1, B1, A3);

        Verdict verdict = Judge.judge(LEDGER, withoutA2AndB2, Set.of(), withoutA2AndB2, Set.of("id-a2"));

        assertThat(verdict.lost()).containsExactly(B2);
        assertThat(verdict.isFlawless()).isFalse();
    }

    @Test
    void aGapInTheLedgerItselfIsFound() {
        List<Entry> gap = List.of(A1, A3);

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
    void lostEventsThatLieBehindOneAnotherAreOneRange() {
        assertThat(Range.of(LEDGER, List.of(A2, B1, B2)))
                .containsExactly(new Range(B1, A2, 2), new Range(B2, B2, 1))
                .extracting(Range::toString)
                .containsExactly("2 from b #1 (id-b1) to a #2 (id-a2)", "b #2 (id-b2)");
    }
}
