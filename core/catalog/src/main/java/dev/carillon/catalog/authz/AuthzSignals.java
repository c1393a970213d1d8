package dev.carillon.catalog.authz;

import dev.carillon.events.Signal;
import java.util.List;

/**
 * What happens to role assignments. Each signal is followed by its event type, its path in Python, and the release of
 * {@code openedx-events} that first put it on the bus.
 */
public final class AuthzSignals {

    /**
     * A role was assigned to someone. Sent by openedx-authz, within the LMS and Studio.
     *
     * <p>{@code org.openedx.authz.role_assignment.created}<br>
     * {@code openedx_events.authz.signals.ROLE_ASSIGNMENT_CREATED}, on the bus since 11.2.0
     */
    public static final Signal<RoleAssignmentData> ROLE_ASSIGNMENT_CREATED = Signal.of(
                    "org.openedx.authz.role_assignment.created", "role_assignment", RoleAssignmentData.class)
            .withPythonPath("openedx_events.authz.signals.ROLE_ASSIGNMENT_CREATED");

    /**
     * A role assignment was removed. Sent by openedx-authz, within the LMS and Studio.
     *
     * <p>{@code org.openedx.authz.role_assignment.deleted}<br>
     * {@code openedx_events.authz.signals.ROLE_ASSIGNMENT_DELETED}, on the bus since 11.2.0
     */
    public static final Signal<RoleAssignmentData> ROLE_ASSIGNMENT_DELETED = Signal.of(
                    "org.openedx.authz.role_assignment.deleted", "role_assignment", RoleAssignmentData.class)
            .withPythonPath("openedx_events.authz.signals.ROLE_ASSIGNMENT_DELETED");

    private static final List<Signal<?>> ALL = List.of(ROLE_ASSIGNMENT_CREATED, ROLE_ASSIGNMENT_DELETED);

    private AuthzSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return ALL;
    }
}
