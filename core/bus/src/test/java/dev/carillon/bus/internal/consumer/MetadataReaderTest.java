package dev.carillon.bus.internal.consumer;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.METADATA;
import static dev.carillon.bus.Examples.NAMES;
import static dev.carillon.bus.Examples.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.Examples;
import dev.carillon.bus.transport.Header;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataReaderTest {

    private final Events events = Examples.events();
    private final MetadataReader reader = new MetadataReader(NAMES, events);
    private final MetadataReader strict = new MetadataReader(NAMES.asStrict(), events);

    @Test
    void readsWhatIsWritten() {
        assertThat(reader.find(message(NAMES.write(METADATA))).metadata(LENT)).isEqualTo(METADATA);
        assertThat(reader.find(message(NAMES.write(METADATA))).eventType()).isEqualTo(LENT.eventType());
    }

    @Test
    void readsOneMessageAfterTheOther() {
        List<Header> changed = without("source", "sourcehost", "sourcelib", "type");
        changed.addAll(List.of(
                Header.of("source", "openedx/other/web"),
                Header.of("sourcehost", "host-2.example"),
                Header.of("sourcelib", "8.0.0"),
                Header.of("type", "other.event.v1")));
        assertThat(reader.find(message(NAMES.write(METADATA))).metadata(LENT)).isEqualTo(METADATA);

        EventMetadata read = reader.find(message(changed)).metadata(LENT);

        assertThat(read.source()).isEqualTo("openedx/other/web");
        assertThat(read.sourceHost()).isEqualTo("host-2.example");
        assertThat(read.sourceLib()).hasToString("8.0.0");
        assertThat(reader.find(message(changed)).eventType()).isEqualTo("other.event.v1");
        assertThat(reader.find(message(NAMES.write(METADATA))).metadata(LENT)).isEqualTo(METADATA);
    }

    @Test
    void whatIsMissingTakesTheDefaultOfFreshMetadata() {
        EventMetadata read = reader.find(message(List.of())).metadata(LENT);

        assertThat(read.id().version()).isEqualTo(1);
        assertThat(read.minorVersion()).isZero();
        assertThat(read.source()).isEqualTo("openedx/test/web");
        assertThat(read.sourceHost()).isEqualTo("here.example");
        assertThat(read.sourceLib()).isEqualTo(events.newMetadata(LENT).sourceLib());
        assertThat(read.time()).isAfter(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(reader.find(message(List.of())).eventType()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "minorversion", "source", "sourcehost", "sourcelib", "time"})
    void oneHeaderThatIsMissingOrEmptyLeavesTheOthersAsTheyAre(String name) {
        List<Header> missing = without(name);
        List<Header> empty = without(name);
        empty.add(Header.of(name, ""));

        for (List<Header> headers : List.of(missing, empty)) {
            EventMetadata read = reader.find(message(headers)).metadata(LENT);

            assertThat(name.equals("id") || read.id().equals(METADATA.id())).isTrue();
            assertThat(read.minorVersion()).isEqualTo(name.equals("minorversion") ? 0 : 7);
            assertThat(read.source()).isEqualTo(name.equals("source") ? "openedx/test/web" : METADATA.source());
            assertThat(read.sourceHost()).isEqualTo(name.equals("sourcehost") ? "here.example" : METADATA.sourceHost());
            assertThat(name.equals("sourcelib") || read.sourceLib().equals(METADATA.sourceLib()))
                    .isTrue();
            assertThat(name.equals("time") || read.time().equals(METADATA.time()))
                    .isTrue();
        }
    }

    @Test
    void headersOfOthersAreIgnored() {
        List<Header> headers = new ArrayList<>(NAMES.write(METADATA));
        headers.add(Header.of("traceparent", "00-1"));
        headers.add(Header.of("traceparent", "00-2"));

        assertThat(reader.find(message(headers)).metadata(LENT)).isEqualTo(METADATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "minorversion", "source", "sourcehost", "sourcelib", "time"})
    void onAStrictWireAHeaderThatIsThereTwiceIsNamed(String name) {
        List<Header> headers = new ArrayList<>(NAMES.write(METADATA));
        headers.add(NAMES.write(METADATA).stream()
                .filter(header -> header.name().equals(name))
                .findFirst()
                .orElseThrow());

        assertThatThrownBy(() -> strict.find(message(headers)).metadata(LENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header '" + name + "' occurs twice, but must occur once");
    }

    @Test
    void onAStrictWireAnEventTypeThatIsThereTwiceIsNamed() {
        List<Header> headers = List.of(Header.of("type", "a.v1"), Header.of("type", "b.v1"));

        assertThatThrownBy(() -> strict.find(message(headers)).eventType())
                .hasMessage("header 'type' occurs twice, but must occur once");
    }

    /** redis-py makes a dict of an entry's fields. */
    @Test
    void ofAFieldThatIsThereTwiceTheLastCounts() {
        List<Header> headers = new ArrayList<>(NAMES.write(METADATA));
        headers.add(Header.of("source", "openedx/last/web"));
        headers.add(Header.of("type", "last.event.v1"));

        assertThat(reader.find(message(headers)).metadata(LENT).source()).isEqualTo("openedx/last/web");
        assertThat(reader.find(message(headers)).eventType()).isEqualTo("last.event.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "sourcehost"})
    void onAStrictWireAnEmptyTextIsThatText(String name) {
        List<Header> headers = without(name);
        headers.add(Header.of(name, ""));

        EventMetadata read = strict.find(message(headers)).metadata(LENT);

        assertThat(name.equals("source") ? read.source() : read.sourceHost()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "minorversion", "sourcelib", "time"})
    void onAStrictWireAnEmptyHeaderThatIsNoTextIsNamed(String name) {
        List<Header> headers = without(name);
        headers.add(Header.of(name, ""));

        assertThatThrownBy(() -> strict.find(message(headers)).metadata(LENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header '" + name + "' must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6b29fc40ca471067b31d00dd010662da",
                "{6B29FC40-CA47-1067-B31D-00DD010662DA}",
                "urn:uuid:6b29fc40-ca47-1067-b31d-00dd010662da"
            })
    void anIdIsReadInAllFormsThatPythonReads(String id) {
        List<Header> headers = without("id");
        headers.add(Header.of("id", id));

        assertThat(reader.find(message(headers)).metadata(LENT).id())
                .hasToString("6b29fc40-ca47-1067-b31d-00dd010662da");
    }

    @ParameterizedTest
    @CsvSource({
        "id, no-uuid, a UUID",
        "minorversion, seven, a number",
        "minorversion, 99999999999, a number",
        "minorversion, 1.5, a number",
        "sourcelib, new, a version such as 11.2.0",
        "time, yesterday, a time such as 2024-01-02T03:04:05+00:00",
    })
    void aHeaderThatCannotBeReadIsNamedWithoutWhatItHolds(String name, String value, String expected) {
        List<Header> headers = without(name);
        headers.add(Header.of(name, value));

        assertThatThrownBy(() -> reader.find(message(headers)).metadata(LENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header '" + name + "' must be " + expected + ", but is a different text of "
                        + value.length() + " bytes");
    }

    @Test
    void aNegativeMinorVersionIsRefused() {
        List<Header> headers = without("minorversion");
        headers.add(Header.of("minorversion", "-1"));

        assertThatThrownBy(() -> reader.find(message(headers)).metadata(LENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "sourcehost", "time"})
    void aHeaderThatIsNotUtf8IsNamed(String name) {
        List<Header> headers = without(name);
        headers.add(new Header(name, new byte[] {'a', (byte) 0xC3, (byte) 0x28}));

        assertThatThrownBy(() -> reader.find(message(headers)).metadata(LENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header '" + name + "'");
    }

    @Test
    void ofAHeaderThatIsHugeTheLengthIsShown() {
        List<Header> headers = without("id");
        headers.add(new Header("id", "x".repeat(1_000_000).getBytes(UTF_8)));

        assertThatThrownBy(() -> reader.find(message(headers)).metadata(LENT))
                .hasMessageContaining("a different text of 1000000 bytes")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void aTimeWithAnotherOffsetIsTheSameMoment() {
        List<Header> headers = without("time");
        headers.add(Header.of("time", "2024-01-02T05:04:05.678901+02:00"));

        assertThat(reader.find(message(headers)).metadata(LENT).time()).isEqualTo(METADATA.time());
    }

    private static List<Header> without(String... names) {
        List<Header> headers = new ArrayList<>(NAMES.write(METADATA));
        headers.removeIf(header -> List.of(names).contains(header.name()));
        return headers;
    }
}
