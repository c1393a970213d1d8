package dev.carillon.conventions;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.carillon.conventions.Vocabulary.Hit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Sources, documents, scripts and POMs use the words of the project's vocabulary. {@code replaced-words.tsv} lists the words that
 * are replaced; {@code allowed-uses.tsv} is the one place for legitimate uses of them.
 */
class VocabularyTest {

    /** Not this package, whose list and samples contain the words. */
    private static final String FILES = "(?!testing/conventions/src/test/java/dev/carillon/conventions/Vocabulary)"
            + "(.*\\.(java|md|py|sh|sql)|(.*/)?pom\\.xml|bin/[^/]+|\\.ci/[^/]+|interop/run)";

    private static final Vocabulary VOCABULARY = new Vocabulary(resource("replaced-words.tsv"));

    /** A use that is allowed: a word in a file, or in all files below a folder, whose name ends with a slash. */
    private record Allowed(String place, String word, String reason) {

        boolean covers(Use use) {
            return use.word().equals(word)
                    && (place.endsWith("/")
                            ? use.file().startsWith(place)
                            : use.file().equals(place));
        }
    }

    private record Use(String file, int line, String word, String replacement) {

        @Override
        public String toString() {
            return file + ":" + line + ": \"" + word + "\": write " + replacement;
        }
    }

    @Test
    void nobodyUsesAReplacedWord() {
        List<Allowed> allowed = allowed();
        List<Use> refused = uses().stream()
                .filter(use -> allowed.stream().noneMatch(each -> each.covers(use)))
                .toList();

        assertThat(refused)
                .as("uses of replaced words; per top folder: %s; per word: %s", perFolder(refused), perWord(refused))
                .isEmpty();
    }

    @Test
    void everyAllowedUseIsUsed() {
        List<Use> uses = uses();

        assertThat(allowed()).allMatch(each -> !each.reason().isBlank(), "has a reason");
        assertThat(allowed().stream().filter(each -> uses.stream().noneMatch(each::covers)))
                .as("lines of allowed-uses.tsv that are no longer needed")
                .isEmpty();
    }

    @Test
    void aSampleSentenceIsRefusedWithFileLineAndReplacement() {
        List<Hit> hits = VOCABULARY.hits("""
                The broker is healthy.
                A letter that the desk was told of waits in its lane,
                for want of room.
                """);

        assertThat(hits)
                .extracting(Hit::line, Hit::word)
                .contains(
                        tuple(2, "letter"),
                        tuple(2, "desk"),
                        tuple(2, "told"),
                        tuple(2, "lane"),
                        tuple(3, "for want of"));
        assertThat(new Use("docs/sample.md", 2, "letter", hits.get(0).replacement()))
                .hasToString("docs/sample.md:2: \"letter\": write dead letter");
    }

    @Test
    void aPartOfAnIdentifierIsRefused() {
        assertThat(VOCABULARY.hits("void onLetter(LetterDesk desk, int LETTER_COUNT) {}"))
                .extracting(Hit::word)
                .containsExactly("letter", "letter", "desk", "desk", "letter");
    }

    @Test
    void aPhraseOnTwoLinesIsRefused() {
        assertThat(VOCABULARY.hits("retries without\n * end"))
                .extracting(Hit::word)
                .containsExactly("without end");
    }

    @Test
    void aLegitimatePhraseIsNotRefused() {
        assertThat(VOCABULARY.hits("dead letters, DeadLetterQueue, dead\n * letter, Character.isLetterOrDigit, LOOKUP"))
                .isEmpty();
    }

    private static List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        for (Path file : Project.THIS.files(FILES)) {
            String name = Project.THIS.name(file);
            for (Hit hit : VOCABULARY.hits(Project.text(file))) {
                uses.add(new Use(name, hit.line(), hit.word(), hit.replacement()));
            }
        }
        return uses;
    }

    private static Map<String, Long> perFolder(List<Use> uses) {
        return new TreeMap<>(uses.stream().collect(groupingBy(use -> folder(use.file()), counting())));
    }

    private static Map<String, Long> perWord(List<Use> uses) {
        return new TreeMap<>(uses.stream().collect(groupingBy(Use::word, counting())));
    }

    private static String folder(String file) {
        return file.contains("/") ? file.substring(0, file.indexOf('/')) : file;
    }

    private static List<Allowed> allowed() {
        return Vocabulary.cells(resource("allowed-uses.tsv")).stream()
                .map(cells -> new Allowed(cells.get(0), cells.get(1), cells.size() < 3 ? "" : cells.get(2)))
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = VocabularyTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
