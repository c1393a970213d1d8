package dev.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases of the event library, in their order. */
class LibraryVersionTest {

    @Test
    void versionsAreOrderedNumberByNumber() {
        List<LibraryVersion> sorted = Stream.of(
                        "10.0.0", "9.20.0", "9.3.0", "0.10.0", "0.9.0", "9.20", "10", "9.20.0.1")
                .map(LibraryVersion::parse)
                .sorted()
                .toList();

        assertThat(sorted)
                .extracting(LibraryVersion::toString)
                .containsExactly("0.9.0", "0.10.0", "9.3.0", "9.20", "9.20.0", "9.20.0.1", "10", "10.0.0");
    }

    @Test
    void equalNumbersAreEqualVersions() {
        LibraryVersion parsed = LibraryVersion.parse("11.2.0");

        assertThat(parsed)
                .isEqualTo(LibraryVersion.of(List.of(11, 2, 0)))
                .hasSameHashCodeAs(LibraryVersion.of(List.of(11, 2, 0)))
                .isEqualByComparingTo(LibraryVersion.of(List.of(11, 2, 0)))
                .isNotEqualTo(LibraryVersion.parse("11.2"))
                .hasToString("11.2.0");
        assertThat(parsed.numbers()).containsExactly(11, 2, 0).isUnmodifiable();
    }

    @Test
    void numbersAreReadAsPythonReadsThem() {
        assertThat(LibraryVersion.parse("09. 3 .+1")).hasToString("9.3.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "11.", ".2", "11..2", "11.2.0rc1", "v11", "11.-2", "1.2147483648", "11,2"})
    void whatIsNoVersionIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LibraryVersion.parse(text))
                .withMessageContaining("such as 11.2.0, but was");
    }

    @Test
    void anEndlessVersionIsRefusedWithoutShowingAllOfIt() {
        List<Integer> tooMany = IntStream.range(0, 17).boxed().toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LibraryVersion.of(tooMany))
                .withMessage("A library version is 1 to 16 numbers, such as 11.2.0, but these are 17");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LibraryVersion.of(List.of()))
                .withMessageEndingWith("but these are 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LibraryVersion.parse("1." + "x".repeat(100_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }
}
