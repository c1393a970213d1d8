/** Metrics for Micrometer. */
module dev.carillon.micrometer {
    requires transitive dev.carillon.bus;
    requires transitive dev.carillon.bus.jdbc;
    requires transitive micrometer.core;
    requires org.slf4j;

    exports dev.carillon.micrometer;
}
