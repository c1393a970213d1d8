package dev.carillon.interop;

import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_CREATED;
import static dev.carillon.catalog.learning.LearningSignals.PROGRAM_CERTIFICATE_AWARDED;
import static dev.carillon.catalog.learning.LearningSignals.SESSION_LOGIN_COMPLETED;
import static dev.carillon.interop.Deployment.found;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.carillon.avro.EventCodec;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.ProgramCertificateData;
import dev.carillon.catalog.learning.ProgramData;
import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Java and the real Python libraries on one broker. Each broker is a subclass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 120, threadMode = SEPARATE_THREAD)
abstract class InteropContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ConsumerOptions FROM_THE_START =
            ConsumerOptions.defaults().withStartAt(StartAt.earliest());

    /** How many events each side must have handled in a shared group before the test may end. */
    private static final int PART = 100;

    private @Nullable Deployment deployed;

    abstract Broker startBroker();

    @BeforeAll
    void deploy() {
        deployed = new Deployment(startBroker());
    }

    @AfterAll
    void close() {
        deployment().close();
    }

    Deployment deployment() {
        if (deployed == null) {
            throw new IllegalStateException("The broker was not started");
        }
        return deployed;
    }

    @Test
    @Order(1)
    @DisplayName("both sides have the same events and register the same schemas")
    void bothSidesHaveTheSameEventsAndRegisterTheSameSchemas(TestReporter reporter) {
        Map<String, Signal<?>> java =
                Samples.busSignals().stream().collect(toMap(Signal::eventType, Function.identity()));
        List<Map<String, @Nullable Object>> python;
        try (PythonPeer peer = deployment().python("describe")) {
            python = peer.rest();
        }

        assertThat(python)
                .extracting(line -> line.get("event_type"))
                .containsExactlyInAnyOrderElementsOf(java.keySet());
        for (Map<String, @Nullable Object> line : python) {
            Signal<?> signal = found(java, String.valueOf(line.get("event_type")));
            assertThat(line.get("schema")).isEqualTo(EventCodec.of(signal).schemaText());
            assertThat(line.get("minor_version")).isEqualTo((long) signal.minorVersion());
            assertThat(line.get("path")).isEqualTo(signal.pythonPath().orElseThrow());
        }
        reporter.publishEntry(python.size() + " types");
    }

    @Test
    @Order(2)
    @DisplayName("Java receives what Python sends")
    void javaReceivesWhatPythonSends(TestReporter reporter) {
        List<PythonEvent> sent = deployment().produceInPython("from-python");
        Map<String, Event<?>> received;
        try (JavaService java = deployment().java()) {
            java.consume("from-python", "java", FROM_THE_START);
            received = byId(java.awaitReceived(sent.size()));
        }

        Comparison comparison = new Comparison();
        for (PythonEvent one : sent) {
            Event<?> event = found(received, one.id());
            assertThat(event.fromBus()).isTrue();
            assertThat(event.signal().eventType()).isEqualTo(one.eventType());
            assertThat(event.metadata()).isEqualTo(one.metadata());
            assertThat(event.metadata().toJson()).isEqualTo(one.metadataJson());
            comparison.compare(
                    one.eventType(), one.variant(), one.dataInJava(), DataTree.of(event.signal(), event.data()));
        }
        assertThat(received).hasSameSizeAs(sent);
        comparison.assertNoDifference();
        reporter.publishEntry(comparison.toString());
    }

    @Test
    @Order(3)
    @DisplayName("Java writes events of Python again byte for byte, with their headers")
    void javaWritesEventsOfPythonAgainByteForByte(TestReporter reporter) {
        List<PythonEvent> sent = deployment().produceInPython("original");
        try (JavaService java = deployment().java()) {
            java.consume("original", "java", FROM_THE_START);
            java.awaitReceived(sent.size()).forEach(event -> java.publish("copy", event));
        }

        Map<String, RawEvent> originals = deployment().raw("original");
        Map<String, RawEvent> copies = deployment().raw("copy");
        Comparison comparison = new Comparison();
        for (PythonEvent one : sent) {
            // Java reads a time without an offset as UTC, and writes it as UTC
            if (!one.isNaive()) {
                Object original = found(originals, one.id()).asTree();
                comparison.compare(
                        one.eventType(),
                        one.variant(),
                        original,
                        found(copies, one.id()).asTree());
            }
        }
        assertThat(copies).hasSameSizeAs(sent);
        comparison.assertNoDifference();
        reporter.publishEntry(comparison.toString());
    }

    @Test
    @Order(4)
    @DisplayName("Python receives what Java sends")
    void pythonReceivesWhatJavaSends(TestReporter reporter) {
        List<JavaEvent> sent;
        Map<String, PythonEvent> received;
        try (PythonPeer python = deployment().pythonConsumer("from-java", "python")) {
            sent = deployment().produceInJava("from-java");
            received = python.next(sent.size()).stream()
                    .map(PythonEvent::of)
                    .collect(toMap(PythonEvent::id, Function.identity()));
        }

        Comparison comparison = new Comparison();
        for (JavaEvent one : sent) {
            PythonEvent event = found(received, one.id());
            assertThat(event.fromEventBus()).isTrue();
            assertThat(event.eventType()).isEqualTo(one.eventType());
            assertThat(event.metadataJson()).isEqualTo(one.event().metadata().toJson());
            comparison.compare(one.eventType(), one.variant().name(), one.dataInPython(), event.data());
        }
        comparison.assertNoDifference();
        reporter.publishEntry(comparison.toString());
    }

    @Test
    @Order(5)
    @DisplayName("Java and Python write the same bytes")
    void javaAndPythonWriteTheSameBytes(TestReporter reporter) {
        List<JavaEvent> sent = deployment().produceInJava("bytes");
        Map<String, RawEvent> written = deployment().raw("bytes");

        Comparison comparison = new Comparison();
        long bytes = 0;
        try (PythonPeer python = deployment().python("encode")) {
            for (JavaEvent one : sent) {
                String data = found(written, one.id()).data();
                Object expected = python.request(Map.of("event_type", one.eventType(), "data", one.data()))
                        .get("avro");
                comparison.compare(one.eventType(), one.variant().name(), expected, data);
                bytes += data.length() / 2;
            }
        }
        assertThat(written).hasSameSizeAs(sent);
        comparison.assertNoDifference();
        reporter.publishEntry("%,d events, %,d bytes".formatted(written.size(), bytes));
    }

    @Test
    @Order(6)
    @DisplayName("metadata comes back from Python as Java sent it")
    void metadataComesBackFromPythonAsJavaSentIt(TestReporter reporter) {
        List<Sample<?>> sent = deployment().samples().of(Variant.FULL);
        Map<String, Event<?>> received;
        try (PythonPeer python = deployment().pythonRelay("there", "relay", "back");
                JavaService java = deployment().java()) {
            sent.forEach(sample -> java.publish("there", sample.event()));
            java.consume("back", "java", FROM_THE_START);
            received = byId(java.awaitReceived(sent.size()));
            assertThat(python.next(sent.size())).hasSameSizeAs(sent);
        }

        for (Sample<?> sample : sent) {
            EventMetadata metadata = sample.metadata();
            assertThat(found(received, metadata.id().toString()).metadata()).isEqualTo(metadata);
        }
        reporter.publishEntry(received.size() + " events");
    }

    @Test
    @Order(7)
    @DisplayName("both sides write the same source, and a new id and time for each event")
    void bothSidesWriteTheSameSource(TestReporter reporter) {
        Sample<?> sample = deployment().samples().of(SESSION_LOGIN_COMPLETED, Variant.FULL);
        List<Map<String, String>> services = List.of(
                Map.of("SERVICE_VARIANT", "lms"),
                Map.of("SERVICE_VARIANT", "lms", "EVENTS_SERVICE_NAME", "course-discovery"),
                Map.of());

        for (Map<String, String> service : services) {
            Map<String, Object> settings = deployment().settings("", "sources", List.of(SESSION_LOGIN_COMPLETED));
            settings.remove("SERVICE_VARIANT");
            settings.putAll(service);
            try (PythonPeer python = PythonPeer.start("send", settings, Map.of())) {
                EventMetadata one =
                        PythonEvent.of(python.request(sample.toLine())).metadata();
                EventMetadata other =
                        PythonEvent.of(python.request(sample.toLine())).metadata();
                EventMetadata java = JavaService.events(Settings.of(settings)).newMetadata(SESSION_LOGIN_COMPLETED);

                assertThat(java.source()).isEqualTo(one.source());
                assertThat(java.sourceLib()).isEqualTo(one.sourceLib());
                assertThat(List.of(one, other, java))
                        .allSatisfy(
                                metadata -> assertThat(metadata.id().version()).isEqualTo(1))
                        .extracting(EventMetadata::id)
                        .doesNotHaveDuplicates();
                assertThat(List.of(one.time(), other.time(), java.time())).isSorted();
            }
        }
        reporter.publishEntry(services.size() + " services");
    }

    @Test
    @Order(8)
    @DisplayName("Python and Java share a group: each event is handled once, and both handle some")
    void pythonAndJavaShareAGroup(TestReporter reporter) {
        List<Sample<?>> samples = deployment().samples().of(Variant.FULL);
        List<String> sent = new ArrayList<>();
        List<String> inPython = new ArrayList<>();
        List<String> inJava = new ArrayList<>();
        try (PythonPeer python = deployment().pythonConsumer("shared", "both");
                PythonPeer sender = PythonPeer.start("send", deployment().settings("lms", "shared"), Map.of());
                JavaService java = deployment().java()) {
            EventConsumer consumer = java.consume("shared", "both", FROM_THE_START.withBatchSize(5));
            deployment().awaitMembers("both", 2);
            while (sent.size() < 40 * PART
                    && (python.waiting() < PART || java.received().size() < PART)) {
                for (int i = 0; i < 10; i++) {
                    Sample<?> sample = samples.get(sent.size() / 2 % samples.size());
                    sent.add(PythonEvent.of(sender.request(sample.toLine())).id());
                    sent.add(java.publish("shared", sample.freshEvent(java.events())));
                }
                await("both to handle %d events".formatted(sent.size()))
                        .atMost(TIMEOUT)
                        .until(() -> python.waiting() + java.received().size() >= sent.size());
            }
            await("both to acknowledge what they handled")
                    .atMost(TIMEOUT)
                    .until(() -> deployment().unacknowledged("shared", "both") == 0);
            assertThat(consumer.counts().incidents())
                    .as("losses or moves of the group")
                    .isZero();
            python.next(python.waiting())
                    .forEach(line -> inPython.add(PythonEvent.of(line).id()));
            java.received().forEach(event -> inJava.add(event.metadata().id().toString()));
        }

        assertThat(inPython).hasSizeGreaterThanOrEqualTo(PART);
        assertThat(inJava).hasSizeGreaterThanOrEqualTo(PART);
        List<String> handled = new ArrayList<>(inPython);
        handled.addAll(inJava);
        assertThat(handled).containsExactlyInAnyOrderElementsOf(sent);
        reporter.publishEntry(
                "%,d events, %,d in Python, %,d in Java".formatted(sent.size(), inPython.size(), inJava.size()));
    }

    @Test
    @Order(9)
    @DisplayName("a certificate goes from Python to Java, and the credential for it back to Python")
    void aCertificateGoesToJavaAndTheCredentialForItBackToPython(TestReporter reporter) {
        Map<String, Object> lms = deployment().settings("lms", "certificates", List.of(CERTIFICATE_CREATED));
        Map<String, Object> credentials =
                deployment().settings("credentials", "awards", List.of(PROGRAM_CERTIFICATE_AWARDED));
        // an event from the bus must not be published again, whatever this setting is
        credentials.merge(
                "EVENT_BUS_PRODUCER_CONFIG",
                Map.of(CERTIFICATE_CREATED.eventType(), Deployment.topic("certificates", CERTIFICATE_CREATED)),
                InteropContract::merged);
        List<Sample<CertificateData>> certificates = deployment().samples().of(CERTIFICATE_CREATED);

        try (PythonPeer receiver = deployment().pythonConsumer("awards", "lms");
                PythonPeer sender = PythonPeer.start("send", lms, Map.of());
                JavaService java = JavaService.start(credentials)) {
            java.events()
                    .connect(
                            CERTIFICATE_CREATED,
                            event -> java.events().send(PROGRAM_CERTIFICATE_AWARDED, award(event)));
            java.consume("certificates", "credentials", FROM_THE_START);

            for (Sample<CertificateData> certificate : certificates) {
                EventMetadata cause =
                        PythonEvent.of(sender.request(certificate.toLine())).metadata();
                PythonEvent award = PythonEvent.of(receiver.next());
                Event<CertificateData> event = new Event<>(CERTIFICATE_CREATED, certificate.data(), cause, true);
                assertThat(award.eventType()).isEqualTo(PROGRAM_CERTIFICATE_AWARDED.eventType());
                assertThat(award.data()).isEqualTo(DataTree.asPythonReads(PROGRAM_CERTIFICATE_AWARDED, award(event)));
                assertThat(award.metadata().source()).isEqualTo("openedx/credentials/web");
                assertThat(award.metadata().id()).isNotEqualTo(cause.id());
            }
        }
        assertThat(deployment().raw("certificates")).hasSameSizeAs(certificates);
        assertThat(deployment().raw("awards")).hasSameSizeAs(certificates);
        reporter.publishEntry(certificates.size() + " certificates");
    }

    @Test
    @Order(13)
    @DisplayName("Python ignores the headers of traces and of schemas that Java adds")
    void pythonIgnoresTheHeadersThatJavaAdds(TestReporter reporter) {
        Sample<?> sample = deployment().samples().of(SESSION_LOGIN_COMPLETED, Variant.FULL);
        List<String> sent;
        List<Map<String, @Nullable Object>> received;
        try (PythonPeer python = deployment().pythonConsumerOfOwnEvents("traced", "traced-readers");
                JavaService java = JavaService.tracing(deployment().settings("credentials", "unused", List.of()))) {
            sent = List.of(
                    java.publish("traced", sample.freshEvent(java.events())),
                    java.publish("traced", OwnEvent.lent(java.events(), "978-3", 14)));
            received = python.next(2);
        }

        assertThat(received).extracting(line -> PythonEvent.of(line).id()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(received)
                .extracting(line -> String.valueOf(line.get("data")))
                .anySatisfy(data -> assertThat(data).contains("978-3", "14"));
        Map<String, RawEvent> raw = deployment().raw("traced");
        assertThat(sent).allSatisfy(id -> assertThat(found(raw, id).headers()).containsKey("traceparent"));
        reporter.publishEntry(
                "2 events, the second with " + found(raw, sent.get(1)).headers().keySet());
    }

    /** A credential that refers to the event that caused it. */
    private static ProgramCertificateData award(Event<CertificateData> event) {
        return ProgramCertificateData.builder()
                .user(event.data().user())
                .program(ProgramData.builder()
                        .uuid("6f3b0b8a-5a0f-4c6d-9b7e-000000000001")
                        .title("Ünïversal Program")
                        .programType("MicroMasters")
                        .build())
                .uuid(event.metadata().id().toString())
                .status("awarded")
                .url("https://credentials.example/" + event.metadata().id())
                .build();
    }

    private static Object merged(Object one, Object other) {
        Map<Object, Object> both = new HashMap<>((Map<?, ?>) one);
        both.putAll((Map<?, ?>) other);
        return both;
    }

    private static Map<String, Event<?>> byId(List<Event<?>> events) {
        return events.stream().collect(toMap(event -> event.metadata().id().toString(), Function.identity()));
    }
}
