package org.example.loans

import dev.carillon.avro.EventCodec
import dev.carillon.bus.EventBus
import dev.carillon.bus.config.Settings
import dev.carillon.bus.consumer.ConsumerOptions
import dev.carillon.bus.transport.StartAt
import dev.carillon.bus.memory.MemoryBroker
import dev.carillon.events.Events
import dev.carillon.events.Signal
import dev.carillon.testkit.CarillonTest
import dev.carillon.testkit.EventRecorder
import dev.carillon.testkit.Samples
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.example.loans.java.JavaLoan
import org.junit.jupiter.api.Test

@CarillonTest
class LoansTest {
    data class NoRecord(val isbn: String)

    private val codec = EventCodec.of(BOOK_LENT)
    private val short = Loan(reader = "Ada Lovelace", isbn = "9780441013593", shelves = listOf(Shelf("Attic")))

    @Test
    fun `the schema is that of the same record in Java`() {
        assertThat(codec.schemaText()).isEqualTo(EventCodec.of(JavaLoan.BOOK_LENT).schemaText())
    }

    @Test
    fun `the bytes are those of the same record in Java`() {
        val java = JavaLoan.Loan(short.reader, short.isbn, listOf(JavaLoan.Shelf("Attic", null)), null, 1, null)

        assertThat(codec.encode(short)).isEqualTo(EventCodec.of(JavaLoan.BOOK_LENT).encode(java))
    }

    @Test
    fun `what is left out has its default`() {
        val read = codec.json().read("""{"loan": {"reader": "Ada Lovelace", "isbn": "9780441013593", "shelves": [{"hall": "Attic"}]}}""")

        assertThat(read).isEqualTo(short)
    }

    @Test
    fun `personal data are masked`() {
        assertThat(codec.json().writeMasked(short)).doesNotContain("Ada")
        assertThat(short.toString()).doesNotContain("Ada")
        assertThat(codec.json().writeMasked(short.copy(librarian = "Grace"))).doesNotContain("Grace")
    }

    @Test
    fun `loans are received from the bus, with and without optional properties`(broker: MemoryBroker) {
        val events = Events.create("library")
        val full = Samples.of(BOOK_LENT)
        EventRecorder.of(events, BOOK_LENT).use { recorder ->
            EventBus.open(Settings.of(mapOf<String, String>()), events, broker).use { bus ->
                for (loan in listOf(short, full)) {
                    bus.producer().send(BOOK_LENT, "loans", "loan.isbn", loan, events.newMetadata(BOOK_LENT)).join()
                }
                val two = ConsumerOptions.defaults().withStartAt(StartAt.earliest()).withMaxEvents(2)
                bus.consumer(listOf("loans"), "library", two).run()
            }
            assertThat(recorder.data(BOOK_LENT)).containsExactlyInAnyOrder(short, full)
        }
    }

    @Test
    fun `a data class that is no record is refused with the solution`() {
        val signal = Signal.of("org.example.library.book.sold.v1", "book", NoRecord::class.java)

        assertThatThrownBy { EventCodec.of(signal) }.hasMessageContaining("annotate the Kotlin data class with @JvmRecord")
    }
}
