package dev.carillon.rig.injection;

import dev.carillon.rig.fault.FaultInjector;
import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.judge.RecordedEvent;
import dev.carillon.rig.server.NetworkProxy;
import dev.carillon.rig.server.NetworkProxy.Mode;
import dev.carillon.rig.server.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the schema registry fail, in a different way each time, while services start: running services have its responses in their
 * caches. When the registry works again, the services must recover.
 */
public final class RegistryFault implements FaultInjector {

    private static final List<Mode> FAILURES =
            List.of(Mode.PARTIAL_RESPONSES, Mode.HALF_OPEN, Mode.UNAVAILABLE, Mode.CUT, Mode.BYTE_BY_BYTE);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    /** After the first service has called the registry, the others may need more time. */
    private static final Duration TIME_FOR_OTHERS = Duration.ofSeconds(2);

    private final NetworkProxy network;
    private final List<ServiceProcess> services;
    private final UnaffectedKeys keys;
    private int next;

    /**
     * Creates the injector; the registry still works.
     *
     * @param network the connection to the registry
     * @param services the services that are restarted, so that they call the registry
     */
    public RegistryFault(NetworkProxy network, List<ServiceProcess> services, String databaseUrl) {
        this.keys = new UnaffectedKeys(databaseUrl);
        this.network = network;
        this.services = List.copyOf(services);
    }

    @Override
    public void inject(FaultKind kind) {
        keys.startTracking();
        network.setMode(FAILURES.get(next));
        next = (next + 1) % FAILURES.size();
        services.forEach(service -> {
            service.kill();
            service.start();
        });
    }

    @Override
    public void repair(FaultKind kind) {
        awaitFirstUse();
        network.setMode(Mode.OPEN);
        keys.awaitHandled();
    }

    /** A failure must hit at least one call to be a test; on a busy machine, services may start slowly. */
    private void awaitFirstUse() {
        long begin = System.nanoTime();
        while (!network.isUsed() && System.nanoTime() - begin < START_TIMEOUT.toNanos()) {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
        LockSupport.parkNanos(TIME_FOR_OTHERS.toNanos());
    }

    /** The events that were stuck although the registry worked again. To be called when the storm is over. */
    public List<RecordedEvent> stuck() {
        return keys.stuck();
    }
}
