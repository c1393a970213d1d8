package dev.carillon.spring.test;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Events;
import dev.carillon.spring.EventConsumers;
import dev.carillon.testkit.EventRecorder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What a test may inject. */
@Configuration(proxyBeanMethods = false)
class TestBrokerBeans {

    @Bean
    Deliveries carillonDeliveries() {
        return new Deliveries();
    }

    @Bean
    OtherService carillonOtherService(
            Settings settings,
            Events events,
            ObjectProvider<MemoryBroker> memory,
            ObjectProvider<EventConsumers> consumers,
            Deliveries deliveries) {
        return new OtherService(settings, events, memory.getIfAvailable(), consumers, deliveries);
    }

    /** Lazy: it is a receiver of every event, where a test asks for it. */
    @Bean
    @Lazy
    EventRecorder carillonEventRecorder(Events events) {
        return EventRecorder.ofAll(events);
    }
}
