package org.example.loans;

import dev.carillon.events.Signal;
import dev.carillon.events.SignalProvider;
import java.util.Collection;
import java.util.List;

public final class LoanSignals implements SignalProvider {

    static final Signal<Loan> BOOK_LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);

    @Override
    public Collection<? extends Signal<?>> signals() {
        return List.of(BOOK_LENT);
    }
}
