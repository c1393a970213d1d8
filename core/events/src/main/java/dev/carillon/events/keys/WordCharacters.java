package dev.carillon.events.keys;

/**
 * The letters and numbers that Python's {@code \w} takes (without the underscore). They are all letters (L) and numbers
 * (N) of Unicode; combining marks are none.
 *
 * <p>Java 17 knows Unicode 13, Python 3.11 knows Unicode 14: what came with 14 is listed here. A newer Java accepts the
 * letters of its newer Unicode too, as a newer Python does.
 */
final class WordCharacters {

    private static final int WORD = 1 << Character.UPPERCASE_LETTER
            | 1 << Character.LOWERCASE_LETTER
            | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER
            | 1 << Character.OTHER_LETTER
            | 1 << Character.DECIMAL_DIGIT_NUMBER
            | 1 << Character.LETTER_NUMBER
            | 1 << Character.OTHER_NUMBER;

    private static final int TANGSA_ZERO = 0x16ac0;
    private static final int TANGSA_NINE = 0x16ac9;

    /** First and last code points of the ranges that Unicode 14 added. */
    private static final int[][] UNICODE_14 = {
        {0x870, 0x887},
        {0x889, 0x88e},
        {0x8b5, 0x8b5},
        {0x8c8, 0x8c9},
        {0xc5d, 0xc5d},
        {0xcdd, 0xcdd},
        {0x170d, 0x170d},
        {0x171f, 0x171f},
        {0x1b4c, 0x1b4c},
        {0x2c2f, 0x2c2f},
        {0x2c5f, 0x2c5f},
        {0x9ffd, 0x9fff},
        {0xa7c0, 0xa7c1},
        {0xa7d0, 0xa7d1},
        {0xa7d3, 0xa7d3},
        {0xa7d5, 0xa7d9},
        {0xa7f2, 0xa7f4},
        {0x10570, 0x1057a},
        {0x1057c, 0x1058a},
        {0x1058c, 0x10592},
        {0x10594, 0x10595},
        {0x10597, 0x105a1},
        {0x105a3, 0x105b1},
        {0x105b3, 0x105b9},
        {0x105bb, 0x105bc},
        {0x10780, 0x10785},
        {0x10787, 0x107b0},
        {0x107b2, 0x107ba},
        {0x10f70, 0x10f81},
        {0x11071, 0x11072},
        {0x11075, 0x11075},
        {0x11740, 0x11746},
        {0x11ab0, 0x11abf},
        {0x12f90, 0x12ff0},
        {0x16a70, 0x16abe},
        {TANGSA_ZERO, TANGSA_NINE},
        {0x1aff0, 0x1aff3},
        {0x1aff5, 0x1affb},
        {0x1affd, 0x1affe},
        {0x1b11f, 0x1b122},
        {0x1df00, 0x1df1e},
        {0x1e290, 0x1e2ad},
        {0x1e7e0, 0x1e7e6},
        {0x1e7e8, 0x1e7eb},
        {0x1e7ed, 0x1e7ee},
        {0x1e7f0, 0x1e7fe},
        {0x2a6de, 0x2a6df},
        {0x2b735, 0x2b738}
    };

    private WordCharacters() {}

    static boolean isWord(int character) {
        int type = Character.getType(character);
        return (WORD >>> type & 1) != 0 || (type == Character.UNASSIGNED && cameWithUnicode14(character));
    }

    static boolean isDecimalDigit(int character) {
        return Character.isDigit(character) || (character >= TANGSA_ZERO && character <= TANGSA_NINE);
    }

    private static boolean cameWithUnicode14(int character) {
        for (int[] range : UNICODE_14) {
            if (character >= range[0] && character <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
