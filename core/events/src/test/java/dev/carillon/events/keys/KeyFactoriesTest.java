package dev.carillon.events.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyFactoriesTest {

    private static final CourseLocator COURSE = CourseKey.of("edX", "DemoX", "2024");
    private static final LibraryLocatorV2 LIBRARY = LibraryLocatorV2.of("Org", "lib1");

    static Stream<OpaqueKey> made() {
        CcxLocator ccx = CcxLocator.of(COURSE, 12);
        LibraryLocator legacy = LibraryLocator.of("edX", "lib1");
        return Stream.of(
                COURSE,
                CourseLocator.of("edX", "DemoX", "2024", "draft", "519665f6223ebd6980884f2b"),
                CcxLocator.of(CourseLocator.of("edX", "DemoX", "2024", "draft", null), 12),
                ccx,
                legacy,
                LIBRARY,
                UsageKey.of(COURSE, "problem", "p1"),
                UsageKey.of(ccx, "video", "v1"),
                UsageKey.of(legacy, "html", "h1"),
                UsageKey.of(LIBRARY, "problem", "p1"),
                AsideUsageKey.of(UsageKey.of(LIBRARY, "problem", "p1"), "a$ide:1"),
                LibraryCollectionLocator.of(LIBRARY, "col-1"),
                LibraryContainerLocator.of(LIBRARY, "unit", "u-1"));
    }

    @ParameterizedTest
    @MethodSource("made")
    void aKeyMadeFromPartsEqualsTheKeyReadFromItsText(OpaqueKey key) {
        KeyKind kind = Stream.of(KeyKind.values())
                .filter(candidate -> candidate.type().isInstance(key))
                .findFirst()
                .orElseThrow();

        assertThat(kind.parse(key.toString())).isEqualTo(key);
    }

    @Test
    void blocksTakeTheFormOfTheirCourseOrLibrary() {
        assertThat(UsageKey.of(COURSE, "problem", "p1")).hasToString("block-v1:edX+DemoX+2024+type@problem+block@p1");
        assertThat(UsageKey.of(CcxLocator.of(COURSE, 12), "problem", "p1"))
                .hasToString("ccx-block-v1:edX+DemoX+2024+ccx@12+type@problem+block@p1");
        assertThat(UsageKey.of(LIBRARY, "problem", "p1")).hasToString("lb:Org:lib1:problem:p1");
    }

    @Test
    void aVersionIsWrittenInLowerCase() {
        assertThat(CourseLocator.of("edX", "DemoX", "2024", null, "519665F6223EBD6980884F2B"))
                .hasToString("course-v1:edX+DemoX+2024+version@519665f6223ebd6980884f2b");
    }

    @Test
    void aPartThatWouldReadAsTwoIsRefused() {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> CourseKey.of("edX", "Demo+X", "2024"))
                .withMessage("'course-v1:edX+Demo+X+2024' is not a course key: the course contains '+', but may contain"
                        + " only letters, digits and _-~.:");
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> UsageKey.of(COURSE, "problem", "a@b"))
                .withMessageContaining("the block's id contains '@'");
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> UsageKey.of(COURSE, "prob+lem", "a"))
                .withMessageContaining("the block's type contains '+'");
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> LibraryUsageLocatorV2.of(LIBRARY, "problem", "a:b"))
                .withMessageContaining("the block's id contains ':'");
    }

    @Test
    void anEmptyPartIsRefused() {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> CourseKey.of("edX", "DemoX", ""))
                .withMessageContaining("the run is empty");
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> LibraryLocatorV2.of("", "lib1"))
                .withMessageContaining("the organization is empty");
    }

    @Test
    void aCustomCourseNeedsACountingNumberAndACourseWithANewKey() {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> CcxLocator.of(COURSE, -1))
                .withMessageContaining("the number contains '-'");
        CourseLocator old = (CourseLocator) CourseKey.parse("edX/DemoX/2024");
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> CcxLocator.of(old, 1))
                .withMessageContaining("edX/DemoX/2024");
    }
}
