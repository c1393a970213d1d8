package dev.carillon.cli.demo;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The credentials service as a process. Its first line of output is {@code ready}, followed by lines of {@link CredentialsService.Progress}. When
 * its standard input ends, it drains its consumer, writes the list of credentials to its folder, beside the log of deliveries, and
 * exits.
 */
public final class CredentialsProcess {

    static final String READY = "ready";
    static final String DELIVERIES = "deliveries";
    static final String CREDENTIALS = "credentials";

    private static final long PROGRESS_INTERVAL_MILLIS = 20;

    private final Events events = Events.create("credentials");
    private final CredentialsService credentials = new CredentialsService(events);
    private final Path folder;
    private final Map<String, String> broker;

    private CredentialsProcess(Path folder, Map<String, String> broker) {
        this.folder = folder;
        this.broker = broker;
    }

    /** Arguments: the folder, and the settings of the broker, each as {@code NAME=VALUE}. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> broker = new HashMap<>();
        for (String setting : List.of(arguments).subList(1, arguments.length)) {
            int equals = setting.indexOf('=');
            broker.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        new CredentialsProcess(Path.of(arguments[0]), broker).run(System.out);
    }

    private void run(PrintStream out) throws Exception {
        Settings settings = Settings.of(broker)
                .with("SERVICE_VARIANT", "credentials")
                .with("EVENT_BUS_PRODUCER_CONFIG", new CertificateToggles(false, false).producerConfig());
        ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor();
        try (DeliveryLog log = new DeliveryLog(folder.resolve(DELIVERIES));
                EventBus bus = EventBus.open(settings, events)) {
            for (var signal : List.of(
                    LearningSignals.CERTIFICATE_CREATED,
                    LearningSignals.CERTIFICATE_REVOKED,
                    LearningSignals.CERTIFICATE_CHANGED)) {
                connect(log, signal);
            }
            EventConsumer consumer = bus.consumer(
                    List.of(CertificateToggles.TOPIC),
                    "credentials",
                    ConsumerOptions.defaults().withConsumerName("demo").withStartAt(StartAt.earliest()));
            Thread consuming = new Thread(consumer::run, "credentials-consumer");
            consuming.start();
            out.println(READY);
            var progress = reporter.scheduleAtFixedRate(
                    () -> report(out, consumer), 0, PROGRESS_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            awaitEndOfInput();
            consumer.close();
            consuming.join();
            progress.cancel(false);
            report(out, consumer);
        } finally {
            reporter.shutdownNow();
        }
        writeCredentials();
    }

    private <T> void connect(DeliveryLog log, Signal<T> signal) {
        events.connect(signal, "delivery-log", event -> log.write(entry(event)));
    }

    private static DeliveryLog.Entry entry(Event<?> event) {
        return new DeliveryLog.Entry(
                event.metadata().id(),
                ChronoUnit.MICROS.between(event.metadata().time(), Instant.now()));
    }

    private void report(PrintStream out, EventConsumer consumer) {
        out.println(credentials.progress(consumer.counts().delivered()).toLine());
        out.flush();
    }

    @SuppressWarnings("ResultOfMethodCallIgnored")
    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // The demo writes nothing. The end of the input means stop.
        }
    }

    private void writeCredentials() throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(CREDENTIALS), StandardCharsets.UTF_8)) {
            for (CredentialsService.Credential credential : credentials.credentials()) {
                out.write(credential.learner() + " " + credential.course());
                out.newLine();
            }
        }
    }
}
