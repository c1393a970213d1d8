package dev.carillon.rig.injection;

import dev.carillon.rig.fault.FaultInjector;
import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.service.FaultSwitch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Deploys the consumers with another id for a receiver, and later with the original one. Before that, the receiver leaves dead letters
 * under its original id, which are redriven while no receiver has this id.
 */
public final class ReceiverRenameFault implements FaultInjector {

    /** How long the receiver fails, so that some of its events become dead letters. */
    private static final Duration FAILING_TIME = Duration.ofSeconds(4);

    /** How long the operator has to redrive them, and the consumers to handle the redriven ones. */
    private static final Duration REDRIVE_TIME = Duration.ofSeconds(8);

    private final Path folder;
    private final ConsumerProcesses consumers;

    /** Deploys these consumers, one after the other. */
    public ReceiverRenameFault(Path folder, ConsumerProcesses consumers) {
        this.folder = folder;
        this.consumers = consumers;
    }

    @Override
    public void inject(FaultKind kind) {
        FaultSwitch.ARCHIVE_FAILS.turn(true, folder);
        LockSupport.parkNanos(FAILING_TIME.toNanos());
        consumers.stop();
        FaultSwitch.RENAME.turn(true, folder);
        FaultSwitch.ARCHIVE_FAILS.turn(false, folder);
        consumers.startAndAwaitDelivery();
        LockSupport.parkNanos(REDRIVE_TIME.toNanos());
    }

    @Override
    public void repair(FaultKind kind) {
        consumers.stop();
        FaultSwitch.RENAME.turn(false, folder);
        consumers.start();
    }
}
