package dev.carillon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary entries among the dead letters of a group: listed, redriven and discarded together with real ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("thorough")
class DeadLetterFuzzTest {

    private static final int MESSAGES_OF_A_BROKER = 5_000;
    private static final String GOOD = "ba9876543210";

    private Service service = new Service();
    private int entries;

    @AfterAll
    void stop() {
        service.close();
    }

    static Stream<byte[]> entries() {
        return Recorded.oneOfEachType()
                .map(WireMessage::of)
                .map(message -> WireMessage.write(deadLetter("0123456789ab", message)));
    }

    private static RawMessage deadLetter(String id, RawMessage message) {
        List<Header> headers = new ArrayList<>(message.headers());
        headers.add(Header.of("carillon-id", id));
        headers.add(Header.of("carillon-topic", Service.TOPIC));
        headers.add(Header.of("carillon-partition", "0"));
        headers.add(Header.of("carillon-position", "0:12"));
        headers.add(Header.of("carillon-group", Service.GROUP));
        headers.add(Header.of("carillon-event-type", "org.openedx.learning.course.enrollment.created.v1"));
        headers.add(Header.of("carillon-event-id", "953a5154-281f-16f5-94a5-054cda2ec003"));
        headers.add(Header.of("carillon-key", "ada"));
        headers.add(Header.of("carillon-key-bytes", HexFormat.of().formatHex("ada".getBytes(StandardCharsets.UTF_8))));
        headers.add(Header.of("carillon-cause", "FAILED"));
        headers.add(Header.of("carillon-failure", "java.lang.IllegalStateException"));
        headers.add(Header.of("carillon-message", "no"));
        headers.add(Header.of("carillon-receivers", "one\ntwo"));
        headers.add(Header.of("carillon-attempts", "5"));
        headers.add(Header.of("carillon-first-failed", "2024-01-02T03:04:05Z"));
        headers.add(Header.of("carillon-last-failed", "2024-01-02T03:05:05Z"));
        return new RawMessage(headers, null, message.value());
    }

    /** An input is a {@link WireMessage}, placed before a valid dead letter. */
    @MethodSource("entries")
    @FuzzTest
    void whatStandsAmongTheDeadLetters(byte[] bytes) {
        if (++entries % MESSAGES_OF_A_BROKER == 0) {
            service.close();
            service = new Service();
        }
        RawMessage entry = WireMessage.read(new Input(bytes));
        String place = service.put("hostile", entry);
        RawMessage good = deadLetter(GOOD, new RawMessage(List.of(Header.of("type", "none")), null, new byte[0]));
        service.put(GOOD, good);

        List<DeadLetter> listed = service.deadLetters().list();
        assertThat(listed).extracting(DeadLetter::id).contains(GOOD);
        service.deadLetters().redrive(listed);
        service.deadLetters().discard(service.deadLetters().list());

        service.deadLetters().discardMalformed(service.deadLetters().inspect().malformed());
        service.remove(place);
        assertThat(service.deadLetters().list()).isEmpty();
    }
}
