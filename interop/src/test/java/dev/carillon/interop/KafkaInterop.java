package dev.carillon.interop;

import static dev.carillon.interop.Deployment.found;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.events.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@DisplayName("Kafka")
class KafkaInterop extends InteropContract {

    private final KafkaBroker broker = new KafkaBroker();

    @Override
    Broker startBroker() {
        return broker;
    }

    @Test
    @Order(10)
    @DisplayName("Java does not register again what Python has registered")
    void javaDoesNotRegisterAgainWhatPythonHasRegistered(TestReporter reporter) {
        int sent = deployment().produceInPython("registered").size();
        Map<String, Integer> afterPython = broker.versions("interop-registered-");

        deployment().produceInJava("registered");

        assertThat(sent).isPositive();
        Map<String, Integer> afterJava = broker.versions("interop-registered-");
        assertThat(afterJava).isEqualTo(afterPython);
        assertThat(afterJava).allSatisfy((subject, versions) -> {
            if (subject.endsWith(".CloudEvent")) {
                assertThat(versions).isOne();
            }
        });
        reporter.publishEntry(afterJava.size() + " subjects");
    }

    @Test
    @Order(12)
    @DisplayName("the registry refuses the same event type from Python and from Java")
    void theRegistryRefusesTheSameEventTypeFromPythonAndFromJava(TestReporter reporter) {
        Set<String> refused = broker.refuses();
        try (JavaService java = deployment().java()) {
            for (String eventType : refused) {
                Signal<?> signal = java.events().signals().get(eventType);
                Sample<?> sample = deployment().samples().of(signal, Variant.FULL);

                assertThatThrownBy(() -> java.publish("refused", sample.freshEvent(java.events())))
                        .hasStackTraceContaining("did not register the schema of subject interop-refused-" + eventType)
                        .hasStackTraceContaining("422");
            }
        }
        Map<String, Object> settings = deployment().settings("lms", "refused", Samples.busSignals());
        assertThatThrownBy(() -> {
                    try (PythonPeer python = PythonPeer.start("send", settings, Map.of())) {
                        for (Sample<?> sample : deployment().samples().refused()) {
                            assertThat(python.request(sample.toLine())).isNotEmpty();
                        }
                    }
                })
                .hasMessageContaining("422");
        assertThat(broker.versions("interop-refused-"))
                .allSatisfy((subject, versions) -> assertThat(subject).doesNotEndWith(".CloudEvent"));
        reporter.publishEntry(refused.size() + " type");
    }

    @Test
    @Order(11)
    @DisplayName("Java and Python write the same key bytes to the same partition")
    void javaAndPythonWriteTheSameKeyBytesToTheSamePartition(TestReporter reporter) {
        // few samples, because each needs a topic of its own, which takes time to create
        List<Sample<?>> samples = deployment().samples().of(Variant.FULL).subList(0, 24);
        Map<String, Object> settings = deployment().settings("lms", "unused", List.of());
        settings.put(
                "EVENT_BUS_PRODUCER_CONFIG",
                samples.stream()
                        .map(Sample::signal)
                        .collect(toMap(Signal::eventType, signal -> Deployment.topic(topic(signal), signal))));
        Map<String, String> python = new HashMap<>();
        Map<String, String> java = new HashMap<>();
        try (PythonPeer sender = PythonPeer.start("send", settings, Map.of());
                JavaService service = deployment().java()) {
            for (Sample<?> sample : samples) {
                String topic = topic(sample.signal());
                python.put(
                        topic, PythonEvent.of(sender.request(sample.toLine())).id());
                java.put(topic, service.publish(topic, sample.freshEvent(service.events())));
            }
        }

        for (Sample<?> sample : samples) {
            String topic = topic(sample.signal());
            Map<String, KafkaBroker.Placement> placements = broker.placements("interop-" + topic).stream()
                    .collect(toMap(KafkaBroker.Placement::id, Function.identity()));
            KafkaBroker.Placement one = found(placements, found(python, topic));
            KafkaBroker.Placement other = found(placements, found(java, topic));
            assertThat(other.key()).as("key on %s", topic).isEqualTo(one.key());
            assertThat(other.partition()).as("partition on %s", topic).isEqualTo(one.partition());
        }
        reporter.publishEntry(samples.size() + " keys");
    }

    private static String topic(Signal<?> signal) {
        return "place-" + signal.eventType();
    }
}
