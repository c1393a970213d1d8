package dev.carillon.bus.jdbc;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.events.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A relay in a process of its own, to be killed and paused. */
final class RelayProcess implements AutoCloseable {

    private final Process process;

    RelayProcess(TestDatabase database, Settings broker, RelayOptions options, String... moreArguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                RelayProcess.class.getName(),
                database.url(),
                String.valueOf(broker.value("EVENT_BUS_REDIS_CONNECTION_URL").orElseThrow()),
                String.valueOf(options.lease().toMillis())));
        command.addAll(List.of(moreArguments));
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Relays until the parent process ends or terminates it. */
    public static void main(String[] args) throws IOException {
        Settings settings = Settings.of(Map.of(
                "EVENT_BUS_PRODUCER",
                "redis",
                "EVENT_BUS_CONSUMER",
                "redis",
                "EVENT_BUS_REDIS_CONNECTION_URL",
                args[1]));
        RelayOptions options = RelayOptions.defaults().withLease(Duration.ofMillis(Long.parseLong(args[2])));
        try (EventBus bus = EventBus.open(settings, Events.create("relay"));
                OutboxRelay relay = OutboxRelay.of(TestDatabase.dataSource(args[0]), bus.producer(), options)) {
            relay.start();
            if (args.length > 3) {
                bus.consumer("nothing", "relay").runUntilShutdown();
                return;
            }
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** A relay beside a consumer, in the shape that the documentation shows. */
    static RelayProcess besideAConsumer(TestDatabase database, Settings broker, RelayOptions options)
            throws IOException {
        return new RelayProcess(database, broker, options, "consumer");
    }

    /** Sends SIGTERM and waits until the process has ended. */
    void terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process has not ended 60 s after SIGTERM");
        }
    }

    /** Sends SIGKILL and waits until the process has ended. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends a signal, such as STOP. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill ended with " + kill.exitValue());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
