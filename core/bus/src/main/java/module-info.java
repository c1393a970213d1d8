/** The event bus: producer, consumer, dead letters, and a transport for tests. */
module dev.carillon.bus {
    requires transitive dev.carillon.bus.spi;
    requires transitive dev.carillon.events;
    requires dev.carillon.avro;
    requires org.slf4j;

    exports dev.carillon.bus;
    exports dev.carillon.bus.consumer;
    exports dev.carillon.bus.deadletter;
    exports dev.carillon.bus.memory;
}
