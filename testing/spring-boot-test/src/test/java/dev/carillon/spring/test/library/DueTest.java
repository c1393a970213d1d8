package dev.carillon.spring.test.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.spring.test.EventReceiverTest;
import dev.carillon.spring.test.OtherService;
import dev.carillon.testkit.EventRecorder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The receivers of one bean, by themselves. */
@EventReceiverTest(Due.class)
class DueTest {

    private static final Signal<Loan> LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);
    private static final Signal<Reminder> REMINDED =
            Signal.of("org.example.library.reader.reminded.v1", "reminder", Reminder.class);
    private static final Loan LOAN = new Loan("978-3", "ada");

    @Autowired
    private OtherService other;

    @Autowired
    private EventRecorder recorder;

    @Autowired
    private ApplicationContext context;

    @MockitoBean
    private Calendar calendar;

    @Test
    void anEventIsHandledWhenItWasDelivered() {
        other.deliver(LENT, "loans", "loan.isbn", LOAN);

        verify(calendar).enter(LOAN);
        assertThat(recorder.data(REMINDED)).containsExactly(new Reminder("ada"));
    }

    @Test
    void eachTestBeginsWithAnEmptyRecorder() {
        recorder.assertNothing();

        other.deliver(LENT, "loans", "loan.isbn", LOAN);

        assertThat(recorder.events(LENT)).hasSize(1);
    }

    @Test
    void aReceiverThatFailsAtEveryAttemptFailsTheTest() {
        doThrow(new IllegalStateException("the calendar is full"))
                .when(calendar)
                .enter(any());

        assertThatThrownBy(() -> other.deliver(LENT, "loans", "loan.isbn", LOAN))
                .isInstanceOf(AssertionError.class)
                .hasMessage("org.example.library.book.lent.v1 failed at its last attempt, in [due.lent]")
                .hasRootCauseMessage("the calendar is full");
        verify(calendar, times(5)).enter(LOAN);
    }

    @Test
    void aReceiverThatSucceedsAtTheSecondAttemptDoesNot() {
        doThrow(new IllegalStateException("the calendar is full"))
                .doNothing()
                .when(calendar)
                .enter(any());

        other.deliver(LENT, "loans", "loan.isbn", LOAN);

        verify(calendar, times(2)).enter(LOAN);
    }

    @Test
    void anEventMayBeDeliveredASecondTime() {
        var metadata = other.deliver(LENT, "loans", "loan.isbn", LOAN);

        other.deliver(LENT, "loans", "loan.isbn", LOAN, metadata);

        verify(calendar, times(2)).enter(LOAN);
    }

    @Test
    void whatNobodyWouldReceiveIsRefused() {
        assertThatThrownBy(() -> other.deliver(LENT, "lones", "loan.isbn", LOAN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not read the topic lones, but [loans]");
        assertThatThrownBy(() -> other.deliver(REMINDED, "loans", "reminder.reader", new Reminder("ada")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no receiver of org.example.library.reader.reminded.v1");
    }

    @Test
    void onlyTheNamedComponentsAreThere() {
        assertThat(context.getBeansOfType(Due.class)).hasSize(1);
        assertThat(context.getBeansOfType(Mails.class)).isEmpty();
        assertThat(context.getBean(Events.class).signals().get("org.example.library.reader.reminded.v1"))
                .isEqualTo(REMINDED);
    }
}
