package dev.carillon.benchmarks;

import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import java.util.Locale;

/**
 * Events per second through Kafka, for producing and for consuming, and the same for the plain Kafka clients moving the same bytes
 * in the same run: the two take turns, and the median of the rounds counts.
 */
final class KafkaBench {

    private final int events;

    KafkaBench(int events) {
        this.events = events;
    }

    void run() throws Exception {
        try (KafkaAndRegistry servers = KafkaAndRegistry.start(
                        () -> EmbeddedKafka.builder().forThroughput().start());
                CarillonOnKafka carillon = new CarillonOnKafka(servers, events);
                ClientsOnKafka clients = new ClientsOnKafka(servers.kafka(), carillon.recorded(), events)) {
            System.out.printf(
                    Locale.ROOT,
                    "%,d certificate events a round, %d rounds each in turn after %d to warm up; Kafka on the same machine%n",
                    events,
                    Turns.ROUNDS,
                    Turns.WARM_UP_ROUNDS);
            Turns turns = new Turns(events, "clients");
            turns.compare("producing", carillon::produce, clients::produce, () -> {});
            clients.produceOnce();
            turns.compare("consuming", carillon::consume, clients::consume, () -> {});
            new Turns(events, "clients, and Avro")
                    .compare("consuming", carillon::consume, clients::consumeAndDecode, () -> {});
        }
    }
}
