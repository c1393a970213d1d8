/** Settings, and what transports and interceptors implement. */
module dev.carillon.bus.spi {
    requires transitive dev.carillon.events;
    requires org.slf4j;

    exports dev.carillon.bus.config;
    exports dev.carillon.bus.interceptor;
    exports dev.carillon.bus.transport;

    uses dev.carillon.bus.transport.TransportProvider;
}
