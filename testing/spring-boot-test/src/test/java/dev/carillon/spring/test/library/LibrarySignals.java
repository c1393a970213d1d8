package dev.carillon.spring.test.library;

import dev.carillon.events.Signal;

/** The signals of the library's records. */
final class LibrarySignals {

    static final Signal<Loan> LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);
    static final Signal<Reminder> REMINDED =
            Signal.of("org.example.library.reader.reminded.v1", "reminder", Reminder.class);
    static final Loan LOAN = new Loan("978-3", "ada");

    private LibrarySignals() {}
}
