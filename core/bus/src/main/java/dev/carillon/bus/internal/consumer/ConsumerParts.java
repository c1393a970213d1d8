package dev.carillon.bus.internal.consumer;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.config.BrokerSettings;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.internal.AuditLog;
import dev.carillon.bus.internal.Interceptors;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.events.Events;

/** Components that all consumers of a bus share. */
public record ConsumerParts(
        Events events,
        EventCodecs codecs,
        HeaderNames headerNames,
        String broker,
        BrokerSettings settings,
        ProducerConfig producerConfig,
        TopicNames topicNames,
        AuditLog audit,
        Interceptors interceptors) {}
