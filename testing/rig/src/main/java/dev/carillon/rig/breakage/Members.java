package dev.carillon.rig.breakage;

import dev.carillon.rig.role.Roles;
import dev.carillon.rig.server.RoleProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** All consumers of the group. */
public final class Members {

    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final List<RoleProcess> processes;
    private final Path deliveries;

    /**
     * These.
     *
     * @param folder where they note what was delivered
     */
    public Members(List<RoleProcess> processes, Path folder) {
        this.processes = List.copyOf(processes);
        this.deliveries = folder.resolve(Roles.DELIVERIES);
    }

    void start() {
        processes.forEach(RoleProcess::start);
    }

    /** Starts them and waits until one of them works. */
    void startToWork() {
        long before = deliveries.toFile().length();
        start();
        long begin = System.nanoTime();
        while (deliveries.toFile().length() == before && System.nanoTime() - begin < LONGEST_START.toNanos()) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    /** One after the other, so that each hands over to the next. */
    void stop() {
        processes.forEach(RoleProcess::stop);
    }

    /** At the same time; answers whether all of them ended in time. */
    boolean stopTogether() {
        return processes.parallelStream().map(RoleProcess::stop).toList().stream()
                .allMatch(inTime -> inTime);
    }

    void kill() {
        processes.forEach(RoleProcess::kill);
    }

    void pause() {
        processes.forEach(RoleProcess::pause);
    }

    void resume() {
        processes.forEach(RoleProcess::resume);
    }
}
