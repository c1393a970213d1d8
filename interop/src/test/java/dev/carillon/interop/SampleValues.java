package dev.carillon.interop;

import dev.carillon.events.keys.KeyKind;
import java.time.ZoneOffset;
import java.util.List;

/** Values that two implementations of one format are likely to treat differently. */
final class SampleValues {

    static final String ALPHABET =
            "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ\t0123456789\n!\"$%&/()=?'\\é教ﷺ";

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "naïve café",
            "ﷺ العربية עברית 教育 ไทย",
            "e\u0301 \u200d\u200e\u202e\ufeff",
            "\ud83c\udf93\ud83d\udc69\ud83c\udffd\u200d\ud83c\udf93 \udbff\udfff \uffff \ufffd",
            "\u0000\u0001\t\r\n\u2028\u007f\u0085",
            "\"quoted\" \\back\\slashed\\ {\"json\": [1, null]} '; DROP TABLE --",
            "x".repeat(63),
            "y".repeat(64),
            "ü".repeat(32),
            "None",
            "null",
            "2024-01-02T03:04:05");

    /** Their order by code points differs from their order by UTF-16 units. */
    static final List<String> MAP_KEYS = List.of(
            "",
            "a",
            "A",
            "aa",
            "Z",
            "é",
            "e\u0301",
            "\u0000",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ue000",
            "\ufb01",
            "\ufffd",
            "\uffff",
            "\ud800\udc00",
            "\ud83d\ude00",
            "\ud83d\ude00a",
            "\udbff\udfff");

    static final List<Long> NUMBERS = List.of(
            0L,
            1L,
            -1L,
            63L,
            64L,
            -64L,
            -65L,
            8191L,
            8192L,
            -8192L,
            -8193L,
            1L << 31,
            -(1L << 31) - 1,
            (1L << 53) + 1,
            1L << 62,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    static final List<Double> DOUBLES = List.of(
            0.0,
            -0.0,
            0.1,
            1.0,
            -1.5,
            1.0 / 3,
            1e-7,
            1e16,
            1e22,
            123456789.12345679,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN);

    /** The last one is more precise than the wire format. */
    static final List<Integer> NANOSECONDS =
            List.of(0, 1_000, 10_000, 1_000_000, 100_000_000, 123_456_000, 999_999_000, 999_999_999);

    static final List<ZoneOffset> OFFSETS = List.of(
            ZoneOffset.UTC,
            ZoneOffset.ofHoursMinutes(5, 30),
            ZoneOffset.ofHoursMinutes(-3, -30),
            ZoneOffset.ofHours(14),
            ZoneOffset.ofHours(-12),
            ZoneOffset.ofHoursMinutesSeconds(0, 19, 32),
            ZoneOffset.ofHoursMinutesSeconds(-17, -59, -59),
            ZoneOffset.MAX);

    private SampleValues() {}

    /** Keys of a kind in every form that occurs on the wire; the first two are current, the others deprecated. */
    static List<String> keys(KeyKind kind) {
        return switch (kind) {
            case COURSE ->
                List.of(
                        "course-v1:edX+DemoX+Demo_Course",
                        "course-v1:Ünï+Кирилл.101+教育-2024~1",
                        "course-v1:edX+DemoX+2024+branch@draft-branch+version@519665f6223ebd6980884f2b",
                        "library-v1:edX+lib.One",
                        "ccx-v1:edX+DemoX+Demo_Course+ccx@17",
                        "edX/DemoX/Old_Course");
            case USAGE ->
                List.of(
                        "block-v1:edX+DemoX+Demo_Course+type@problem+block@a1b2c3",
                        "block-v1:edX+DemoX+2024+branch@published-branch+version@519665f6223ebd6980884f2b"
                                + "+type@video+block@é:x~y.z",
                        "lib-block-v1:edX+lib.One+type@html+block@b1",
                        "ccx-block-v1:edX+DemoX+Demo_Course+ccx@17+type@vertical+block@v1",
                        "lb:SchemaX:lib-1:problem:p.1",
                        "i4x://edX/DemoX/problem/old_problem",
                        "aside-usage-v1:block-v1:edX+DemoX+Demo_Course+type@problem+block@a1b2c3::structured_tags",
                        "aside-usage-v2:lb$:SchemaX$:lib-1$:problem$:p.1::structured_tags");
            case CCX -> List.of("ccx-v1:edX+DemoX+Demo_Course+ccx@17", "ccx-v1:Ünï+CS+R.1+ccx@9007199254740993");
            case LIBRARY -> List.of("lib:SchemaX:lib-1", "lib:Org.X_1:ünï-教育");
            case LIBRARY_USAGE -> List.of("lb:SchemaX:lib-1:problem:p.1", "lb:Org.X_1:ünï-教育:video:v.é_1");
            case LIBRARY_COLLECTION ->
                List.of("lib-collection:SchemaX:lib-1:col-1", "lib-collection:Org.X_1:ünï:sammlung_2");
            case LIBRARY_CONTAINER -> List.of("lct:SchemaX:lib-1:unit:u-1", "lct:Org.X_1:ünï:subsection:s_2");
        };
    }
}
