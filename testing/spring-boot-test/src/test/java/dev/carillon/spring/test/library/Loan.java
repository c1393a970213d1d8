package dev.carillon.spring.test.library;

import dev.carillon.spring.EventType;

/** A book is lent. */
@EventType(value = "org.example.library.book.lent.v1", key = "loan")
public record Loan(String isbn, String reader) {}
