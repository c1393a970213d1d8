package dev.carillon.rig.breakage;

import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.server.Link;
import dev.carillon.rig.server.Link.State;
import dev.carillon.rig.server.RoleProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The schema registry does what web servers do on bad days, one after the other, while services start that have to ask it: those
 * that run remember what it said. When it is well again they have to go on.
 */
public final class RegistryStall implements Breakable {

    private static final List<State> WAYS =
            List.of(State.HALF_ANSWERS, State.HALF_OPEN, State.UNAVAILABLE, State.CUT, State.DRIPPING);

    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    /** Those that are slower than the first one that met it. */
    private static final Duration OTHERS = Duration.ofSeconds(2);

    private final Link link;
    private final List<RoleProcess> services;
    private final Arrival arrival;
    private int next;

    /**
     * One that is well yet.
     *
     * @param link the way to the registry
     * @param services those that are killed and started again, so that they ask
     */
    public RegistryStall(Link link, List<RoleProcess> services, String databaseUrl) {
        this.arrival = new Arrival(databaseUrl);
        this.link = link;
        this.services = List.copyOf(services);
    }

    @Override
    public void breakBy(Kind kind) {
        arrival.begin();
        link.become(WAYS.get(next));
        next = (next + 1) % WAYS.size();
        services.forEach(service -> {
            service.kill();
            service.start();
        });
    }

    @Override
    public void mend(Kind kind) {
        awaitSomebody();
        link.become(State.OPEN);
        arrival.await();
    }

    /** A stall that nobody met proves nothing; on a busy machine services take their time to start. */
    private void awaitSomebody() {
        long begin = System.nanoTime();
        while (!link.isMet() && System.nanoTime() - begin < LONGEST_START.toNanos()) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        LockSupport.parkNanos(OTHERS.toNanos());
    }

    /** The events that waited although the registry was well again. Told when the storm is over. */
    public List<Entry> waited() {
        return arrival.waited();
    }
}
