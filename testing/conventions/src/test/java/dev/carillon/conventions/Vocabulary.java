package dev.carillon.conventions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words that the project does not use, and what to write instead. A word is found in prose and as a part of an identifier:
 * {@code letter} is in "the letter", {@code letterId} and {@code LETTER_ID}. A phrase of several words may stand on two lines. An
 * entry that contains capitals is an identifier and is found only as it is written.
 */
final class Vocabulary {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_]+");
    private static final Pattern PART = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

    private final Map<String, List<Entry>> byFirstWord = new HashMap<>();

    /**
     * A use of a word that is replaced.
     *
     * @param line from 1
     * @param word as it is in the list
     * @param replacement what to write instead
     */
    record Hit(int line, String word, String replacement) {}

    private record Entry(String text, List<String> words, String replacement, List<List<String>> legitimate) {}

    private record Word(String text, int line) {}

    /**
     * Reads a list. A line has a word or phrase, what to write instead, and optionally the phrases in which the word is right,
     * separated by tabs; several words or phrases are separated by commas. Empty lines and those that start with # are skipped.
     */
    Vocabulary(String list) {
        for (List<String> cells : cells(list)) {
            List<List<String>> legitimate = cells.size() < 3
                    ? List.of()
                    : phrases(cells.get(2)).map(Vocabulary::split).toList();
            phrases(cells.get(0)).forEach(text -> {
                List<String> words = text.matches(".*[A-Z].*") ? List.of(text) : split(text);
                byFirstWord
                        .computeIfAbsent(words.get(0), first -> new ArrayList<>())
                        .add(new Entry(text, words, cells.get(1), legitimate));
            });
        }
    }

    /** The lines of a list, split into cells. */
    static List<List<String>> cells(String list) {
        return list.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> List.of(line.split("\t")))
                .toList();
    }

    /** All uses of replaced words in a text, in the order of lines. */
    List<Hit> hits(String text) {
        List<Word> identifiers = words(text, IDENTIFIER);
        List<Word> parts = parts(text);
        return Stream.concat(hits(identifiers, false), hits(parts, true))
                .sorted(Comparator.comparing(Hit::line))
                .toList();
    }

    private Stream<Hit> hits(List<Word> text, boolean asParts) {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            for (Entry entry : byFirstWord.getOrDefault(text.get(i).text(), List.of())) {
                boolean part = entry.text().equals(entry.text().toLowerCase(Locale.ROOT));
                if (part == asParts && isAt(text, i, entry.words()) && !isLegitimate(text, i, entry)) {
                    hits.add(new Hit(text.get(i).line(), entry.text(), entry.replacement()));
                }
            }
        }
        return hits.stream();
    }

    private static boolean isLegitimate(List<Word> text, int at, Entry entry) {
        for (List<String> phrase : entry.legitimate()) {
            int offset = phrase.indexOf(entry.words().get(0));
            if (offset >= 0 && isAt(text, at - offset, phrase)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(List<Word> text, int at, List<String> phrase) {
        if (at < 0 || at + phrase.size() > text.size()) {
            return false;
        }
        for (int i = 0; i < phrase.size(); i++) {
            if (!text.get(at + i).text().equals(phrase.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Stream<String> phrases(String cell) {
        return Stream.of(cell.split(",")).map(String::strip).filter(phrase -> !phrase.isEmpty());
    }

    private static List<String> split(String phrase) {
        return parts(phrase).stream().map(Word::text).toList();
    }

    private static List<Word> parts(String text) {
        return words(text, PART).stream()
                .map(word -> new Word(word.text().toLowerCase(Locale.ROOT), word.line()))
                .toList();
    }

    private static List<Word> words(String text, Pattern pattern) {
        List<Word> words = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher word = pattern.matcher(lines.get(i));
            while (word.find()) {
                words.add(new Word(word.group(), i + 1));
            }
        }
        return words;
    }
}
