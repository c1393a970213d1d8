package dev.carillon.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What was recorded from the Python producer: certificates created, changed and revoked, one JSON object a line. */
final class RecordedLines {

    private RecordedLines() {}

    static List<String> of(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordedLines.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }
}
