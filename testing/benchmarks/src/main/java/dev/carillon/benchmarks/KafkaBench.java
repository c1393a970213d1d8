package dev.carillon.benchmarks;

import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import java.util.Locale;

/** Measures producing and consuming with Kafka, compared with the plain Kafka clients and the same bytes. */
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
                    "%,d certificate events per round, %d rounds each, alternating, after %d warm-up rounds; Kafka on the same machine%n",
                    events,
                    Comparison.ROUNDS,
                    Comparison.WARM_UP_ROUNDS);
            Comparison comparison = new Comparison(events, "clients");
            comparison.compare("producing", carillon::produce, clients::produce, () -> {});
            clients.produceOnce();
            comparison.compare("consuming", carillon::consume, clients::consume, () -> {});
            new Comparison(events, "clients, and Avro")
                    .compare("consuming", carillon::consume, clients::consumeAndDecode, () -> {});
        }
    }
}
