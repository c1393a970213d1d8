package dev.carillon.events.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyEqualityTest {

    private static final String VERSION = "version@519665f6223ebd6980884f2b";

    @Test
    void textsThatNameTheSameCourseAreEqualKeys() {
        assertThat(CourseKey.parse("slashes:edX+DemoX+2024"))
                .isEqualTo(CourseKey.parse("course-v1:edX+DemoX+2024"))
                .isEqualTo(CourseKey.parse("course-v1:edX+DemoX+2024+type@problem+block@a"))
                .isEqualTo(CourseKey.of("edX", "DemoX", "2024"));
    }

    @Test
    void anOldKeyDiffersFromTheNewKeyOfTheSameCourse() {
        assertThat(CourseKey.parse("edX/DemoX/2024")).isNotEqualTo(CourseKey.parse("course-v1:edX+DemoX+2024"));
    }

    @Test
    void whatTheTextOmitsStillDistinguishesKeys() {
        CourseKey versionAlone = CourseKey.parse("course-v1:" + VERSION);
        CourseKey withoutRun = CourseKey.parse("course-v1:edX+DemoX+" + VERSION);

        assertThat(withoutRun).hasSameHashCodeAs(versionAlone).isNotEqualTo(versionAlone);
        assertThat(withoutRun).hasToString(versionAlone.toString());
    }

    @Test
    void aMissingBlockTypeDiffersFromATypeNamedNone() {
        UsageKey missing = UsageKey.parse("block-v1:edX+DemoX+2024+block@a");
        UsageKey none = UsageKey.parse("block-v1:edX+DemoX+2024+type@None+block@a");

        assertThat(missing).hasToString(none.toString()).isNotEqualTo(none);
        assertThat(AsideUsageKey.of(missing, "rating")).isNotEqualTo(AsideUsageKey.of(none, "rating"));
    }

    @Test
    void aBlockWithAKnownRunDiffersFromItsOldTextAlone() {
        CourseLocator course = (CourseLocator) CourseKey.parse("edX/DemoX/2024");
        UsageKey made = UsageKey.of(course, "problem", "a");
        UsageKey read = UsageKey.parse("i4x://edX/DemoX/problem/a");

        assertThat(made).hasToString(read.toString()).isNotEqualTo(read);
        assertThat(made.courseKey()).isEqualTo(course);
        assertThat(read.courseKey()).isNull();
    }

    @Test
    void aCollectionKnownByItsIdAloneEqualsOnlyAnotherSuch() {
        String text = "lib-collection:Org:lib1:c1";

        assertThat(LibraryCollectionLocator.withoutLibrary(text))
                .isEqualTo(LibraryCollectionLocator.withoutLibrary(text))
                .isNotEqualTo(LibraryCollectionLocator.parse(text))
                .isNotEqualTo(LibraryContainerLocator.withoutLibrary(text));
    }
}
