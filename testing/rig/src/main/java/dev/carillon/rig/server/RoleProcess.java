package dev.carillon.rig.server;

import dev.carillon.embedded.internal.ServerFolder;
import dev.carillon.embedded.internal.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service of ours in a JVM of its own, which does not outlive this one. It can be ended in any way and started again. Its
 * output goes to one file, over all its lives. Thread-safe.
 */
public final class RoleProcess implements AutoCloseable {

    /** The shell hands its process over to the service. */
    private static final String APPENDING = "exec env \"$@\" >>\"$0\" 2>&1";

    private final String name;
    private final ServerFolder folder;
    private final List<String> command;
    private @Nullable ServerProcess process;
    private boolean wanted;
    private int deserted;
    private boolean closed;

    /**
     * One that is not started yet.
     *
     * @param main the class whose main method it runs
     * @param environment its settings
     * @param log where its output goes
     */
    public RoleProcess(String name, Class<?> main, Map<String, String> environment, Path log) {
        this.name = name;
        try {
            this.folder = ServerFolder.create(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.command = new ArrayList<>(
                List.of("sh", "-c", APPENDING, log.toAbsolutePath().toString()));
        new TreeMap<>(environment).forEach((variable, value) -> command.add(variable + "=" + value));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // a file that a killed process would leave behind
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + folder.path(),
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-Dorg.slf4j.simpleLogger.showShortLogName=true",
                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka=warn",
                "-Dorg.slf4j.simpleLogger.log.dev.carillon.bus.audit=warn",
                "-cp",
                classPath(),
                main.getName()));
    }

    /** This JVM's, for a process in another folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Starts it; returns when there is a process, which is not ready yet. Does nothing while it runs. */
    public synchronized void start() {
        if (!closed && (process == null || !process.isRunning())) {
            countDesertion();
            wanted = true;
            process = ServerProcess.start(name, folder, command, Duration.ofSeconds(10), pid -> true);
        }
    }

    private void countDesertion() {
        if (wanted && process != null && !process.isRunning()) {
            deserted++;
        }
        wanted = false;
    }

    /** How often it had ended by itself, which no service does, when it was to be ended or started. */
    public synchronized int desertions() {
        return deserted;
    }

    /** Ends it with SIGKILL. */
    public synchronized void kill() {
        countDesertion();
        if (process != null) {
            process.kill();
        }
    }

    /** Asks it with SIGTERM to end; kills it after ten seconds. Answers false when it had to. */
    public synchronized boolean stop() {
        countDesertion();
        return process == null || process.stop();
    }

    /** Stops it where it is, with SIGSTOP. */
    public synchronized void pause() {
        signal("STOP");
    }

    /** Lets it go on, with SIGCONT. */
    public synchronized void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        if (process != null && process.isRunning()) {
            Signals.send(signal, process.pid());
        }
    }

    /** Whether there is a process. */
    public synchronized boolean isRunning() {
        return process != null && process.isRunning();
    }

    /** Kills it, for good. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            kill();
            folder.close();
        }
    }
}
