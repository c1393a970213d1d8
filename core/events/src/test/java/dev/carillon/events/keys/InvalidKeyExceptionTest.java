package dev.carillon.events.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvalidKeyExceptionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            course            | course-v1:edX+DemoX             | expected org+course+run after 'course-v1:', but found 2 parts
            course            | course-v1:edX                   | expected org+course+run after 'course-v1:', but found 1 part
            course            | course-v1:edX+DemoX+2024+a      | expected org+course+run after 'course-v1:', but found one more part, 'a'
            course            | course-v1:edX+Demo X+2024       | the course contains ' ', but may contain only letters, digits and _-~.:
            course            | course-v1:edX++2024             | the course is empty
            course            | course-v1:edX+DemoX+2024+       | nothing follows the last '+'
            course            | course-v1:edX+DemoX+2024+foo@b  | there is no part 'foo@' in such a key
            course            | course-v1:a+b+c+branch@         | the part after branch@ is empty
            course            | course-v1:a+b+c+version@12      | the version '12' is not 24 hexadecimal digits
            course            | lib:Org:lib1                    | expected one that starts with 'course-v1:', 'library-v1:' or 'ccx-v1:'
            course            | edX/DemoX                       | expected 'course-v1:org+course+run' or 'org/course/run'
            usage             | block-v1:edX+DemoX+2024         | it names no block, expected '+block@id' at its end
            usage             | block-v1:a+b+c+block@a+type@b   | type@ cannot follow block@
            usage             | i4x://edX/DemoX/problem         | expected 'i4x://org/course/type/id'
            usage             | lb:Org:lib1:problem             | expected org:library:type:id after 'lb:', but found 3 parts
            usage             | aside-usage-v2:lb$:O$:l::a      | it contains 'lb:O:l', which is not a usage key: expected org:library:type:id after 'lb:', but found 2 parts
            ccx               | ccx-v1:edX+DemoX+2024           | expected org+course+run+ccx@number after 'ccx-v1:', but found no 'ccx@'
            ccx               | course-v1:edX+DemoX+2024        | it does not start with 'ccx-v1:'
            library           | lib:Org:lib1:extra              | expected org:slug after 'lib:', but found more
            library_container | lct:Org:lib1:un it:u1           | the container's type contains ' ', but may contain only ASCII letters, digits and _-.
            """)
    void theReasonSaysWhatIsWrongAndWhatWouldBeRight(String kind, String input, String reason) {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> KeyKind.named(kind).parse(input))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .withMessage("'" + input + "' is not a " + kind.replace('_', ' ') + " key: " + reason);
    }

    @Test
    void controlCharactersAreShownEscaped() {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> CourseKey.parse("course-v1:edX+De\nmo\u202eX+2024"))
                .withMessageStartingWith("'course-v1:edX+De\\u000amo\\u202eX+2024' is not")
                .withMessageContaining("contains '\\u000a'");
    }

    @Test
    void aLongTextIsShortenedInTheMessageButKept() {
        String input = "x".repeat(100_000);

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> UsageKey.parse(input))
                .satisfies(e -> assertThat(e.input()).isEqualTo(input))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).contains("(100000 characters)"));
    }
}
