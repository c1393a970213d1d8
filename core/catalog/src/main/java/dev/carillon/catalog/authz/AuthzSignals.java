package dev.carillon.catalog.authz;

import dev.carillon.catalog.internal.SignalGroup;
import dev.carillon.events.Signal;
import java.util.List;

/**
 * What happens to role assignments. Each signal is followed by its event type and the release of
 * {@code openedx-events} that first put it on the bus. In Python, the signals are in {@code openedx_events.authz.signals}.
 */
public final class AuthzSignals {

    private static final SignalGroup GROUP = new SignalGroup("openedx_events.authz.signals");

    /**
     * A role was assigned to someone. Sent by openedx-authz, within the LMS and Studio.<br>
     * {@code org.openedx.authz.role_assignment.created}, on the bus since 11.2.0
     */
    public static final Signal<RoleAssignmentData> ROLE_ASSIGNMENT_CREATED = GROUP.signal(
            "ROLE_ASSIGNMENT_CREATED",
            "org.openedx.authz.role_assignment.created",
            "role_assignment",
            RoleAssignmentData.class);

    /**
     * A role assignment was removed. Sent by openedx-authz, within the LMS and Studio.<br>
     * {@code org.openedx.authz.role_assignment.deleted}, on the bus since 11.2.0
     */
    public static final Signal<RoleAssignmentData> ROLE_ASSIGNMENT_DELETED = GROUP.signal(
            "ROLE_ASSIGNMENT_DELETED",
            "org.openedx.authz.role_assignment.deleted",
            "role_assignment",
            RoleAssignmentData.class);

    private AuthzSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return GROUP.all();
    }
}
