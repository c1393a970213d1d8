package dev.carillon.spring.forwarding;

import dev.carillon.spring.EventType;

/** What arrives. */
@EventType(value = "org.example.forwarding.requested.v1", key = "request")
public record Request(String user, long number) {}
