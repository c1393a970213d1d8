package org.example.loans;

import dev.carillon.events.Pii;
import java.util.List;

record Loan(@Pii String reader, String isbn, List<Copy> copies) {

    record Copy(int shelf) {}
}
