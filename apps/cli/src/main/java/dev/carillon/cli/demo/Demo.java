package dev.carillon.cli.demo;

import dev.carillon.bus.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Runs the certificate story and judges it. */
public final class Demo {

    /** So many events may be on the way to the credentials side, which keeps the stream far below its limit. */
    private static final int ON_THE_WAY = 2_000;

    private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final DemoBus bus;
    private final int events;
    private final CertificateToggles toggles;
    private final DemoScreen screen;

    private Demo(DemoBus bus, int events, CertificateToggles toggles, DemoScreen screen) {
        this.bus = bus;
        this.events = events;
        this.toggles = toggles;
        this.screen = screen;
    }

    /**
     * A demo in which the LMS grants or revokes so many certificates.
     *
     * @param live whether {@code out} is a terminal, for a table that stays in its place
     * @throws dev.carillon.bus.config.SettingsException when the LMS's switches are set wrong
     */
    public static Demo of(DemoBus bus, int events, Settings settings, PrintWriter out, boolean live) {
        return new Demo(bus, events, CertificateToggles.read(settings), new DemoScreen(out, live));
    }

    /**
     * Runs it, and says how it went.
     *
     * @return whether every event came, and none twice
     */
    public boolean run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("carillon-demo");
        try (DemoBroker broker = DemoBroker.start(bus);
                CredentialsChild credentials = new CredentialsChild(folder, broker.settings());
                LmsSide lms = new LmsSide(broker.settings(), toggles)) {
            credentials.awaitReady();
            introduce(broker, credentials);
            List<UUID> recorded = broker.putRecorded(CertificateToggles.TOPIC);
            long start = System.nanoTime();
            boolean stuck = !play(lms, credentials, recorded.size());
            double seconds = (System.nanoTime() - start) / 1e9;
            credentials.end();
            Verdict verdict = Verdict.of(credentials.ledger(), lms.published(), recorded);
            return report(lms, credentials, verdict, seconds, stuck);
        } finally {
            delete(folder);
        }
    }

    private void introduce(DemoBroker broker, CredentialsChild credentials) {
        screen.say(
                "%s; the LMS in process %d; credentials in process %d, consuming %s",
                broker.introduction(), ProcessHandle.current().pid(), credentials.pid(), CertificateToggles.TOPIC);
        if (!toggles.created()) {
            screen.say("SEND_CERTIFICATE_CREATED_SIGNAL is false: grants stay in the LMS");
        }
        if (!toggles.revoked()) {
            screen.say("SEND_CERTIFICATE_REVOKED_SIGNAL is false: revocations stay in the LMS");
        }
    }

    /** Lets the LMS act and waits until all has come; false when nothing moves any more. */
    private boolean play(LmsSide lms, CredentialsChild credentials, int recorded) {
        Stall stall = new Stall(WITHOUT_PROGRESS);
        int acted = 0;
        while (true) {
            int published = lms.published().size() + recorded;
            Progress progress = credentials.progress();
            DemoScreen.Row row = new DemoScreen.Row(acted, published, progress);
            if (acted == events && progress.delivered() >= published) {
                screen.showNow(row);
                return true;
            }
            screen.show(row);
            if (acted < events && published - progress.delivered() < ON_THE_WAY) {
                lms.act();
                acted++;
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
                if (!credentials.isAlive() || stall.isStalled(progress.delivered())) {
                    return false;
                }
            }
        }
    }

    private boolean report(LmsSide lms, CredentialsChild credentials, Verdict verdict, double seconds, boolean stuck)
            throws IOException {
        if (stuck) {
            screen.say("Nothing came for %d s: giving up", WITHOUT_PROGRESS.toSeconds());
        }
        screen.say("");
        screen.say(
                "%,d events were to come, %,d of them recorded from the Python producer: %,d missing, %,d doubled, %,d unknown",
                verdict.expected(),
                verdict.expected() - lms.published().size(),
                verdict.missing(),
                verdict.doubled(),
                verdict.foreign());
        screen.say("%,.0f events/s from end to end, %.1f s in all", verdict.expected() / seconds, seconds);
        if (verdict.latencies().getTotalCount() > 0) {
            latencies(verdict.latencies());
        }
        OptionalLong disagreements = lms.disagreements(credentials.holders());
        disagreements.ifPresent(wrong -> screen.say(
                "%,d learners hold a certificate in the LMS; the credentials side has %,d wrong",
                lms.holderCount(), wrong));
        boolean good = verdict.isGood() && disagreements.orElse(0) == 0 && lms.failed() == 0 && !stuck;
        screen.say(good ? "Every event arrived once." : "The demo failed.");
        return good;
    }

    private void latencies(Histogram micros) {
        screen.say(
                "latency from send to receiver: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms",
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
