/** Signals, receivers, opaque keys and plugins inside one process. */
module dev.carillon.events {
    // at run time, too: Nullable marks optional data keys
    requires transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires org.snakeyaml.engine.v2;

    exports dev.carillon.events;
    exports dev.carillon.events.keys;
    exports dev.carillon.events.plugins;
    exports dev.carillon.events.internal to
            dev.carillon.avro,
            dev.carillon.bus,
            dev.carillon.bus.jdbc,
            dev.carillon.bus.kafka,
            dev.carillon.bus.redis,
            dev.carillon.bus.spi;

    uses dev.carillon.events.SignalProvider;
}
