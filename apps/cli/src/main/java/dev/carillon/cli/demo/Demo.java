package dev.carillon.cli.demo;

import dev.carillon.bus.config.Settings;
import dev.carillon.cli.demo.CredentialsService.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Runs the demo and checks that every event arrived exactly once. */
public final class Demo {

    /** The broker of the demo. */
    public enum Bus {
        /** Redis Streams. */
        REDIS,
        /** Kafka with a schema registry. */
        KAFKA;

        /** As the option {@code --bus} has it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Keeps the stream far below the length at which Redis trims it. */
    private static final int MAX_IN_FLIGHT = 2_000;

    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Bus bus;
    private final int events;
    private final CertificateToggles toggles;
    private final DemoScreen screen;

    private Demo(Bus bus, int events, CertificateToggles toggles, DemoScreen screen) {
        this.bus = bus;
        this.events = events;
        this.toggles = toggles;
        this.screen = screen;
    }

    /**
     * Creates a demo.
     *
     * @param events how many certificates the LMS grants or revokes
     * @param settings the settings of the LMS, of which the demo uses those for certificate events
     * @param live whether {@code out} is a terminal on which a table can be updated in place
     * @throws dev.carillon.bus.config.SettingsException when a setting is wrong
     */
    public static Demo of(Bus bus, int events, Settings settings, PrintWriter out, boolean live) {
        return new Demo(bus, events, CertificateToggles.read(settings), new DemoScreen(out, live));
    }

    /**
     * Runs the demo and prints its result.
     *
     * @return whether every event arrived exactly once
     */
    public boolean run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("carillon-demo");
        try (DemoBroker broker = DemoBroker.start(bus);
                CredentialsProcessHandle credentials = new CredentialsProcessHandle(folder, broker.settings());
                Lms lms = new Lms(broker.settings(), toggles)) {
            credentials.awaitReady();
            introduce(broker, credentials);
            List<UUID> recorded = broker.writeRecorded(CertificateToggles.TOPIC);
            long start = System.nanoTime();
            boolean stalled = !publishAndAwait(lms, credentials, recorded.size());
            double seconds = (System.nanoTime() - start) / 1e9;
            credentials.end();
            DeliveryReport report = DeliveryReport.of(credentials.deliveries(), lms.published(), recorded);
            return print(report, lms, credentials, seconds, stalled);
        } finally {
            delete(folder);
        }
    }

    private void introduce(DemoBroker broker, CredentialsProcessHandle credentials) {
        screen.printLine(
                "%s. LMS: process %d. Credentials service: process %d, consuming %s.",
                broker.description(), ProcessHandle.current().pid(), credentials.pid(), CertificateToggles.TOPIC);
        if (!toggles.created()) {
            screen.printLine("SEND_CERTIFICATE_CREATED_SIGNAL is false: the LMS does not publish grants");
        }
        if (!toggles.revoked()) {
            screen.printLine("SEND_CERTIFICATE_REVOKED_SIGNAL is false: the LMS does not publish revocations");
        }
    }

    /** Returns when all events were delivered, or with false when none was delivered for {@link #STALL_TIMEOUT}. */
    private boolean publishAndAwait(Lms lms, CredentialsProcessHandle credentials, int recorded) {
        int acted = 0;
        long lastDelivered = -1;
        long lastGrowth = System.nanoTime();
        while (true) {
            int published = lms.published().size() + recorded;
            Progress progress = credentials.progress();
            DemoScreen.Snapshot snapshot = new DemoScreen.Snapshot(acted, published, progress);
            if (acted == events && progress.delivered() >= published) {
                screen.print(snapshot);
                return true;
            }
            screen.update(snapshot);
            if (acted < events && published - progress.delivered() < MAX_IN_FLIGHT) {
                lms.act();
                acted++;
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
                if (progress.delivered() > lastDelivered) {
                    lastDelivered = progress.delivered();
                    lastGrowth = System.nanoTime();
                }
                if (!credentials.isAlive() || System.nanoTime() - lastGrowth > STALL_TIMEOUT.toNanos()) {
                    return false;
                }
            }
        }
    }

    private boolean print(
            DeliveryReport report, Lms lms, CredentialsProcessHandle credentials, double seconds, boolean stalled)
            throws IOException {
        if (stalled) {
            screen.printLine("Gave up: no event was delivered for %d s", STALL_TIMEOUT.toSeconds());
        }
        screen.printLine("");
        screen.printLine(
                "%,d events expected, %,d of them recorded from the Python producer: %,d missing, %,d duplicated, %,d unknown",
                report.expected(),
                report.expected() - lms.published().size(),
                report.missing(),
                report.duplicated(),
                report.unknown());
        screen.printLine("%,.0f events/s end to end, %.1f s in total", report.expected() / seconds, seconds);
        if (report.latencies().getTotalCount() > 0) {
            printLatencies(report.latencies());
        }
        OptionalLong disagreements = lms.disagreements(credentials.credentials());
        disagreements.ifPresent(count -> screen.printLine(
                "%,d valid certificates in the LMS; %,d credentials do not match them", lms.certificateCount(), count));
        boolean good = report.isGood() && disagreements.orElse(0) == 0 && lms.failed() == 0 && !stalled;
        screen.printLine(good ? "Every event arrived exactly once." : "The demo failed.");
        return good;
    }

    private void printLatencies(Histogram micros) {
        screen.printLine(
                "Latency from send to receiver: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms",
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(95) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0,
                micros.getMaxValue() / 1000.0);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
