package dev.carillon.rig.injection;

import dev.carillon.rig.server.ServiceProcess;
import dev.carillon.rig.service.RigNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The processes of all consumers of the group. */
public final class ConsumerProcesses {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final List<ServiceProcess> processes;
    private final Path deliveries;

    /**
     * Does not start them.
     *
     * @param folder the folder with the consumers' file of deliveries
     */
    public ConsumerProcesses(List<ServiceProcess> processes, Path folder) {
        this.processes = List.copyOf(processes);
        this.deliveries = folder.resolve(RigNames.DELIVERIES);
    }

    void start() {
        processes.forEach(ServiceProcess::start);
    }

    /** Starts them and waits until one of them has handled an event. */
    void startAndAwaitDelivery() {
        long before = deliveries.toFile().length();
        start();
        long begin = System.nanoTime();
        while (deliveries.toFile().length() == before && System.nanoTime() - begin < START_TIMEOUT.toNanos()) {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    /** Stops one after the other, so that the others take over. */
    void stop() {
        processes.forEach(ServiceProcess::stop);
    }

    /** Stops all at the same time; returns false when one had to be killed. */
    boolean stopAllAtOnce() {
        return processes.parallelStream().map(ServiceProcess::stop).toList().stream()
                .allMatch(inTime -> inTime);
    }

    void kill() {
        processes.forEach(ServiceProcess::kill);
    }

    void pause() {
        processes.forEach(ServiceProcess::pause);
    }

    void resume() {
        processes.forEach(ServiceProcess::resume);
    }
}
