package dev.carillon.interop;

import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;

/** An event of an institution's own: {@code peer/own.py} defines the same one. */
final class OwnEvent {

    record LoanData(String isbn, long days) {}

    static final Signal<LoanData> BOOK_LENT = Signal.of("org.example.library.book.lent.v1", "loan", LoanData.class);

    private OwnEvent() {}

    static Event<LoanData> lent(Events events, String isbn, long days) {
        return new Event<>(BOOK_LENT, new LoanData(isbn, days), events.newMetadata(BOOK_LENT), false);
    }
}
