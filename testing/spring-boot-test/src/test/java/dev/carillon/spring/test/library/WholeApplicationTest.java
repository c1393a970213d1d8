package dev.carillon.spring.test.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Signal;
import dev.carillon.spring.test.AutoConfigureTestBroker;
import dev.carillon.spring.test.OtherService;
import dev.carillon.spring.test.TestBroker;
import dev.carillon.testkit.EventRecorder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** A whole application, whose settings name a broker that is not there, with a broker of the test's own. */
class WholeApplicationTest {

    private static final Signal<Loan> LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);
    private static final Signal<Reminder> REMINDED =
            Signal.of("org.example.library.reader.reminded.v1", "reminder", Reminder.class);

    abstract static class Lending {

        @Autowired
        private OtherService other;

        @Autowired
        private EventRecorder recorder;

        @MockitoBean
        @SuppressWarnings("UnusedVariable") // it stands in for the real one
        private Mails mails;

        @Test
        void receivesFromTheTestBroker() {
            other.deliver(LENT, "loans", "loan.isbn", new Loan("978-3", "ada"));

            assertThat(recorder.await(REMINDED).data().reader()).isEqualTo("ada");
        }
    }

    @Nested
    @SpringBootTest
    @AutoConfigureTestBroker
    class InMemory extends Lending {

        @Autowired
        private ObjectProvider<MemoryBroker> memory;

        @Test
        void usesNoOtherBroker() {
            assertThat(memory.getIfAvailable()).isNotNull();
        }
    }

    @Nested
    @SpringBootTest
    @AutoConfigureTestBroker(TestBroker.REDIS)
    class OnRedis extends Lending {}

    @Nested
    @Tag("thorough")
    @SpringBootTest
    @AutoConfigureTestBroker(TestBroker.KAFKA)
    class OnKafka extends Lending {}
}
