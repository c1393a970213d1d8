package dev.carillon.interop;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * When the tests were started by {@code interop/run}, prints a line for each check with its counts, and writes the totals to the file
 * named by the system property {@code interop.results}.
 */
public final class CheckReport implements TestExecutionListener {

    private static final String RESULTS = System.getProperty("interop.results", "");

    private final Map<String, String> counts = new ConcurrentHashMap<>();
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private @Nullable TestPlan plan;
    private int passed;
    private int failed;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        this.plan = plan;
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        counts.merge(
                test.getUniqueId(), String.join(", ", entry.getKeyValuePairs().values()), (a, b) -> a + ", " + b);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean successful = result.getStatus() == Status.SUCCESSFUL;
        if (RESULTS.isEmpty() || (test.isContainer() && successful)) {
            return;
        }
        if (successful) {
            passed++;
        } else {
            failed++;
        }
        double seconds = (System.nanoTime() - started.getOrDefault(test.getUniqueId(), System.nanoTime())) / 1e9;
        String name = broker(test) + test.getDisplayName();
        String counted = counts.getOrDefault(test.getUniqueId(), "");
        print("%s %s%s (%.1f s)"
                .formatted(successful ? "ok    " : "FAILED", name, counted.isEmpty() ? "" : ": " + counted, seconds));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (RESULTS.isEmpty()) {
            return;
        }
        try {
            Files.writeString(Path.of(RESULTS), passed + " passed, " + failed + " failed\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The display name of the test class, which is the name of its broker. */
    private String broker(TestIdentifier test) {
        return plan == null || test.isContainer()
                ? ""
                : plan.getParent(test)
                        .map(parent -> parent.getDisplayName() + ": ")
                        .orElse("");
    }

    private static void print(String line) {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(line);
    }
}
