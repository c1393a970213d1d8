package dev.carillon.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Why data do not fit, while it travels out from the value to the whole event and collects the path. Never leaves the
 * package: each public class makes its own exception of it.
 */
final class DataProblem extends RuntimeException {

    /** There is no position. */
    static final int NOWHERE = -1;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String anonymous;
    private String path = "";
    private String pathWithoutKeys = "";

    private DataProblem(int position, String message, String anonymous, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.position = position;
        this.anonymous = anonymous;
    }

    /** A problem whose words hold no value of the data. */
    static DataProblem of(String message) {
        return new DataProblem(NOWHERE, message, message, null);
    }

    /** A problem with the bytes at an index, whose words hold no value of the data. */
    static DataProblem at(int position, String message) {
        return new DataProblem(position, message, message, null);
    }

    /** A text that is not what it should be. Both text and reason are kept back when they are personal data. */
    static DataProblem unfit(
            int position, String expected, String text, @Nullable String reason, RuntimeException cause) {
        String must = "must be " + expected + ", but is ";
        return new DataProblem(position, must + Shown.text(text) + ": " + reason, must + "another text", cause);
    }

    /** Somebody else's code failed on a value; what it says is kept back when it may hold personal data. */
    static DataProblem failed(String what, Throwable cause) {
        String why = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return new DataProblem(NOWHERE, what + ": " + why, what, cause);
    }

    /** JSON that is none. Jackson quotes what it stumbles over, which may be personal data. */
    static DataProblem unreadable(JsonProcessingException cause) {
        String where = "is not readable as JSON (line " + cause.getLocation().getLineNr() + ", column "
                + cause.getLocation().getColumnNr() + ")";
        return new DataProblem(NOWHERE, where + ": " + cause.getOriginalMessage(), where, cause);
    }

    /** What stopped the writing of a value, as a problem. */
    static DataProblem of(RuntimeException cause) {
        if (cause instanceof JsonOutput.TargetException) {
            throw cause;
        }
        return cause instanceof DataProblem problem ? problem : failed("cannot be written", cause);
    }

    /** This problem at a position, if it has none yet. */
    DataProblem at(int index) {
        return position == NOWHERE ? moved(new DataProblem(index, message(), anonymous, getCause())) : this;
    }

    /** This problem, without words that may hold personal data. */
    DataProblem hidden() {
        return moved(new DataProblem(position, anonymous, anonymous, null));
    }

    private DataProblem moved(DataProblem to) {
        to.path = path;
        to.pathWithoutKeys = pathWithoutKeys;
        return to;
    }

    /** In a field that is not ours; its name comes from outside. */
    DataProblem inField(String name) {
        return inside(Shown.name(name), "*");
    }

    DataProblem inComponent(Component component) {
        if (component.pii()) {
            path = pathWithoutKeys;
            return inside(component.name(), component.name()).hidden();
        }
        return inside(component.name(), component.name());
    }

    DataProblem inItem(int index) {
        return inside("[" + index + "]", "[" + index + "]");
    }

    DataProblem inEntry(String key) {
        return inside("[" + Shown.text(key) + "]", "[*]");
    }

    private DataProblem inside(String step, String stepWithoutKey) {
        String separator = path.isEmpty() || path.startsWith("[") ? "" : ".";
        path = step + separator + path;
        pathWithoutKeys = stepWithoutKey + separator + pathWithoutKeys;
        return this;
    }

    /** Where, such as {@code configuration.contexts[2].title}; empty for the whole. */
    String path() {
        return path;
    }

    int position() {
        return position;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** Path, position and what is wrong there. */
    String describe() {
        String where = position == NOWHERE ? path : (path + " (byte " + position + ")").strip();
        return where.isEmpty() ? message() : where + ": " + message();
    }
}
