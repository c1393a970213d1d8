package dev.carillon.events.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Named.named;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostileKeysTest {

    private static final int MANY = 300_000;

    static Stream<Named<String>> hostile() {
        return Stream.of(
                named("many names", "course-v1:" + "a+".repeat(MANY)),
                named("one long name", "course-v1:" + "a".repeat(MANY)),
                named("many branches", "course-v1:a+b+c" + "+branch@b".repeat(MANY)),
                named("many tags in one", "block-v1:" + "type@".repeat(MANY)),
                named("many empty names", "library-v1:" + "+".repeat(MANY)),
                named("many fields", "lb:" + ":".repeat(MANY)),
                named("many slashes in a block", "i4x:" + "/".repeat(MANY)),
                named("many slashes", "/".repeat(MANY)),
                named("many asides within each other", "aside-usage-v1:".repeat(MANY)),
                named("many asides of the second version", "aside-usage-v2:".repeat(MANY) + "::a"),
                named("many escapes", "aside-usage-v2:" + "$".repeat(MANY) + "::a"));
    }

    /** Would run for hours, or overflow the stack, if reading took more than one pass or one call a part. */
    @ParameterizedTest
    @MethodSource("hostile")
    void aTextOfManyPartsIsRefusedByEveryKind(String text) {
        for (KeyKind kind : KeyKind.values()) {
            assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> kind.parse(text));
        }
    }

    @Test
    void aVeryLongNameIsNoReasonToRefuse() {
        String org = "課".repeat(MANY);

        assertThat(CourseKey.parse("course-v1:" + org + "+DemoX+2024").org()).isEqualTo(org);
    }

    @ParameterizedTest
    @EnumSource
    void anyTextIsEitherAKeyOrInvalid(KeyKind kind) {
        List<String> pieces = List.of(
                "course-v1:",
                "block-v1:",
                "ccx-v1:",
                "lib:",
                "lb:",
                "lct:",
                "i4x://",
                "aside-usage-v1:",
                "aside-usage-v2:",
                "+",
                "@",
                ":",
                "::",
                "/",
                "$",
                "branch@",
                "version@",
                "ccx@",
                "type@",
                "block@",
                "a",
                "Z9",
                "%",
                "\n",
                "é",
                "\u0301",
                "\ud800",
                "\ud83d\ude00",
                "519665f6223ebd6980884f2b");
        Random random = new Random(20240102);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(12); left > 0; left--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            assertIsKeyOrInvalid(kind, text.toString());
        }
    }

    private static void assertIsKeyOrInvalid(KeyKind kind, String text) {
        OpaqueKey key;
        try {
            key = kind.parse(text);
        } catch (InvalidKeyException e) {
            assertThat(e.reason()).isNotBlank();
            return;
        }
        assertThat(kind.parse(key.toString())).hasToString(key.toString());
    }
}
