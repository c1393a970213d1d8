package dev.carillon.rig.injection;

import dev.carillon.rig.fault.FaultInjector;
import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.judge.BrokerLoss;
import dev.carillon.rig.server.GroupTampering;
import dev.carillon.rig.service.FaultSwitch;
import dev.carillon.rig.service.RigNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Sets the group to the end of its topic, as a Python consumer does when it starts, or removesConsumers the consumers from the group. Records the
 * messages that the group loses, which the bus must report.
 */
public final class GroupFaults implements FaultInjector {

    private static final Set<String> SKIPPED = Set.of("MOVED_FORWARD");
    private static final Set<String> REMOVED = Set.of("PENDING_LOST");

    private static final int REPETITIONS = 3;
    private static final Duration TAKEOVER_TIMEOUT = Duration.ofSeconds(90);

    /** After this time, {@link GroupTampering#isAllPendingActive} can distinguish pending messages of live consumers from abandoned ones. */
    private static final Duration MIN_AGE = Duration.ofSeconds(17);

    /** How long a consumer needs to take over and to detect the loss. If the topic were deleted first, it could not. */
    private static final Duration DETECTION_TIME = Duration.ofSeconds(15);

    private static final Duration INTERVAL = Duration.ofMillis(700);

    private final GroupTampering group;
    private final Path folder;
    private final ConsumerProcesses consumers;
    private final LossLog losses;
    private int moves;
    private int kills;
    private boolean stoppedInTime;

    /** Creates the injector for the group of the run. */
    public GroupFaults(GroupTampering group, Path folder, ConsumerProcesses consumers, LossLog losses) {
        this.group = group;
        this.folder = folder;
        this.consumers = consumers;
        this.losses = losses;
    }

    @Override
    public void inject(FaultKind kind) {
        if (kind == FaultKind.SET_FORWARD) {
            stoppedInTime = consumers.stopAllAtOnce();
        } else {
            // so that some messages are in flight all the time
            FaultSwitch.BLOCK.turn(true, folder);
            removeWhileConsuming();
        }
    }

    /** Waits before each removal, because pending messages that no live consumer has in memory would be lost. */
    private void removeWhileConsuming() {
        long begin = System.nanoTime();
        for (int i = 0; i < REPETITIONS; i++) {
            LockSupport.parkNanos(INTERVAL.toNanos());
            while (System.nanoTime() - begin < MIN_AGE.toNanos()
                    || !group.isAllPendingActive(RigNames.TOPIC, RigNames.GROUP)) {
                if (System.nanoTime() - begin > TAKEOVER_TIMEOUT.toNanos()) {
                    return;
                }
                LockSupport.parkNanos(INTERVAL.toNanos());
            }
            group.removeConsumers(RigNames.TOPIC, RigNames.GROUP);
        }
    }

    @Override
    public void repair(FaultKind kind) {
        if (kind == FaultKind.SET_FORWARD) {
            setForward();
        } else {
            killWhileConsuming();
        }
    }

    /**
     * Sets the group forward soon after the consumers have started and while they work; every other time, also before they start. Not in
     * that case if a consumer had to be killed: then it is unknown which messages it was given last.
     */
    private void setForward() {
        List<String> skipped = new ArrayList<>();
        if (moves++ % 2 == 0 && stoppedInTime) {
            skipped.addAll(group.setToEnd(RigNames.TOPIC, RigNames.GROUP));
        }
        consumers.startAndAwaitDelivery();
        for (int i = 0; i < REPETITIONS; i++) {
            consumers.pause();
            LockSupport.parkNanos(INTERVAL.toNanos());
            skipped.addAll(group.setToEnd(RigNames.TOPIC, RigNames.GROUP));
            consumers.resume();
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
        losses.add(new BrokerLoss("group set forward", skipped, List.of(), true, SKIPPED));
    }

    /**
     * Kills the consumers in the middle of their work. Every other time, removes them after that with their pending messages, which are
     * then lost; otherwise these must be delivered again, although the consumers had been removed before.
     */
    private void killWhileConsuming() {
        consumers.kill();
        boolean removesConsumers = kills++ % 2 == 0;
        if (removesConsumers) {
            List<String> pending = group.removeConsumers(RigNames.TOPIC, RigNames.GROUP);
            losses.add(new BrokerLoss("consumers killed and removed", List.of(), pending, false, REMOVED));
        }
        FaultSwitch.BLOCK.turn(false, folder);
        consumers.start();
        if (removesConsumers) {
            LockSupport.parkNanos(DETECTION_TIME.toNanos());
        }
    }
}
