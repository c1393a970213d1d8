package dev.carillon.rig.server;

import dev.carillon.embedded.server.ServerFolder;
import dev.carillon.embedded.server.ServerProcess;
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
 * A service in a JVM of its own, which ends with this JVM. It can be killed, stopped, paused and restarted. The output of all its
 * processes is appended to one file. Thread-safe.
 */
public final class ServiceProcess implements AutoCloseable {

    /** The service replaces the shell, so that signals reach it. */
    private static final String APPEND_OUTPUT = "exec env \"$@\" >>\"$0\" 2>&1";

    private final String name;
    private final ServerFolder folder;
    private final List<String> command;
    private @Nullable ServerProcess process;
    private boolean shouldRun;
    private int unexpectedExits;
    private boolean closed;

    /**
     * A service that is not started yet.
     *
     * @param main the class whose main method is run
     * @param environment the environment variables
     * @param log the file for its output
     */
    public ServiceProcess(String name, Class<?> main, Map<String, String> environment, Path log) {
        this.name = name;
        try {
            this.folder = ServerFolder.create(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.command = new ArrayList<>(
                List.of("sh", "-c", APPEND_OUTPUT, log.toAbsolutePath().toString()));
        new TreeMap<>(environment).forEach((variable, value) -> command.add(variable + "=" + value));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // otherwise a killed process leaves a file behind
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

    /** The class path of this JVM, with absolute paths for a process in another folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Starts the process, which is not ready yet when this returns. Does nothing while it runs. */
    public synchronized void start() {
        if (!closed && (process == null || !process.isRunning())) {
            countUnexpectedExit();
            shouldRun = true;
            process = ServerProcess.start(name, folder, command, Duration.ofSeconds(10), pid -> true);
        }
    }

    private void countUnexpectedExit() {
        if (shouldRun && process != null && !process.isRunning()) {
            unexpectedExits++;
        }
        shouldRun = false;
    }

    /** How often the process had already ended by itself when it was to be stopped or restarted. A correct service never does. */
    public synchronized int unexpectedExits() {
        return unexpectedExits;
    }

    /** Kills the process with SIGKILL. */
    public synchronized void kill() {
        countUnexpectedExit();
        if (process != null) {
            process.kill();
        }
    }

    /** Stops the process with SIGTERM, and kills it after ten seconds; returns false when it had to be killed. */
    public synchronized boolean stop() {
        countUnexpectedExit();
        return process == null || process.stop();
    }

    /** Pauses the process with SIGSTOP. */
    public synchronized void pause() {
        signal("STOP");
    }

    /** Resumes the process with SIGCONT. */
    public synchronized void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        if (process != null && process.isRunning()) {
            Signals.send(signal, process.pid());
        }
    }

    /** Whether the process is running. */
    public synchronized boolean isRunning() {
        return process != null && process.isRunning();
    }

    /** Kills the process; it cannot be started again. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            kill();
            folder.close();
        }
    }
}
