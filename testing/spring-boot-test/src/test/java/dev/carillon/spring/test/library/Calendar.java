package dev.carillon.spring.test.library;

import org.springframework.stereotype.Component;

/** What receivers use. */
@Component
class Calendar {

    void enter(Loan loan) {
        if (loan.isbn().isEmpty()) {
            throw new IllegalArgumentException("a loan without a book");
        }
    }
}
