package dev.carillon.benchmarks;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.Events;
import java.util.List;
import java.util.Map;

/** A program that consumes certificate events with one receiver, and reports its footprint. */
public final class MinimalCarillon {

    private MinimalCarillon() {}

    /** The arguments: the URL of Redis, the group, the number of events, and when the process was started. */
    public static void main(String[] arguments) throws Exception {
        Footprint footprint = new Footprint(Long.parseLong(arguments[3]));
        Events events = Events.create("minimal");
        events.connect(LearningSignals.CERTIFICATE_CREATED, event -> footprint.received());
        Settings settings = Settings.of(Map.of("EVENT_BUS_REDIS_CONNECTION_URL", arguments[0]));
        try (EventBus bus = EventBus.open(settings, events)) {
            bus.consumer(
                            List.of(CarillonOnRedis.TOPIC),
                            arguments[1],
                            ConsumerOptions.defaults()
                                    .withStartAt(StartAt.earliest())
                                    .withMaxEvents(Integer.parseInt(arguments[2])))
                    .run();
            footprint.print();
        }
    }
}
