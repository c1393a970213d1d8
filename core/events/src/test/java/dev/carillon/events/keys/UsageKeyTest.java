package dev.carillon.events.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageKeyTest {

    @Test
    void aBlockOfACourseKnowsItsCourse() {
        UsageKey block = UsageKey.parse("block-v1:edX+DemoX+2024+branch@draft+type@video+block@v1");

        assertThat(block.courseKey()).isEqualTo(CourseKey.parse("course-v1:edX+DemoX+2024+branch@draft"));
        assertThat(block.contextKey()).isEqualTo(block.courseKey());
        assertThat(block.blockType()).isEqualTo("video");
        assertThat(block.blockId()).isEqualTo("v1");
    }

    @Test
    void aBlockOfACustomCourseKnowsTheCustomCourse() {
        UsageKey block = UsageKey.parse("ccx-block-v1:edX+DemoX+2024+ccx@7+type@video+block@v1");

        assertThat(block.courseKey()).isEqualTo(CcxLocator.parse("ccx-v1:edX+DemoX+2024+ccx@7"));
    }

    @Test
    void aBlockOfAContentLibraryHasALibraryAndNoCourse() {
        LibraryUsageLocatorV2 block = LibraryUsageLocatorV2.parse("lb:Org:lib1:problem:p1");

        assertThat(block.contextKey()).isEqualTo(LibraryLocatorV2.of("Org", "lib1"));
        assertThat(block.courseKey()).isNull();
    }

    @Test
    void anOldBlockKeyNamesNoRunAndSoNoCourse() {
        BlockUsageLocator block = (BlockUsageLocator) UsageKey.parse("i4x://edX/DemoX/problem/abc@draft");

        assertThat(block.courseKey()).isNull();
        assertThat(block.deprecated()).isTrue();
        assertThat(block.org()).isEqualTo("edX");
        assertThat(block.course()).isEqualTo("DemoX");
        assertThat(block.run()).isNull();
        assertThat(block.branch()).isEqualTo("draft");
    }

    @Test
    void anAsideSpeaksForItsBlock() {
        AsideUsageKey aside = (AsideUsageKey) UsageKey.parse("aside-usage-v2:lb$:Org$:lib1$:problem$:p1::rating$:1");

        assertThat(aside.usageKey()).isEqualTo(UsageKey.parse("lb:Org:lib1:problem:p1"));
        assertThat(aside.asideType()).isEqualTo("rating:1");
        assertThat(aside.blockId()).isEqualTo("p1");
        assertThat(aside.contextKey()).isEqualTo(LibraryLocatorV2.of("Org", "lib1"));
    }
}
