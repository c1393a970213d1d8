package dev.carillon.testkit;

import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.avro.EventCodec;
import dev.carillon.catalog.Catalog;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.events.Signal;
import dev.carillon.events.TypeSerializer;
import dev.carillon.events.keys.KeyKind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {

    enum Genre {
        NOVEL,
        POETRY
    }

    record Isbn(String digits) {
        Isbn {
            if (!digits.matches("[0-9]{13}")) {
                throw new IllegalArgumentException("13 digits");
            }
        }
    }

    record Shelf(int row, @Nullable Integer place, Genre genre) {}

    @SuppressWarnings("ArrayRecordComponent") // an array is one of the types
    record Book(
            UserData borrower,
            Isbn isbn,
            Genre genre,
            BigDecimal price,
            List<Shelf> shelves,
            Map<String, Shelf> byName,
            byte[] cover,
            ByteBuffer spine,
            Instant printed,
            OffsetDateTime due,
            UUID copy,
            @Nullable Double weight,
            @Nullable Boolean lent,
            @Nullable Long pages,
            @Nullable String note) {}

    record Page(Object text) {}

    static final Signal<Book> BOOK_LENT = Signal.of("org.example.library.book.lent.v1", "book", Book.class)
            .withSerializers(TypeSerializer.ofEnum(Genre.class), TypeSerializer.decimal());

    static Stream<Signal<?>> catalog() {
        return Catalog.signals().all().stream().map(signal -> (Signal<?>) signal);
    }

    static Stream<Signal<?>> publishable() {
        return catalog().filter(signal -> signal.inProcessReason().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("publishable")
    <T> void theSampleOfEachPublicSignalPassesThroughTheCodec(Signal<T> signal) {
        EventCodec<T> codec = EventCodec.of(signal);
        T sample = Samples.of(signal);

        assertThat(codec.decode(codec.encode(sample))).isEqualTo(sample);
        assertThat(codec.json().read(codec.json().write(sample))).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("catalog")
    void eachSignalHasASample(Signal<?> signal) {
        assertThat((Object) Samples.of(signal)).isInstanceOf(signal.dataClass());
    }

    @ParameterizedTest
    @MethodSource("publishable")
    <T> void theSeedDeterminesTheData(Signal<T> signal) {
        Samples samples = Samples.seeded(7);
        T first = samples.next(signal);
        T second = samples.next(signal);

        assertThat(Samples.seeded(7).next(signal)).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);
        assertThat(Samples.seeded(8).next(signal)).isNotEqualTo(first);
    }

    @Test
    void aPersonIsConsistentAndLivesAtExampleOrg() {
        CertificateData certificate = Samples.of(CERTIFICATE_CREATED);

        assertThat(certificate.user().pii().email())
                .isEqualTo(certificate.user().pii().username() + "@example.org");
        assertThat(certificate.name())
                .isEqualTo(certificate.user().pii().name())
                .contains(" ");
        assertThat(certificate.course().end()).isAfter(certificate.course().start());
        assertThat(certificate.downloadUrl()).startsWith("https://example.org/");
    }

    @Test
    void twoUsersOfOneSeedDiffer() {
        Samples samples = Samples.seeded(42);

        assertThat(samples.next(UserData.class)).isNotEqualTo(samples.next(UserData.class));
    }

    @Test
    void allKindsOfKeysHaveSamples() {
        assertThat(Arrays.stream(KeyKind.values()))
                .allSatisfy(kind -> assertThat((Object) Samples.seeded(1).next(kind.type()))
                        .hasToString(
                                kind.parse(Samples.seeded(1).next(kind.type()).toString())
                                        .toString()));
    }

    @Test
    void anOwnRecordHasEveryComponentAndValuesOfTheTestsOwn() {
        Samples samples = Samples.seeded(3)
                .with(Isbn.class, random -> new Isbn("978" + (1_000_000_000L + random.nextInt(1_000_000_000))));
        Book book = samples.next(BOOK_LENT);
        EventCodec<Book> codec = EventCodec.of(BOOK_LENT);

        assertThat(book).hasNoNullFieldsOrProperties();
        assertThat(book.shelves()).hasSize(2).doesNotHaveDuplicates();
        assertThat(codec.decode(codec.encode(book))).usingRecursiveComparison().isEqualTo(book);
    }

    @Test
    void aConstructorThatRejectsTheValuesIsNamedWithTheSolution() {
        assertThatThrownBy(() -> Samples.of(BOOK_LENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Isbn rejects the sample values")
                .hasMessageContaining("13 digits")
                .hasMessageContaining(".with(Isbn.class, …)");
    }

    @Test
    void aClassWithoutSamplesIsNamedWithItsComponent() {
        assertThatThrownBy(() -> Samples.seeded(1).next(Page.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Page.text is of java.lang.Object");
    }
}
