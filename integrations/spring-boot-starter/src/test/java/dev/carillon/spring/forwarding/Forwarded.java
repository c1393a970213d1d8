package dev.carillon.spring.forwarding;

import dev.carillon.spring.EventType;

/** What is published for each request. */
@EventType(value = "org.example.forwarding.forwarded.v1", key = "forwarded")
public record Forwarded(String user, long number) {}
