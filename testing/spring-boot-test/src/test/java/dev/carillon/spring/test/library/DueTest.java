package dev.carillon.spring.test.library;

import static dev.carillon.spring.test.library.LibrarySignals.LENT;
import static dev.carillon.spring.test.library.LibrarySignals.LOAN;
import static dev.carillon.spring.test.library.LibrarySignals.REMINDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.carillon.events.Events;
import dev.carillon.spring.test.EventReceiverTest;
import dev.carillon.spring.test.OtherService;
import dev.carillon.testkit.EventRecorder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The receivers of one bean, by themselves. */
// snippet: spring-receiver-test
@EventReceiverTest(Due.class)
class DueTest {

    @Autowired
    private OtherService other;

    @Autowired
    private EventRecorder recorder;

    @MockitoBean
    private Calendar calendar;

    @Test
    void aLoanIsEnteredAndItsReaderReminded() {
        Loan loan = new Loan("978-3", "ada");

        other.deliver("loans", "loan.isbn", loan);

        verify(calendar).enter(loan);
        assertThat(recorder.data(REMINDED)).containsExactly(new Reminder("ada"));
    }
    // end

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

    /** As Spring does with the contexts of other tests. */
    @Test
    void aContextThatWasStoppedGoesOn(@Autowired ConfigurableApplicationContext context) {
        context.stop();
        other.send(LENT, "loans", "loan.isbn", LOAN);
        context.start();

        other.deliver(LENT, "loans", "loan.isbn", LOAN);

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
        assertThatThrownBy(() -> other.deliver("loans", "loan.isbn", "a loan"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("knows 0 events with data of java.lang.String");
    }

    @Test
    void onlyTheNamedComponentsAreThere(@Autowired ApplicationContext context) {
        assertThat(context.getBeansOfType(Due.class)).hasSize(1);
        assertThat(context.getBeansOfType(Mails.class)).isEmpty();
        assertThat(context.getBean(Events.class).signals().get("org.example.library.reader.reminded.v1"))
                .isEqualTo(REMINDED);
    }
}
