package dev.carillon.rig.breakage;

import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.server.Link;
import dev.carillon.rig.server.Link.State;
import dev.carillon.rig.server.RoleProcess;
import java.util.List;

/**
 * The schema registry does what web servers do on bad days, one after the other, while services start that have to ask it: those
 * that run remember what it said.
 */
public final class RegistryStall implements Breakable {

    private static final List<State> WAYS =
            List.of(State.HALF_ANSWERS, State.HALF_OPEN, State.UNAVAILABLE, State.CUT, State.DRIPPING);

    private final Link link;
    private final List<RoleProcess> services;
    private int next;

    /**
     * One that is well yet.
     *
     * @param link the way to the registry
     * @param services those that are killed and started again, so that they ask
     */
    public RegistryStall(Link link, List<RoleProcess> services) {
        this.link = link;
        this.services = List.copyOf(services);
    }

    @Override
    public void breakBy(Kind kind) {
        link.become(WAYS.get(next));
        next = (next + 1) % WAYS.size();
        services.forEach(service -> {
            service.kill();
            service.start();
        });
    }

    @Override
    public void mend(Kind kind) {
        link.become(State.OPEN);
    }
}
