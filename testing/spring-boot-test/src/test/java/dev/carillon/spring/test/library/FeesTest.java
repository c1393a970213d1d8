package dev.carillon.spring.test.library;

import static dev.carillon.spring.test.library.LibrarySignals.LENT;
import static dev.carillon.spring.test.library.LibrarySignals.LOAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.spring.test.EventReceiverTest;
import dev.carillon.spring.test.OtherService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A receiver with an inbox, and a test that names properties of its own. */
@EventReceiverTest(receivers = Fees.class, properties = "carillon.consumer.initial-delay=2ms")
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class
})
class FeesTest {

    @Autowired
    private OtherService other;

    @Autowired
    private Fees fees;

    @DynamicPropertySource
    static void delay(DynamicPropertyRegistry properties) {
        properties.add("carillon.consumer.max-delay", () -> "3ms");
    }

    @Test
    void anEventThatIsDeliveredTwiceIsHandledOnce() {
        var metadata = other.deliver(LENT, "loans", "loan.isbn", LOAN);

        other.deliver(LENT, "loans", "loan.isbn", LOAN, metadata);

        assertThat(fees.charged()).isEqualTo(1);
    }

    @Test
    void thePropertiesOfTheTestTakePrecedence(@Autowired Environment environment) {
        assertThat(environment.getProperty("carillon.consumer.initial-delay")).isEqualTo("2ms");
        assertThat(environment.getProperty("carillon.consumer.max-delay")).isEqualTo("3ms");
        assertThat(environment.getProperty("carillon.broker")).isEqualTo("memory");
        assertThat(environment.getProperty("carillon.consumer.start-at")).isEqualTo("earliest");
    }
}
