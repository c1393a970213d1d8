package dev.carillon.testkit.contract;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What producers and consumers promise on every transport: sending, delivery, order, groups, retries, back pressure, undecodable
 * messages, health, stopping. A transport proves itself with a subclass:
 *
 * <pre>{@code
 * class FileTransportContractTest extends CoreContract {
 *     @Override
 *     protected TransportProvider transport() {
 *         return new FileTransportProvider();
 *     }
 *
 *     @Override
 *     protected Settings settings() {
 *         return Settings.of(Map.of("EVENT_BUS_FILE_FOLDER", folder.toString()));
 *     }
 * }
 * }</pre>
 *
 * <p>A transport with a {@link dev.carillon.bus.transport.MessageStore} also implements {@link StoreContract}; one with a
 * {@link dev.carillon.bus.transport.TransportAdmin} also implements {@link AdminContract}; one with both extends
 * {@link TransportContract}. Consumers of a transport without a store log what fails and acknowledge it.
 *
 * <p>Each test uses its own topics and groups. So the tests can share a broker, and run in parallel where JUnit is configured so
 * ({@code junit.jupiter.execution.parallel.enabled}).
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class CoreContract
        implements ProducingContract,
                SinkContract,
                SourceContract,
                DeliveryContract,
                OrderContract,
                GroupContract,
                FailureContract,
                RetryContract,
                WaitingContract,
                UndecodableMessageContract,
                SchemaEvolutionContract,
                StoppingContract,
                HealthContract,
                AuditContract {

    private @Nullable ContractFixture fixture;

    /** For subclasses. */
    protected CoreContract() {}

    /** The transport under test. */
    protected abstract TransportProvider transport();

    /** How to reach the broker. The suite adds short poll timeouts. */
    protected abstract Settings settings();

    /** How this transport differs from {@link TransportTraits#standard()}. */
    protected TransportTraits traits() {
        return TransportTraits.standard();
    }

    /** How long a test waits for what must happen; 60 seconds unless overridden. */
    protected Duration timeout() {
        return ContractFixture.TIMEOUT;
    }

    @BeforeEach
    final void openFixture() {
        fixture = new ContractFixture(transport(), settings(), traits(), timeout());
    }

    @AfterEach
    final void closeFixture() {
        if (fixture != null) {
            fixture.close();
        }
    }

    /** For the suite's own use. */
    @Override
    public final ContractFixture fixture() {
        if (fixture == null) {
            throw new IllegalStateException("No test is running");
        }
        return fixture;
    }
}
