package dev.carillon.testkit.contract;

import dev.carillon.embedded.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A broker process that a test can kill, restart and pause. */
public interface BrokerProcess {

    /** Kills the process as {@code kill -9} does; returns when it is dead. */
    void kill();

    /** Restarts it on the same port with its data; returns when it accepts requests. */
    void restart();

    /** Stops it as {@code kill -STOP} does: it keeps its connections but does not respond. */
    void pause();

    /** Continues it after {@link #pause()}, as {@code kill -CONT} does. */
    void resume();

    /** An embedded server whose data survives a kill. Start a Redis with {@code persistent()}. */
    static BrokerProcess of(EmbeddedServer server) {
        return new BrokerProcess() {
            @Override
            public void kill() {
                server.kill();
            }

            @Override
            public void restart() {
                server.restart();
            }

            @Override
            public void pause() {
                signal("STOP", server.pid());
            }

            @Override
            public void resume() {
                signal("CONT", server.pid());
            }
        };
    }

    /** Sends a signal to a process with the {@code kill} command of Linux and macOS. */
    static void signal(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid + " ended with " + kill.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending " + name + " to " + pid, e);
        }
    }
}
