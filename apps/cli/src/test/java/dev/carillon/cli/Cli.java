package dev.carillon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the command in the process of the test. */
final class Cli {

    private final String[] arguments;
    private final Map<String, String> variables = new HashMap<>();
    private InputStream in = InputStream.nullInputStream();
    private @Nullable OutputStream out;
    private boolean onTerminal;

    private Cli(String... arguments) {
        this.arguments = arguments;
    }

    /** The result of a run. */
    record Result(int exitCode, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }

        List<JsonNode> json() {
            return lines().stream().map(Conformance::parse).toList();
        }
    }

    static Cli carillon(String... arguments) {
        return new Cli(arguments);
    }

    Cli reading(String text) {
        return reading(text.getBytes(StandardCharsets.UTF_8));
    }

    Cli reading(byte[] bytes) {
        return reading(new ByteArrayInputStream(bytes));
    }

    Cli reading(InputStream stream) {
        in = stream;
        return this;
    }

    Cli writingTo(OutputStream stream) {
        out = stream;
        return this;
    }

    Cli with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Cli onTerminal() {
        onTerminal = true;
        return this;
    }

    Result run() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(in, out == null ? written : out, err, variables, onTerminal);
        int exitCode = Carillon.run(console, Carillon.commandLine(console, arguments), arguments);
        return new Result(exitCode, written.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
