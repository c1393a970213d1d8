package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.BusSettings.BrokerSettings;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.events.Events;

/** What all consumers of a bus share. */
record ConsumerParts(
        Events events,
        EventCodecs codecs,
        HeaderNames headerNames,
        BrokerSettings settings,
        ProducerConfig producerConfig,
        TopicNames topicNames,
        AuditLog audit) {}
