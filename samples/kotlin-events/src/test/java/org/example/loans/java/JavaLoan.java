package org.example.loans.java;

import dev.carillon.events.DefaultValue;
import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import dev.carillon.events.WireName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event of the sample in Java. */
public final class JavaLoan {

    /** As {@code org.example.loans.BOOK_LENT}. */
    public static final Signal<Loan> BOOK_LENT =
            Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);

    private JavaLoan() {}

    /** As {@code org.example.loans.Shelf}. */
    public record Shelf(String hall, @Nullable Integer row) {}

    /** As {@code org.example.loans.Loan}. */
    public record Loan(
            @Pii String reader,
            String isbn,
            List<Shelf> shelves,
            @Nullable String note,
            @DefaultValue("1") long copies,
            @WireName("lent_by") @Pii @Nullable String librarian) {}
}
