package dev.carillon.cli;

/**
 * Answers each JSON object on standard input, one a line, with one on standard output, in order. A line that is wrong is
 * answered with its error, and the rest goes on. Blank lines are passed over. Holds one line at a time.
 */
final class JsonLines {

    /** For the help texts. */
    static final String ABOUT_WRONG_LINES =
            "A line that is wrong gives {\"error\", \"line\"} in its place; the rest goes on."
                    + " Blank lines are counted, but give nothing.";

    /** What is done with each line. */
    @FunctionalInterface
    interface Conversion {
        /** The answer. Whatever is thrown is what is wrong with the line. */
        JsonText answer(JsonObject line);
    }

    private final Lines lines;
    private final Output output;
    private final Caller caller;

    JsonLines(Caller caller) {
        this.output = new Output(caller.out());
        this.lines = new Lines(caller.in(), output::flush);
        this.caller = caller;
    }

    /** Answers all lines; returns the exit code. When the input breaks off, what was answered until then is there. */
    int answer(Conversion conversion) {
        long all = 0;
        long wrong = 0;
        try {
            while (lines.advance()) {
                if (!lines.isBlank()) {
                    all++;
                    wrong += answerLine(conversion) ? 0 : 1;
                }
            }
        } finally {
            output.flush();
        }
        if (wrong > 0) {
            caller.tell(
                    "carillon: Wrong lines: " + wrong + " of " + all + "; the output says why in the place of each");
        }
        return wrong > 0 ? ExitCode.FAILED : ExitCode.FINE;
    }

    /** False when the line is wrong. */
    private boolean answerLine(Conversion conversion) {
        JsonText answer;
        boolean good = true;
        try {
            answer = conversion.answer(JsonObject.parse(lines.text()));
        } catch (RuntimeException e) {
            good = false;
            answer = new JsonText().put("error", Errors.message(e)).put("line", lines.number());
        }
        output.line(answer.toString());
        return good;
    }
}
