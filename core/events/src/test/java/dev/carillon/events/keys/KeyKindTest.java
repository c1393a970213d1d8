package dev.carillon.events.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyKindTest {

    @ParameterizedTest
    @EnumSource
    void aKindIsFoundByItsLabelAndByItsType(KeyKind kind) {
        assertThat(KeyKind.named(kind.label())).isEqualTo(kind);
        assertThat(KeyKind.of(kind.type())).contains(kind);
    }

    @Test
    void aTypeThatIsReadAsPartOfAnotherKindHasNoKindOfItsOwn() {
        assertThat(KeyKind.of(CourseLocator.class)).isEmpty();
        assertThat(KeyKind.of(OpaqueKey.class)).isEmpty();
        assertThat(KeyKind.of(String.class)).isEmpty();
    }

    @Test
    void theErrorForAnUnknownLabelSuggestsTheNearestAndListsAllKnown() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> KeyKind.named("corse"))
                .withMessage(
                        "'corse' is not a kind of key. Did you mean 'course'? Known are: course, usage, ccx, library,"
                                + " library_usage, library_collection, library_container");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> KeyKind.named("something else"))
                .withMessageStartingWith("'something else' is not a kind of key. Known are: course,");
    }
}
