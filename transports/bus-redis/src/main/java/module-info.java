/** The event bus on Redis Streams. */
module dev.carillon.bus.redis {
    requires transitive dev.carillon.bus.spi;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires jdk.unsupported; // Netty is faster with it
    requires lettuce.core;
    requires org.slf4j;

    exports dev.carillon.bus.redis;

    provides dev.carillon.bus.transport.TransportProvider with
            dev.carillon.bus.redis.RedisTransportProvider;
}
