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

    /** Publishes one step of each learner, waits until Kafka has all, and answers where they stand. */
    List<String> round(String topic, int learners, long number) {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int learner = 0; learner < learners; learner++) {
            answers.add(send(topic, new Step("learner-" + learner, number)));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** As {@link #round}, each step again until Kafka has it, as an outbox does. */
    void roundInSpiteOfAll(String topic, int learners, long number) {
        List<Step> open = new ArrayList<>();
        for (int learner = 0; learner < learners; learner++) {
            open.add(new Step("learner-" + learner, number));
        }
        while (!open.isEmpty()) {
            List<CompletableFuture<String>> answers =
                    open.stream().map(step -> send(topic, step)).toList();
            List<Step> failed = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                try {
                    answers.get(i).join();
                } catch (CompletionException e) {
                    failed.add(open.get(i));
                }
            }
            open = failed;
        }
    }

    @Override
    public void close() {
        bus.close();
    }
}
