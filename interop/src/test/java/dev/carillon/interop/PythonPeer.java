package dev.carillon.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Python process with the real libraries, controlled by JSON lines. Its commands are documented in {@code python/peer}. */
final class PythonPeer implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 30;
    private static final int MAX_LOG = 4_000;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private final String command;
    private final Process process;
    private final Path log;
    private final BufferedWriter in;
    private final BlockingQueue<Optional<String>> out = new LinkedBlockingQueue<>();

    private PythonPeer(String command, Process process, Path log) {
        this.command = command;
        this.process = process;
        this.log = log;
        this.in = process.outputWriter(UTF_8);
    }

    /** Starts a process with these settings that runs a command with these arguments. */
    static PythonPeer start(String command, Map<String, ?> settings, Map<String, ?> arguments) {
        Map<String, Object> options = new HashMap<>(arguments);
        options.put("settings", settings);
        try {
            Path log = Files.createTempFile(Path.of("target"), "peer-" + command + "-", ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            python(), "-m", "peer", command, JSON.writeValueAsString(options))
                    .directory(Path.of("python").toFile())
                    .redirectError(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PYTHON") || name.startsWith("DJANGO"));
            builder.environment().putAll(Map.of("PYTHONUTF8", "1", "PYTHONDONTWRITEBYTECODE", "1"));
            PythonPeer peer = new PythonPeer(command, builder.start(), log);
            peer.listen();
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String python() {
        String python = System.getProperty("interop.python");
        if (python == null) {
            throw new IllegalStateException("These tests need the Python libraries: run them with interop/run");
        }
        return python;
    }

    private void listen() {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader(UTF_8)) {
                        lines.lines().map(Optional::of).forEach(out::add);
                    } catch (IOException | UncheckedIOException e) {
                        // the process was killed, which is handled below
                    } finally {
                        out.add(Optional.empty());
                    }
                },
                "python " + command);
        reader.setDaemon(true);
        reader.start();
    }

    /** Writes a line to the process. */
    void write(Map<String, ?> line) {
        try {
            in.write(JSON.writeValueAsString(line));
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new AssertionError(describe("accepted no more input"), e);
        }
    }

    /** Writes a line to the process and returns the line that it writes in response. */
    Map<String, @Nullable Object> request(Map<String, ?> line) {
        write(line);
        return next();
    }

    /** The next line of the process. */
    Map<String, @Nullable Object> next() {
        return poll().orElseThrow(() -> new AssertionError(describe("ended")));
    }

    /** The next lines of the process. */
    List<Map<String, @Nullable Object>> next(int count) {
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        while (lines.size() < count) {
            lines.add(poll().orElseThrow(() -> new AssertionError(describe("ended after " + lines.size() + " lines"))));
        }
        return lines;
    }

    /** All further lines of the process, until it ends. */
    List<Map<String, @Nullable Object>> rest() {
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        for (Optional<Map<String, @Nullable Object>> line = poll(); line.isPresent(); line = poll()) {
            lines.add(line.get());
        }
        return lines;
    }

    /** How many lines of the process were not read yet. */
    int waiting() {
        return out.size();
    }

    private Optional<Map<String, @Nullable Object>> poll() {
        try {
            Optional<String> line = out.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError(describe("wrote nothing for " + TIMEOUT_SECONDS + " s"));
            }
            return line.map(PythonPeer::parse);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for Python", e);
        }
    }

    private static Map<String, @Nullable Object> parse(String line) {
        try {
            return JSON.readValue(line, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError("Python wrote a line that is not JSON: " + line, e);
        }
    }

    private String describe(String what) {
        String text = log();
        String state = process.isAlive() ? "is running" : "ended with exit code " + process.exitValue();
        return "The Python peer '" + command + "' " + what + " and " + state + ". The end of its log, " + log + ":\n"
                + (text.length() <= MAX_LOG ? text : "…" + text.substring(text.length() - MAX_LOG));
    }

    private String log() {
        try {
            return Files.readString(log).strip();
        } catch (IOException e) {
            return "(it cannot be read: " + e + ")";
        }
    }

    /** Closes the input of the process, upon which it must end with exit code 0 and an empty log. */
    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // the process has ended already, which is handled below
        }
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(describe("did not end"));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for Python", e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(describe("failed"));
        }
        if (!log().isEmpty()) {
            throw new AssertionError(describe("logged a problem"));
        }
        try {
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
