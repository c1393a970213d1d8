package org.example.loans

import dev.carillon.events.DefaultValue
import dev.carillon.events.Masked
import dev.carillon.events.Pii
import dev.carillon.events.Signal
import dev.carillon.events.WireName
import org.jspecify.annotations.Nullable

/** Where a book stands. */
@JvmRecord
data class Shelf(val hall: String, val row: @Nullable Int? = null)

/** A book that was lent. `@JvmRecord` makes it a Java record, from which Carillon derives the schema. */
@JvmRecord
data class Loan(
    @Pii val reader: String,
    val isbn: String,
    val shelves: List<Shelf>,
    val note: @Nullable String? = null,
    @DefaultValue("1") val copies: Long = 1,
    @WireName("lent_by") @Pii val librarian: @Nullable String? = null,
) {
    /** Without personal data, so that logs have none. */
    override fun toString(): String = Masked.toString(this)
}

val BOOK_LENT: Signal<Loan> = Signal.of("org.example.library.book.lent.v1", "loan", Loan::class.java)
