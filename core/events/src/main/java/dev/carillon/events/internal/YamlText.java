package dev.carillon.events.internal;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads hand-written YAML (which includes JSON): settings and plugin files. Rejects input that would exhaust the stack or
 * take minutes: structures deeper than {@value #MAX_DEPTH} levels or that contain themselves, more than {@value #MAX_NODES}
 * values once anchors are resolved, numbers of more than {@value #MAX_DIGITS} digits, and texts of more than {@value
 * #MAX_LENGTH} characters.
 */
public final class YamlText {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_NODES = 100_000;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_LENGTH = 1 << 20;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(MAX_LENGTH)
            .setSchema(new PastedPython())
            .build();

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\.?[0-9][-+0-9a-fA-FxXoO_.]*");

    /** In such messages, a part of the text follows these words. */
    private static final Pattern QUOTING = Pattern.compile("(?s)(.*\\b(?:alias|anchor|tag|tag handle|directive)\\b).+");

    private YamlText() {}

    /**
     * Parses the text to maps, lists, text, numbers, booleans and null.
     *
     * @throws IllegalArgumentException naming the problem and the line, without the text, which may contain secrets
     */
    public static @Nullable Object read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
        }
        try {
            Limits limits = new Limits();
            new Parse(SETTINGS).parseString(text).forEach(limits::see);
            return new Load(SETTINGS).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            throw new IllegalArgumentException(
                    QUOTING.matcher(Shown.text(e.getProblem())).replaceFirst("$1") + place(e.getProblemMark()));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("not readable");
        }
    }

    /**
     * As {@link #read(String)}.
     *
     * @throws UncheckedIOException when the reader fails
     */
    public static @Nullable Object read(Reader reader) {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8_192];
        try {
            for (int count = reader.read(buffer);
                    count >= 0 && text.length() <= MAX_LENGTH;
                    count = reader.read(buffer)) {
                text.append(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(text.toString());
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(at -> " (line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ")")
                .orElse("");
    }

    /** Counts while the parser, which is not recursive, reads the text. */
    private static final class Limits {

        /** A list or map that is still open. */
        private static final class Open {
            private final @Nullable Anchor anchor;
            private long nodes = 1;

            Open(@Nullable Anchor anchor) {
                this.anchor = anchor;
            }
        }

        private final Deque<Open> open = new ArrayDeque<>();
        private final Map<Anchor, Long> nodesOf = new HashMap<>();

        void see(Event event) {
            if (event instanceof CollectionStartEvent start) {
                open.push(new Open(start.getAnchor().orElse(null)));
                require(open.size() <= MAX_DEPTH, "deeper than " + MAX_DEPTH + " levels", event);
            } else if (event instanceof CollectionEndEvent) {
                Open ended = open.pop();
                if (ended.anchor != null) {
                    nodesOf.put(ended.anchor, ended.nodes);
                }
                add(ended.nodes, event);
            } else if (event instanceof AliasEvent alias) {
                boolean inItself =
                        open.stream().anyMatch(each -> alias.getAlias().equals(each.anchor));
                require(!inItself, "an anchor that contains itself", event);
                add(nodesOf.getOrDefault(alias.getAlias(), 1L), event);
            } else if (event instanceof ScalarEvent scalar) {
                String value = scalar.getValue();
                require(
                        !scalar.isPlain()
                                || value.length() <= MAX_DIGITS
                                || !NUMBER.matcher(value).matches(),
                        "a number of more than " + MAX_DIGITS + " digits",
                        event);
                scalar.getAnchor().ifPresent(anchor -> nodesOf.put(anchor, 1L));
                add(1, event);
            }
        }

        private void add(long count, Event event) {
            Open around = open.peek();
            if (around != null) {
                around.nodes += count;
            }
            require((around == null ? count : around.nodes) <= MAX_NODES, "more than " + MAX_NODES + " values", event);
        }

        private static void require(boolean good, String problem, Event event) {
            if (!good) {
                throw new IllegalArgumentException("holds " + problem + place(event.getStartMark()));
            }
        }
    }
}
