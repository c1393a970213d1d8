/** The event bus on Kafka with a schema registry. */
module dev.carillon.bus.kafka {
    requires transitive dev.carillon.bus.spi;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires dev.carillon.avro;
    requires java.net.http;
    // for the Kafka client, whose jar cannot require them: it has no descriptor
    requires java.management;
    requires java.naming;
    requires java.security.jgss;
    requires java.security.sasl;
    requires kafka.clients;
    requires org.apache.avro;
    requires org.slf4j;

    exports dev.carillon.bus.kafka;

    provides dev.carillon.bus.transport.TransportProvider with
            dev.carillon.bus.kafka.KafkaTransportProvider;
}
