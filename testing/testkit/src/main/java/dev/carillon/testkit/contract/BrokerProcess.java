package dev.carillon.testkit.contract;

import dev.carillon.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A broker as a process, which a test does violence to. */
public interface BrokerProcess {

    /** Ends it as {@code kill -9} does; returns when it is dead. */
    void kill();

    /** Starts it again on the same port with the data that it had; returns when it answers. */
    void restart();

    /** Stops it as {@code kill -STOP} does: it keeps its connections, but does not answer. */
    void pause();

    /** Lets it go on after {@link #pause()}, as {@code kill -CONT} does. */
    void resume();

    /** An embedded server whose data survive a kill: a Redis should have been started {@code persistent()}. */
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

    /** Sends a signal to a process, by the {@code kill} that Linux and macOS have. */
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
