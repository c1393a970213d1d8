package dev.carillon.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of {@code docs/reference}, which is written from code. A test compares it with the code; with
 * {@code -Dcarillon.references=write}, which {@code bin/references} sets, it writes the page instead.
 */
public final class GeneratedPage {

    private GeneratedPage() {}

    /**
     * Compares a page with what the code says.
     *
     * @param page the file, relative to the folder of a module
     * @param expected its whole text
     * @throws AssertionError if the page is missing or differs, with the first line that does
     */
    public static void check(Path page, String expected) {
        try {
            if ("write".equals(System.getProperty("carillon.references"))) {
                Files.createDirectories(page.toAbsolutePath().getParent());
                Files.writeString(page, expected);
                return;
            }
            String actual = Files.exists(page) ? Files.readString(page) : "";
            if (!actual.equals(expected)) {
                throw new AssertionError(page.normalize() + " is not what the code says: run bin/references.\n"
                        + firstDifference(actual.split("\n", -1), expected.split("\n", -1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstDifference(String[] actual, String[] expected) {
        int line = 0;
        while (line < Math.min(actual.length, expected.length) && actual[line].equals(expected[line])) {
            line++;
        }
        return "Line " + (line + 1) + " is      " + (line < actual.length ? actual[line] : "missing")
                + "\nand should be " + (line < expected.length ? expected[line] : "removed");
    }
}
