package dev.carillon.bus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.Examples;
import dev.carillon.bus.Examples.Course;
import dev.carillon.bus.Examples.Keys;
import dev.carillon.bus.Examples.Loan;
import dev.carillon.events.Signal;
import dev.carillon.events.TypeSerializer;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyPathTest {

    private static final Loan LOAN =
            new Loan("Emma", 14, new Course("course-v1:a+b+c", null, 3), List.of("worn"), Map.of());

    @Test
    void leadsToATextOrALong() {
        assertThat(KeyPath.of(Examples.LENT, "loan.book").read(LOAN)).isEqualTo("Emma");
        assertThat(KeyPath.of(Examples.LENT, "loan.days").read(LOAN)).isEqualTo(14L);
    }

    @Test
    void aShorterNumberIsALongAsWell() {
        assertThat(KeyPath.of(Examples.LENT, "loan.course.run").read(LOAN)).isEqualTo(3L);
    }

    @Test
    void goesByTheNamesOnTheWire() {
        assertThat(KeyPath.of(Examples.LENT, "loan.course.course_key").read(LOAN))
                .isEqualTo("course-v1:a+b+c");
        assertThatThrownBy(() -> KeyPath.of(Examples.LENT, "loan.course.key"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void beginsWithADataKeyAlsoWhereThereAreSeveral() {
        assertThat(KeyPath.of(Examples.SWAPPED, "first.book").read(new Keys(LOAN, 9)))
                .isEqualTo("Emma");
        assertThat(KeyPath.of(Examples.SWAPPED, "second").read(new Keys(LOAN, 9)))
                .isEqualTo(9L);
    }

    @Test
    void isNullWhereAPartOfTheWayIsNull() {
        assertThat(KeyPath.of(Examples.LENT, "loan.course.course_key").read(Examples.loan("Emma", 1)))
                .isNull();
        assertThat(KeyPath.of(Examples.LENT, "loan.course.title").read(LOAN)).isNull();
    }

    @Test
    void anUnknownPartIsNamedWithTheNearest() {
        assertProblem("laon.book", "'laon.book': there is no 'laon' in " + Examples.LENT.eventType(), "'loan'");
        assertProblem("loan.bok", "there is no 'bok' in Loan", "book, days, course, notes, marks", "'book'");
        assertProblem("loan.course.course_kay", "there is no 'course_kay' in Course", "'course_key'");
        assertProblem("loan.book.title", "there is no 'title' in String, which has no fields");
        assertProblem("loan..book", "there is no '' in Loan");
        assertProblem("", "there is no ''");
    }

    @Test
    void onlyASimpleValueCanBeAKey() {
        assertProblem("loan", "'loan' leads to a Loan", "one simple value");
        assertProblem("loan.course", "'loan.course' leads to a Course");
        assertProblem("loan.notes", "'loan.notes' leads to a List");
        assertProblem("loan.marks", "'loan.marks' leads to a Map");
    }

    @Test
    void aSignalWhoseDataAreNoRecordHasNoWays() {
        Signal<String> shout = Signal.of("org.example.shout.v1", "words", String.class);

        assertThat(KeyPath.of(shout, "words").read("hey")).isEqualTo("hey");
        assertThatThrownBy(() -> KeyPath.of(shout, "words.first"))
                .hasMessageContaining("there is no 'first' in String, which has no fields");
    }

    @Test
    void aValueWithASerializerIsAKeyAsItIsOnTheWire() {
        record Fine(DayOfWeek day, BigDecimal amount) {}
        Signal<Fine> paid = Signal.of("org.example.library.fine.paid.v1", "fine", Fine.class)
                .withSerializers(
                        TypeSerializer.of(DayOfWeek.class, day -> day.name().substring(0, 3), DayOfWeek::valueOf),
                        TypeSerializer.decimal());
        Fine fine = new Fine(DayOfWeek.FRIDAY, new BigDecimal("1E+2"));

        assertThat(KeyPath.of(paid, "fine.day").read(fine)).isEqualTo("FRI");
        assertThat(KeyPath.of(paid, "fine.amount").read(fine)).isEqualTo("100");
    }

    @Test
    void isShownAsItIsWritten() {
        assertThat(KeyPath.of(Examples.LENT, "loan.book")).hasToString("loan.book");
    }

    private static void assertProblem(String path, String... parts) {
        assertThatThrownBy(() -> KeyPath.of(Examples.LENT, path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
