package dev.carillon.embedded.server;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a server: a process in a {@link ServerFolder}, from ready to dead. Thread-safe. */
public final class ServerProcess {

    /** Checks whether a server that has just been started is ready. */
    @FunctionalInterface
    public interface Probe {
        /** Whether the process {@code pid} responds; an exception means "not yet", and its message says why. */
        boolean responds(long pid) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final long PROBE_INTERVAL_MILLIS = 5;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final CompletableFuture<Void> ended;

    private ServerProcess(String name, Process process, ServerFolder folder) {
        this.name = name;
        this.process = process;
        folder.guard(process.pid());
        this.ended = process.onExit().thenRun(folder::release);
    }

    /**
     * Starts the command in the folder and returns when the probe succeeds.
     *
     * @param name the name in messages
     * @throws EmbeddedServerException if it cannot be started, ends, or is not ready in time; it leaves no process then
     */
    public static ServerProcess start(
            String name, ServerFolder folder, List<String> command, Duration timeout, Probe probe) {
        ServerProcess server = new ServerProcess(name, launch(name, folder, command), folder);
        boolean ready = false;
        try {
            server.awaitReady(folder, timeout, probe);
            ready = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StartFailures.interrupted(name, e);
        } finally {
            if (!ready) {
                server.kill();
            }
        }
        LOG.info("{} is ready, process {}", name, server.pid());
        return server;
    }

    private static Process launch(String name, ServerFolder folder, List<String> command) {
        try {
            return new ProcessBuilder(ServerFolder.detached(command))
                    .directory(folder.path().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(folder.log().toFile()))
                    .start();
        } catch (IOException e) {
            throw StartFailures.cannotStart(name, e);
        }
    }

    private void awaitReady(ServerFolder folder, Duration timeout, Probe probe) throws InterruptedException {
        long start = System.nanoTime();
        @Nullable IOException lastAnswer = null;
        while (!process.waitFor(PROBE_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
            try {
                if (probe.responds(pid())) {
                    return;
                }
            } catch (IOException e) {
                lastAnswer = e;
            }
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw StartFailures.notReady(name, timeout, lastAnswer, folder.endOfLog());
            }
        }
        throw StartFailures.endedAtStart(name, process.exitValue(), folder.endOfLog());
    }

    /** Its process id, which it keeps when it is dead. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process is alive. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Ends the process with SIGKILL; returns when it is dead. Does nothing if it is already. */
    public void kill() {
        process.destroyForcibly();
        ended.join();
    }

    /**
     * Stops the process with SIGTERM, and with SIGKILL if it has not ended after ten seconds; returns when it is dead.
     * Returns whether it ended without being killed.
     */
    public boolean stop() {
        return stop(STOP_TIMEOUT);
    }

    /** As {@link #stop()}, for a process that may take longer. */
    public boolean stop(Duration timeout) {
        process.destroy();
        ended.copy()
                .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        boolean inTime = !isRunning();
        if (!inTime) {
            LOG.warn("{} has not ended {} s after SIGTERM and is killed", name, timeout.toSeconds());
        }
        kill();
        return inTime;
    }
}
