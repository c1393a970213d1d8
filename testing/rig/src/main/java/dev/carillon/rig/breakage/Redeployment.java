package dev.carillon.rig.breakage;

import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.role.Condition;
import java.nio.file.Path;
import java.time.Duration;
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

    private final Path folder;
    private final Members consumers;

    /** Of these consumers, one after the other. */
    public Redeployment(Path folder, Members consumers) {
        this.folder = folder;
        this.consumers = consumers;
    }

    @Override
    public void breakBy(Kind kind) {
        Condition.ARCHIVE_FAILS.turn(true, folder);
        LockSupport.parkNanos(FAILING.toNanos());
        consumers.stop();
        Condition.RENAME.turn(true, folder);
        Condition.ARCHIVE_FAILS.turn(false, folder);
        consumers.startToWork();
        LockSupport.parkNanos(SETTLING.toNanos());
    }

    @Override
    public void mend(Kind kind) {
        consumers.stop();
        Condition.RENAME.turn(false, folder);
        consumers.start();
    }
}
