package dev.carillon.bus.kafka;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A service that publishes steps. */
final class Writer implements AutoCloseable {

    private final Events events = Step.events("writer");
    private final EventBus bus;

    Writer(Settings settings) {
        bus = EventBus.open(settings, events, new KafkaTransportProvider());
    }

    CompletableFuture<String> send(String topic, Step step) {
        return send(topic, step, events.newMetadata(Step.TAKEN));
    }

    private CompletableFuture<String> send(String topic, Step step, EventMetadata metadata) {
        return bus.producer().send(Step.TAKEN, topic, Step.KEY, step, metadata);
    }

    /** Publishes one step of each learner, waits until Kafka has acknowledged them, and returns their positions. */
    List<String> round(String topic, int learners, long number) {
        List<CompletableFuture<String>> sends = new ArrayList<>();
        for (int learner = 0; learner < learners; learner++) {
            sends.add(send(topic, new Step("learner-" + learner, number)));
        }
        return sends.stream().map(CompletableFuture::join).toList();
    }

    /** As {@link #round}, but retries each step until Kafka acknowledges it, as an outbox does. */
    void roundWithRetries(String topic, int learners, long number) {
        List<Step> unsent = new ArrayList<>();
        for (int learner = 0; learner < learners; learner++) {
            unsent.add(new Step("learner-" + learner, number));
        }
        while (!unsent.isEmpty()) {
            List<CompletableFuture<String>> sends =
                    unsent.stream().map(step -> send(topic, step)).toList();
            List<Step> failed = new ArrayList<>();
            for (int i = 0; i < sends.size(); i++) {
                try {
                    sends.get(i).join();
                } catch (CompletionException e) {
                    failed.add(unsent.get(i));
                }
            }
            unsent = failed;
        }
    }

    @Override
    public void close() {
        bus.close();
    }
}
