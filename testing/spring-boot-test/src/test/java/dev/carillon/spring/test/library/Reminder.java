package dev.carillon.spring.test.library;

import dev.carillon.spring.EventType;

/** A reader is reminded. */
@EventType(value = "org.example.library.reader.reminded.v1", key = "reminder")
public record Reminder(String reader) {}
