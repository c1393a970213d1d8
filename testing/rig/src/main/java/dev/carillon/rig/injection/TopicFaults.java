package dev.carillon.rig.injection;

import dev.carillon.rig.fault.FaultInjector;
import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.judge.BrokerLoss;
import dev.carillon.rig.server.ServiceProcess;
import dev.carillon.rig.server.TopicTampering;
import dev.carillon.rig.server.TopicTampering.Lost;
import dev.carillon.rig.service.RigNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the broker lose messages: trims the oldest ones, or deletes and recreates the topic. Records the lost messages: the bus need not
 * deliver them, but it must report their number.
 */
public final class TopicFaults implements FaultInjector {

    /** How often a topic is trimmed while consumers read from it. */
    private static final int TRIMS = 8;

    private static final Set<String> TRIMMED = Set.of("TRIMMED", "PENDING_LOST");
    private static final Set<String> RECREATED = Set.of("GROUP_RECREATED", "MOVED_BACK", "PENDING_LOST");

    private static final Duration TRIM_INTERVAL = Duration.ofMillis(400);

    /** How long requests of a paused service may still take to arrive. */
    private static final Duration IN_FLIGHT_TIME = Duration.ofSeconds(1);

    private final TopicTampering broker;
    private final List<ServiceProcess> relays;
    private final ConsumerProcesses consumers;
    private final LossLog losses;

    /** Creates the injector for the topic of the run. */
    public TopicFaults(
            TopicTampering broker, List<ServiceProcess> relays, ConsumerProcesses consumers, LossLog losses) {
        this.broker = broker;
        this.relays = List.copyOf(relays);
        this.consumers = consumers;
        this.losses = losses;
    }

    @Override
    public void inject(FaultKind kind) {
        if (kind == FaultKind.TOPIC_RECREATED) {
            recreate();
        } else if (broker.canTrimWhileConsuming()) {
            consumers.pause();
        } else {
            consumers.stopAllAtOnce();
        }
    }

    /** The relays resume while the consumers are still paused, so that the new topic contains events before consumers see it. */
    private void recreate() {
        relays.forEach(ServiceProcess::pause);
        consumers.pause();
        LockSupport.parkNanos(IN_FLIGHT_TIME.toNanos());
        try {
            Lost lost = broker.recreate(RigNames.TOPIC, RigNames.GROUP);
            losses.add(new BrokerLoss("topic recreated", lost.undelivered(), lost.unacknowledged(), false, RECREATED));
        } finally {
            relays.forEach(ServiceProcess::resume);
        }
    }

    @Override
    public void repair(FaultKind kind) {
        if (kind == FaultKind.TOPIC_RECREATED) {
            broker.growPastOldEnd(RigNames.TOPIC);
            consumers.resume();
        } else if (broker.canTrimWhileConsuming()) {
            trimWhileConsuming();
        } else {
            Lost lost = broker.trim(RigNames.TOPIC, RigNames.GROUP);
            losses.add(new BrokerLoss("topic trimmed", lost.undelivered(), lost.unacknowledged(), true, TRIMMED));
            consumers.start();
        }
    }

    private void trimWhileConsuming() {
        List<String> undelivered = new ArrayList<>();
        List<String> unacknowledged = new ArrayList<>();
        for (int i = 0; i < TRIMS; i++) {
            if (i == TRIMS / 2) {
                consumers.resume();
            }
            Lost lost = broker.trim(RigNames.TOPIC, RigNames.GROUP);
            undelivered.addAll(lost.undelivered());
            unacknowledged.addAll(lost.unacknowledged());
            LockSupport.parkNanos(TRIM_INTERVAL.toNanos());
        }
        losses.add(new BrokerLoss("topic trimmed " + TRIMS + " times", undelivered, unacknowledged, true, TRIMMED));
    }
}
