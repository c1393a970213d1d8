package dev.carillon.embedded.kafka;

import java.io.IOException;

/** A program that starts a Kafka and a registry, says which and where, and never closes them. */
final class ServersOwner {

    private ServersOwner() {}

    public static void main(String[] args) throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.builder().secured("key", "secret").start();
        EmbeddedRegistry registry = EmbeddedRegistry.start();
        System.out.println(kafka.pid());
        System.out.println(registry.pid());
        System.out.println(kafka.caCertificate().getParent());
        System.in.read();
    }
}
