package dev.carillon.rig.breakage;

import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.role.Condition;
import dev.carillon.rig.role.Roles;
import dev.carillon.rig.server.RoleProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A deployment in which a receiver is called otherwise, and later one in which it is called as before. It leaves dead letters in its
 * old name, which are redriven while no receiver is called so.
 */
public final class Redeployment implements Breakable {

    /** By then some of its events are dead letters. */
    private static final Duration FAILING = Duration.ofSeconds(4);

    /** By then the operator has redriven them, and the consumers have read what they did not know. */
    private static final Duration SETTLING = Duration.ofSeconds(8);

    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final Path folder;
    private final List<RoleProcess> consumers;

    /** Of these consumers, one after the other. */
    public Redeployment(Path folder, List<RoleProcess> consumers) {
        this.folder = folder;
        this.consumers = List.copyOf(consumers);
    }

    @Override
    public void breakBy(Kind kind) {
        Condition.ARCHIVE_FAILS.turn(true, folder);
        LockSupport.parkNanos(FAILING.toNanos());
        consumers.forEach(RoleProcess::stop);
        Condition.RENAME.turn(true, folder);
        Condition.ARCHIVE_FAILS.turn(false, folder);
        long before = delivered();
        consumers.forEach(RoleProcess::start);
        long begin = System.nanoTime();
        while (delivered() == before && System.nanoTime() - begin < LONGEST_START.toNanos()) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        LockSupport.parkNanos(SETTLING.toNanos());
    }

    private long delivered() {
        return folder.resolve(Roles.DELIVERIES).toFile().length();
    }

    @Override
    public void mend(Kind kind) {
        consumers.forEach(RoleProcess::stop);
        Condition.RENAME.turn(false, folder);
        consumers.forEach(RoleProcess::start);
    }
}
