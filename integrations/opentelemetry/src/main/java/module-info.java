/** Traces for OpenTelemetry. */
module dev.carillon.opentelemetry {
    requires transitive dev.carillon.bus;
    requires transitive io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires org.slf4j;

    exports dev.carillon.opentelemetry;
}
