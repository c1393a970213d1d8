package dev.carillon.cli.demo;

import dev.carillon.cli.demo.CredentialsService.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints the progress of the demo: on a terminal a table that is updated in place, elsewhere lines. */
final class DemoScreen {

    /** One state of the demo. */
    record Snapshot(long certificates, long published, Progress progress) {}

    private static final long TABLE_INTERVAL_NANOS = 100_000_000L;
    private static final long LINE_INTERVAL_NANOS = 1_000_000_000L;
    private static final int TABLE_LINES = 6;

    private final PrintWriter out;
    private final boolean live;
    private long lastPrinted;
    private boolean tablePrinted;

    DemoScreen(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    void printLine(String text, Object... values) {
        out.println(String.format(Locale.ROOT, text, values));
        out.flush();
    }

    /** Prints the state, unless one was printed a moment ago. */
    void update(Snapshot snapshot) {
        long now = System.nanoTime();
        if (now - lastPrinted >= (live ? TABLE_INTERVAL_NANOS : LINE_INTERVAL_NANOS)) {
            print(snapshot);
        }
    }

    void print(Snapshot snapshot) {
        lastPrinted = System.nanoTime();
        if (live) {
            printTable(snapshot);
        } else {
            printLine(
                    "lms: %,d certificates, %,d published | credentials: %,d delivered, %,d awarded, %,d revoked,"
                            + " %,d changed, %,d credentials",
                    snapshot.certificates(),
                    snapshot.published(),
                    snapshot.progress().delivered(),
                    snapshot.progress().awarded(),
                    snapshot.progress().revoked(),
                    snapshot.progress().changed(),
                    snapshot.progress().credentials());
        }
    }

    private void printTable(Snapshot snapshot) {
        if (tablePrinted) {
            out.print("\u001b[" + TABLE_LINES + "A");
        }
        tablePrinted = true;
        line("+----------------+------------++----------------+------------+");
        line("| LMS            |            || credentials    |            |");
        line("+----------------+------------++----------------+------------+");
        cells(
                "certificates",
                snapshot.certificates(),
                "delivered",
                snapshot.progress().delivered());
        cells("published", snapshot.published(), "awarded", snapshot.progress().awarded());
        cells(
                "in flight",
                Math.max(0, snapshot.published() - snapshot.progress().delivered()),
                "revoked",
                snapshot.progress().revoked());
        out.flush();
    }

    private void cells(String left, long leftValue, String right, long rightValue) {
        line(String.format(Locale.ROOT, "| %-14s | %,10d || %-14s | %,10d |", left, leftValue, right, rightValue));
    }

    private void line(String text) {
        out.print("\u001b[2K" + text + "\n");
    }
}
