package dev.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The definition of an event. */
class SignalTest {

    record Course(String courseKey) {}

    record Keys(String lmsUserId, @WireName("course") Course courseData, boolean isActive) {}

    record Twice(String userId, @WireName("user_id") String user) {}

    record Nothing() {}

    private static final Signal<Course> SIGNAL = Signal.of("org.example.course.made.v1", "course", Course.class);

    @Test
    void oneKeyHasTheDataClass() {
        assertThat(SIGNAL.eventType()).isEqualTo("org.example.course.made.v1");
        assertThat(SIGNAL.dataKey()).hasValue("course");
        assertThat(SIGNAL.dataKeys())
                .containsExactly(entry("course", Course.class))
                .isUnmodifiable();
        assertThat(SIGNAL.minorVersion()).isZero();
        assertThat(SIGNAL.pythonPath()).isEmpty();
        assertThat(SIGNAL.inProcessReason()).isEmpty();
        assertThat(SIGNAL).hasToString("Signal[org.example.course.made.v1]");
    }

    @Test
    void severalKeysAreTheComponentsOfARecordInTheirOrderAndUnderTheirWireNames() {
        Signal<Keys> signal = Signal.ofKeys("org.example.keys.v1", Keys.class);

        assertThat(signal.dataClass()).isEqualTo(Keys.class);
        assertThat(signal.dataKey()).isEmpty();
        assertThat(signal.dataKeys())
                .containsExactly(
                        entry("lms_user_id", String.class),
                        entry("course", Course.class),
                        entry("is_active", boolean.class))
                .isUnmodifiable();
    }

    @Test
    void whatIsAddedToADefinitionKeepsTheRest() {
        Signal<Course> full =
                SIGNAL.withMinorVersion(2).withPythonPath("events.MADE").inProcessOnly("holds a file");

        assertThat(List.of(full, full.withMinorVersion(2), full.withPythonPath("events.MADE")))
                .allSatisfy(signal -> {
                    assertThat(signal.minorVersion()).isEqualTo(2);
                    assertThat(signal.pythonPath()).hasValue("events.MADE");
                    assertThat(signal.inProcessReason()).hasValue("holds a file");
                    assertThat(signal.dataKey()).hasValue("course");
                });
        assertThat(SIGNAL.minorVersion()).isZero();
    }

    @Test
    void equalDefinitionsAreEqual() {
        Signal<Course> same = Signal.of("org.example.course.made.v1", "course", Course.class);

        assertThat(same).isEqualTo(SIGNAL).hasSameHashCodeAs(SIGNAL);
        assertThat(same.withMinorVersion(1)).isNotEqualTo(SIGNAL);
        assertThat(Signal.of("org.example.course.made.v1", "other", Course.class))
                .isNotEqualTo(SIGNAL);
        assertThat(Signal.of("org.example.course.made.v1", "course", Keys.class))
                .isNotEqualTo(SIGNAL);
        assertThat(Signal.of("org.example.course.made.v2", "course", Course.class))
                .isNotEqualTo(SIGNAL);
    }

    @Test
    void wrongDefinitionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.of(" ", "course", Course.class))
                .withMessage("eventType must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.of("a.b.v1", "", Course.class))
                .withMessage("dataKey of a.b.v1 must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.of("a.b.v1", "count", long.class))
                .withMessageContainingAll("a.b.v1", "long", "java.lang");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SIGNAL.withMinorVersion(-1))
                .withMessage("minorVersion of org.example.course.made.v1 must be 0 or more, but was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SIGNAL.withPythonPath(""))
                .withMessageContaining("pythonPath");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.ofKeys("a.b.v1", Nothing.class))
                .withMessageContainingAll("a.b.v1", "Nothing", "no components");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.ofKeys("a.b.v1", Twice.class))
                .withMessageContainingAll("a.b.v1", "Twice", "'user_id'");
    }

    @Test
    void anEventTypeWithWhitespaceOrControlCharactersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.of("book lent", "course", Course.class))
                .withMessage(
                        "eventType must not contain whitespace or control characters, but is 'book lent'; use a name such as"
                                + " org.example.library.book.lent.v1");
        for (String wrong :
                List.of("a.b.v1\n", "\ta.b.v1", "a.b\u0000.v1", "a.b\u00a0v1", "a.b\u2028v1", "a.b\u001b[2J")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Signal.of(wrong, "course", Course.class))
                    .withMessageContaining("must not contain whitespace or control characters");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Signal.ofKeys(wrong, Keys.class))
                    .withMessageContaining("must not contain whitespace or control characters");
        }
        for (String unusual : List.of("b", "Book-Lent", "org.example.bücher.v1", "a/b:c_d")) {
            assertThat(Signal.of(unusual, "course", Course.class).eventType()).isEqualTo(unusual);
        }
    }
}
