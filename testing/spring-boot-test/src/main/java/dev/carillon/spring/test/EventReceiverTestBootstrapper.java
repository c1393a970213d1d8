package dev.carillon.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** For {@link EventReceiverTest}. */
final class EventReceiverTestBootstrapper extends TestSliceTestContextBootstrapper<EventReceiverTest> {

    EventReceiverTestBootstrapper() {}
}
