package dev.carillon.bus;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.Transport;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.events.WireName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signals, messages and names that the tests of this package share. */
public final class Examples {

    public record Course(
            @WireName("course_key") String key, @Nullable String title, int run) {}

    public record Loan(String book, long days, @Nullable Course course, List<String> notes, Map<String, Long> marks) {}

    public record Keys(Loan first, long second) {}

    public static final Signal<Loan> LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);
    public static final Signal<Loan> RETURNED = Signal.of("org.example.library.book.returned.v1", "loan", Loan.class);
    public static final Signal<Keys> SWAPPED = Signal.ofKeys("org.example.library.books.swapped.v1", Keys.class);
    public static final Signal<Loan> PRIVATE =
            Signal.of("org.example.library.book.hidden.v1", "loan", Loan.class).inProcessOnly("it names the reader");

    public static final HeaderNames NAMES =
            new HeaderNames("type", "id", "source", "time", "minorversion", "sourcehost", "sourcelib", List.of());

    public static final EventMetadata METADATA = new EventMetadata(
            LENT.eventType(),
            UUID.fromString("d4a0e3a2-1f5e-11ef-9262-0242ac120002"),
            7,
            "openedx/library/web",
            "host-1.example",
            Instant.parse("2024-01-02T03:04:05.678901Z"),
            LibraryVersion.parse("9.5.1"));

    private static final Transport MEMORY = new MemoryBroker()
            .prepare(new SettingsReader(Settings.of(Map.of())), Optional.empty())
            .get();

    private Examples() {}

    public static Events events() {
        return Events.builder()
                .serviceName("test")
                .sourceHost("here.example")
                .signals(Signals.of(LENT, RETURNED, SWAPPED, PRIVATE))
                .build();
    }

    public static Loan loan(String book, long days) {
        return new Loan(book, days, null, List.of(), Map.of());
    }

    /** A position of the memory transport, such as {@code 0:17}. */
    public static Position position(String text) {
        return MEMORY.position(text);
    }

    public static IncomingMessage message(String position) {
        return IncomingMessage.of("books", position(position), List.of(), new byte[0]);
    }

    public static IncomingMessage message(List<Header> headers) {
        return IncomingMessage.of("books", position("0:1"), headers, new byte[0]);
    }

    /** A message of a partition, with this number of bytes. */
    public static IncomingMessage message(String topic, int partition, int position, int bytes) {
        return new IncomingMessage(
                topic,
                partition,
                position(partition + ":" + position),
                List.of(),
                null,
                new byte[bytes],
                0,
                null,
                null);
    }
}
