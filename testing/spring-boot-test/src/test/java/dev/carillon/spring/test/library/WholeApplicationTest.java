package dev.carillon.spring.test.library;

import static dev.carillon.spring.test.library.LibrarySignals.LOAN;
import static dev.carillon.spring.test.library.LibrarySignals.REMINDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.memory.MemoryBroker;
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
            other.deliver("loans", "loan.isbn", LOAN);

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
    // snippet: spring-test-broker
    @SpringBootTest
    @AutoConfigureTestBroker(TestBroker.REDIS)
    // end
    class OnRedis extends Lending {}

    @Nested
    @Tag("thorough")
    @SpringBootTest
    @AutoConfigureTestBroker(TestBroker.KAFKA)
    class OnKafka extends Lending {}
}
