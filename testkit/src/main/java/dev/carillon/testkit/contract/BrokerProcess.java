package dev.carillon.testkit.contract;

import dev.carillon.embedded.EmbeddedRedis;
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

    /** An embedded Redis, which should have been started {@code persistent()}. */
    static BrokerProcess of(EmbeddedRedis redis) {
        return new BrokerProcess() {
            @Override
            public void kill() {
                redis.kill();
            }

            @Override
            public void restart() {
                redis.restart();
            }

            @Override
            public void pause() {
                signal("STOP", redis.pid());
            }

            @Override
            public void resume() {
                signal("CONT", redis.pid());
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
