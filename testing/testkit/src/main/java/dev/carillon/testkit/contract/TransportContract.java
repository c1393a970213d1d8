package dev.carillon.testkit.contract;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What producers and consumers promise on every transport. A transport proves itself with a subclass:
 *
 * <pre>{@code
 * class PigeonTransportContractTest extends TransportContract {
 *     @Override
 *     protected TransportProvider transport() {
 *         return new PigeonTransportProvider();
 *     }
 *
 *     @Override
 *     protected Settings settings() {
 *         return Settings.of(Map.of("EVENT_BUS_PIGEON_LOFT", LOFT.address()));
 *     }
 * }
 * }</pre>
 *
 * <p>Each test takes topics and groups of its own, so the tests can share a broker, and run side by side where JUnit is told to
 * ({@code junit.jupiter.execution.parallel.enabled}).
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class TransportContract
        implements DeliveryContract,
                OrderContract,
                GroupContract,
                SourceContract,
                FailureContract,
                RetryContract,
                ReceiverContract,
                WaitingContract,
                DeadLetterContract,
                SeveralOperatorsContract,
                ReplayContract,
                UndecodableMessageContract,
                StoppingContract,
                HealthContract,
                ProducingContract,
                AuditContract,
                AdminContract {

    private @Nullable Workbench bench;

    /** For subclasses. */
    protected TransportContract() {}

    /** The transport under test. */
    protected abstract TransportProvider transport();

    /** How to reach the broker. The suite adds short poll times. */
    protected abstract Settings settings();

    /** What sets this transport apart from others; nothing, unless overridden. */
    protected Traits traits() {
        return Traits.ordinary();
    }

    @BeforeEach
    final void openBench() {
        bench = new Workbench(transport(), settings(), traits());
    }

    @AfterEach
    final void closeBench() {
        if (bench != null) {
            bench.close();
        }
    }

    /** For the suite's own use. */
    @Override
    public final Workbench bench() {
        if (bench == null) {
            throw new IllegalStateException("No test is running");
        }
        return bench;
    }
}
