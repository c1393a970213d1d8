package dev.carillon.rig.fault;

/** Injects faults into one part of the system under test, and repairs it. Calls do not overlap. */
public interface FaultInjector {

    /** Injects a fault. Returns when it is in effect. */
    void inject(FaultKind kind);

    /** Ends what {@link #inject} did; does nothing when no fault is in effect. */
    void repair(FaultKind kind);
}
