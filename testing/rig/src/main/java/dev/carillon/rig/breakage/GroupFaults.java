package dev.carillon.rig.breakage;

import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.judge.Damage;
import dev.carillon.rig.role.Condition;
import dev.carillon.rig.role.Roles;
import dev.carillon.rig.server.GroupDamage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody sets the group to the end of its topic, as a Python consumer does when it starts, or removes its consumers. Notes what
 * the group does not get by it, which is to be told.
 */
public final class GroupFaults implements Breakable {

    private static final Set<String> PASSED_OVER = Set.of("MOVED_FORWARD");
    private static final Set<String> REMOVED = Set.of("PENDING_LOST");

    private static final int TIMES = 3;
    private static final Duration LONGEST_TAKEOVER = Duration.ofSeconds(90);

    /** What was pending for consumers before they were started again is told from what they work on by its age: {@link GroupDamage}. */
    private static final Duration SETTLED = Duration.ofSeconds(17);

    /** By then a consumer has the lease of one that was killed, and has seen what is missing: should the topic go next, nobody could. */
    private static final Duration SEEN = Duration.ofSeconds(15);

    private static final Duration BETWEEN = Duration.ofMillis(700);

    private final GroupDamage group;
    private final Path folder;
    private final Members consumers;
    private final DamageLog log;
    private int moves;
    private int removals;
    private boolean endedInTime;

    /** Of the group of the trial. */
    public GroupFaults(GroupDamage group, Path folder, Members consumers, DamageLog log) {
        this.group = group;
        this.folder = folder;
        this.consumers = consumers;
        this.log = log;
    }

    @Override
    public void breakBy(Kind kind) {
        if (kind == Kind.SET_FORWARD) {
            endedInTime = consumers.stopTogether();
        } else {
            // so that some messages are at work all the time
            Condition.BLOCK.turn(true, folder);
            removeWhileTheyWork();
        }
    }

    /** What nobody has in memory yet, because consumers have just started, would be lost with them. */
    private void removeWhileTheyWork() {
        long begin = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            LockSupport.parkNanos(BETWEEN.toNanos());
            while (System.nanoTime() - begin < SETTLED.toNanos() || !group.isAllAtWork(Roles.TOPIC, Roles.GROUP)) {
                if (System.nanoTime() - begin > LONGEST_TAKEOVER.toNanos()) {
                    return;
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
            group.removeConsumers(Roles.TOPIC, Roles.GROUP);
        }
    }

    @Override
    public void mend(Kind kind) {
        if (kind == Kind.SET_FORWARD) {
            setForward();
        } else {
            endWithWork();
        }
    }

    /**
     * Every other time before the consumers start, unless they had to be killed: then nobody can know what they were given last. Soon
     * after their start, and while they work.
     */
    private void setForward() {
        List<String> passedOver = new ArrayList<>();
        if (moves++ % 2 == 0 && endedInTime) {
            passedOver.addAll(group.setToEnd(Roles.TOPIC, Roles.GROUP));
        }
        consumers.startToWork();
        for (int i = 0; i < TIMES; i++) {
            consumers.pause();
            LockSupport.parkNanos(BETWEEN.toNanos());
            passedOver.addAll(group.setToEnd(Roles.TOPIC, Roles.GROUP));
            consumers.resume();
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        log.note(new Damage("group set forward", passedOver, List.of(), true, PASSED_OVER));
    }

    /**
     * They are killed in the middle of their work. Every other time they are removed behind that with what is pending for them: then it
     * is lost. Else it comes again, although they had been removed before.
     */
    private void endWithWork() {
        consumers.kill();
        boolean removes = removals++ % 2 == 0;
        if (removes) {
            List<String> pending = group.removeConsumers(Roles.TOPIC, Roles.GROUP);
            log.note(new Damage("consumers killed and removed", List.of(), pending, false, REMOVED));
        }
        Condition.BLOCK.turn(false, folder);
        consumers.start();
        if (removes) {
            LockSupport.parkNanos(SEEN.toNanos());
        }
    }
}
