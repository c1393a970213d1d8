package dev.carillon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contract suite refuses transports that are wrong, and accepts those that are right. */
@Execution(ExecutionMode.CONCURRENT)
class ContractSuiteTest {

    private static final String DEFECT = "carillon.contract.defect";

    /** An absent event is noticed after this time. */
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(3);

    @ExtendWith(DefectResolver.class)
    static class Everything extends TransportContract {

        private final FaultyTransports transports;
        private final Duration timeout;

        Everything(FaultyTransports transports, Duration timeout) {
            this.transports = transports;
            this.timeout = timeout;
        }

        @Override
        protected TransportProvider transport() {
            return transports;
        }

        @Override
        protected Settings settings() {
            return Settings.of(Map.of());
        }

        @Override
        protected TransportTraits traits() {
            return TransportTraits.standard()
                    .withPartitions()
                    .withForcedMoves()
                    .withLargestMessage(FaultyTransports.LARGEST_MESSAGE);
        }

        @Override
        protected Duration timeout() {
            return timeout;
        }
    }

    @ExtendWith(DefectResolver.class)
    static class Outages extends BrokerOutageContract {

        private final FaultyTransports transports;
        private final Duration timeout;

        Outages(FaultyTransports transports, Duration timeout) {
            this.transports = transports;
            this.timeout = timeout;
        }

        @Override
        protected TransportProvider transport() {
            return transports;
        }

        @Override
        protected Settings settings() {
            return Settings.of(Map.of());
        }

        @Override
        protected BrokerProcess broker() {
            return transports;
        }

        @Override
        protected TransportTraits traits() {
            return TransportTraits.standard().withPartitions();
        }

        @Override
        protected Duration timeout() {
            return timeout;
        }
    }

    /** A transport that has what every transport must have, and no more. */
    static class CoreOnly extends CoreContract {

        private final MinimalTransport transport = new MinimalTransport();

        @Override
        protected TransportProvider transport() {
            return transport;
        }

        @Override
        protected Settings settings() {
            return Settings.of(Map.of());
        }

        @Override
        protected TransportTraits traits() {
            return TransportTraits.standard().withSingleReader();
        }
    }

    /** Gives the suites a transport with the defect of this run. */
    static final class DefectResolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == FaultyTransports.class || type == Duration.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Optional<Defect> defect = context.getConfigurationParameter(DEFECT).map(Defect::valueOf);
            if (parameter.getParameter().getType() == Duration.class) {
                return defect.isPresent() ? SHORT_TIMEOUT : ContractFixture.TIMEOUT;
            }
            return new FaultyTransports(defect.orElse(null));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void refusesATransportWithADefect(Defect defect) {
        Events tests = run(defect, selector(defect));

        assertThat(tests.started().count()).as("tests of that name").isEqualTo(1);
        assertThat(tests.failed().count())
                .as("failures of %s", defect.refusedBy())
                .isEqualTo(1);
    }

    @Test
    void acceptsATransportWithoutDefectInTheSameTests() {
        Events tests = run(
                null,
                Arrays.stream(Defect.values()).map(ContractSuiteTest::selector).toArray(DiscoverySelector[]::new));

        assertThat(failures(tests)).isEmpty();
        assertThat(tests.succeeded().count()).isEqualTo(Defect.values().length);
    }

    @Test
    @Tag("thorough")
    void acceptsATransportWithoutDefectInTheWholeContract() {
        Events tests = run(null, selectClass(Everything.class), selectClass(Outages.class));

        assertThat(failures(tests)).isEmpty();
        assertThat(tests.succeeded().count()).isGreaterThan(100);
    }

    @Test
    @Tag("thorough")
    void acceptsATransportWithoutStoreAndAdministrationInTheCoreContract() {
        Events tests = run(null, selectClass(CoreOnly.class));

        assertThat(failures(tests)).isEmpty();
        assertThat(tests.succeeded().count()).isGreaterThan(50);
    }

    private static DiscoverySelector selector(Defect defect) {
        Class<?> suite = Arrays.stream(BrokerOutageContract.class.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals(defect.refusedBy()))
                ? Outages.class
                : Everything.class;
        return selectMethod(suite, defect.refusedBy());
    }

    private static Events run(@Nullable Defect defect, DiscoverySelector... selectors) {
        EngineTestKit.Builder engine = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.max-pool-size", "4")
                .selectors(selectors);
        if (defect != null) {
            engine.configurationParameter(DEFECT, defect.name());
        }
        return engine.execute().testEvents();
    }

    private static List<String> failures(Events tests) {
        return tests.failed().stream().map(Event::toString).toList();
    }
}
