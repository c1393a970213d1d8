package dev.carillon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.catalog.Conformance.PythonEvent;
import dev.carillon.catalog.analytics.AnalyticsSignals;
import dev.carillon.catalog.authoring.AuthoringSignals;
import dev.carillon.catalog.authz.AuthzSignals;
import dev.carillon.catalog.enterprise.EnterpriseSignals;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignalsOfTheCatalogTest {

    private static final Map<String, Class<?>> CONSTANTS = Map.of(
            "learning", LearningSignals.class,
            "content_authoring", AuthoringSignals.class,
            "enterprise", EnterpriseSignals.class,
            "analytics", AnalyticsSignals.class,
            "authz", AuthzSignals.class);

    static Stream<PythonEvent> events() {
        return Conformance.events();
    }

    @Test
    void areTheEventsOfPythonAndNoOthers() {
        List<String> types =
                Catalog.signals().all().stream().map(Signal::eventType).toList();

        assertThat(Conformance.differences(events().map(PythonEvent::eventType).toList(), types))
                .isEmpty();
        assertThat(types).isNotEmpty().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("events")
    void agreeWithPython(PythonEvent event) {
        Signal<?> signal = Catalog.signals().get(event.eventType());

        assertThat(signal.minorVersion()).isEqualTo(event.minorVersion());
        assertThat(signal.pythonPath()).contains(event.signalPath());
        assertThat(signal.dataKey()).contains(event.dataKey());
        assertThat(signal.dataClass().getName())
                .isEqualTo(Conformance.javaPackage(event.subdomain()) + "." + event.dataClass());
        assertThat(signal.dataKeys()).isEqualTo(Map.of(event.dataKey(), signal.dataClass()));
        assertThat(signal.inProcessReason().isEmpty()).isEqualTo(event.onTheBus());
    }

    @ParameterizedTest
    @MethodSource("events")
    void areFoundByTypeAndByPath(PythonEvent event) {
        assertThat(Catalog.signals().get(event.signalPath()))
                .isSameAs(Catalog.signals().get(event.eventType()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void areConstantsNamedAsInPython(PythonEvent event) throws ReflectiveOperationException {
        Class<?> constants = Objects.requireNonNull(CONSTANTS.get(event.subdomain()), event.subdomain());

        assertThat(constants.getField(event.name()).get(null))
                .isSameAs(Catalog.signals().get(event.eventType()));
    }

    @Test
    void stayInProcessOnlyWithAReason() {
        assertThat(Catalog.signals().all())
                .filteredOn(signal -> signal.inProcessReason().isPresent())
                .isNotEmpty()
                .allSatisfy(signal -> assertThat(signal.inProcessReason())
                        .hasValueSatisfying(reason -> assertThat(reason).isNotBlank()));
    }

    @Test
    void areDiscoveredOnTheClassPath() {
        Set<Signal<?>> discovered = Signals.discovered().all().stream().collect(Collectors.toSet());

        assertThat(discovered).containsAll(Catalog.signals().all());
    }

    @Test
    void arePublicFinalConstantsAndNothingElseIs() {
        List<Field> fields = CONSTANTS.values().stream()
                .flatMap(constants -> Arrays.stream(constants.getFields()))
                .toList();

        assertThat(fields).extracting(Field::getType).containsOnly(Signal.class);
        assertThat(Conformance.differences(
                        events().map(event -> event.subdomain() + "." + event.name())
                                .toList(),
                        CONSTANTS.entrySet().stream()
                                .flatMap(constants -> Arrays.stream(
                                                constants.getValue().getFields())
                                        .map(field -> constants.getKey() + "." + field.getName()))
                                .toList()))
                .isEmpty();
    }
}
