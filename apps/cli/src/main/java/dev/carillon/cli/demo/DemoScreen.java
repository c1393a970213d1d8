package dev.carillon.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Shows how the demo goes: a table that stays in its place on a terminal, plain lines elsewhere. */
final class DemoScreen {

    /** What a row of the table shows. */
    record Row(long acted, long published, Progress progress) {}

    private static final long TABLE_EVERY_NANOS = 100_000_000L;
    private static final long LINE_EVERY_NANOS = 1_000_000_000L;
    private static final int TABLE_LINES = 6;

    private final PrintWriter out;
    private final boolean live;
    private long lastShown;
    private boolean tableIsThere;

    DemoScreen(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    void say(String text, Object... values) {
        out.println(String.format(Locale.ROOT, text, values));
        out.flush();
    }

    /** Shows a row, if the last was shown long enough ago. */
    void show(Row row) {
        long now = System.nanoTime();
        if (now - lastShown >= (live ? TABLE_EVERY_NANOS : LINE_EVERY_NANOS)) {
            showNow(row);
        }
    }

    void showNow(Row row) {
        lastShown = System.nanoTime();
        if (live) {
            table(row);
        } else {
            say(
                    "lms: %,d certificates, %,d published | credentials: %,d delivered, %,d awarded, %,d revoked,"
                            + " %,d changed, %,d held",
                    row.acted(),
                    row.published(),
                    row.progress().delivered(),
                    row.progress().awarded(),
                    row.progress().revoked(),
                    row.progress().changed(),
                    row.progress().holders());
        }
    }

    private void table(Row row) {
        if (tableIsThere) {
            out.print("\u001b[" + TABLE_LINES + "A");
        }
        tableIsThere = true;
        line("+----------------+------------++----------------+------------+");
        line("| LMS            |            || credentials    |            |");
        line("+----------------+------------++----------------+------------+");
        cells("certificates", row.acted(), "delivered", row.progress().delivered());
        cells("published", row.published(), "awarded", row.progress().awarded());
        cells(
                "on the way",
                Math.max(0, row.published() - row.progress().delivered()),
                "revoked",
                row.progress().revoked());
        out.flush();
    }

    private void cells(String left, long leftValue, String right, long rightValue) {
        line(String.format(Locale.ROOT, "| %-14s | %,10d || %-14s | %,10d |", left, leftValue, right, rightValue));
    }

    private void line(String text) {
        out.print("\u001b[2K" + text + "\n");
    }
}
