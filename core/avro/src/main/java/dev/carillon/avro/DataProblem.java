package dev.carillon.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.carillon.events.PiiScrubber;
import dev.carillon.events.internal.Shown;
import java.io.Serial;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why data are invalid. Travels from the value out to the whole event and collects the path. Never leaves the package: each
 * public class converts it to its own exception.
 */
final class DataProblem extends RuntimeException {

    /** No position. */
    static final int NOWHERE = -1;

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final Pattern PLAIN_NAME = Pattern.compile("\\w{1,100}");

    private final int position;
    private final String anonymous;
    private String path = "";

    private DataProblem(int position, String message, String anonymous, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.position = position;
        this.anonymous = anonymous;
    }

    /** A problem whose message contains no value of the data. */
    static DataProblem of(String message) {
        return new DataProblem(NOWHERE, message, message, null);
    }

    /** A problem with the bytes at an index. Its message contains no value of the data. */
    static DataProblem at(int position, String message) {
        return new DataProblem(position, message, message, null);
    }

    /**
     * A text that is not valid where it stands. In place of a key, a time or an id there may be personal data: bytes that
     * are shifted by one field put a name there. The message therefore never contains the text, and its length only where
     * that is not personal by itself.
     */
    static DataProblem invalid(int position, String expected, String text, @Nullable String reason) {
        String must = "must be " + expected + ", but is ";
        String why = reason == null || quotes(reason, text) ? "" : ": " + reason;
        return new DataProblem(
                position,
                must + "text of " + text.length() + (text.length() == 1 ? " character" : " characters") + why,
                must + "another text",
                null);
    }

    /** Whether a reason quotes a part of the text, in quotes or in brackets. */
    private static boolean quotes(String reason, String text) {
        String escaped = Shown.escaped(text);
        return reason.indexOf('(') >= 0
                || QUOTED.matcher(reason).results().anyMatch(piece -> escaped.contains(piece.group(1)));
    }

    /**
     * Foreign code failed on a value. Its message may contain the value, so only the kind of failure and the place are
     * reported.
     */
    static DataProblem failed(String what, Throwable cause) {
        return new DataProblem(
                NOWHERE, what + ": " + cause.getClass().getName(), what, PiiScrubber.withoutMessages(cause));
    }

    /** A value of ours that cannot be encoded, with a reason that does not quote it. */
    static DataProblem unwritable(@Nullable String reason) {
        return new DataProblem(NOWHERE, "cannot be written: " + reason, "cannot be written", null);
    }

    /** Invalid JSON. The parser quotes the input, so its message is used for limits only. */
    static DataProblem unreadable(JsonProcessingException cause) {
        String where = "is not readable as JSON (line " + cause.getLocation().getLineNr() + ", column "
                + cause.getLocation().getColumnNr() + ")";
        return new DataProblem(
                NOWHERE,
                cause instanceof StreamConstraintsException ? where + ": " + cause.getOriginalMessage() : where,
                where,
                null);
    }

    /** Converts the failure that stopped writing a value to a problem. */
    static DataProblem of(RuntimeException cause) {
        if (cause instanceof JsonOutput.TargetException) {
            throw cause;
        }
        return cause instanceof DataProblem problem ? problem : failed("cannot be written", cause);
    }

    /** This problem with a position, unless it already has one. */
    DataProblem at(int index) {
        return position == NOWHERE ? moved(new DataProblem(index, message(), anonymous, getCause())) : this;
    }

    /** This problem, without text that may contain personal data. */
    DataProblem hidden() {
        return moved(new DataProblem(position, anonymous, anonymous, null));
    }

    private DataProblem moved(DataProblem to) {
        to.path = path;
        return to;
    }

    /** In a field that is not ours. Its name is untrusted. */
    DataProblem inField(String name) {
        return inside(PLAIN_NAME.matcher(name).matches() ? name : "*");
    }

    DataProblem inComponent(Component component) {
        DataProblem problem = inside(component.name());
        return component.pii() ? problem.hidden() : problem;
    }

    DataProblem inItem(int index) {
        return inside("[" + index + "]");
    }

    /** In a map entry. Its key is part of the data. */
    DataProblem inEntry() {
        return inside("[*]");
    }

    private DataProblem inside(String step) {
        String separator = path.isEmpty() || path.startsWith("[") ? "" : ".";
        path = step + separator + path;
        return this;
    }

    /** The path, such as {@code configuration.contexts[2].title}; empty for the whole event. */
    String path() {
        return path;
    }

    int position() {
        return position;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** Path, position and problem. */
    String describe() {
        String where = position == NOWHERE ? path : (path + " (byte " + position + ")").strip();
        return where.isEmpty() ? message() : where + ": " + message();
    }
}
