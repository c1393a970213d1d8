package dev.carillon.testkit.contract;

import dev.carillon.embedded.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;

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
        return of(redis::kill, redis::restart, redis::pid);
    }

    /** A broker that these kill and start again, whose process has this id. */
    static BrokerProcess of(Runnable kill, Runnable restart, LongSupplier pid) {
        return new BrokerProcess() {
            @Override
            public void kill() {
                kill.run();
            }

            @Override
            public void restart() {
                restart.run();
            }

            @Override
            public void pause() {
                signal("STOP", pid.getAsLong());
            }

            @Override
            public void resume() {
                signal("CONT", pid.getAsLong());
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
