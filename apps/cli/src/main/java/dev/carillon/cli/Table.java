package dev.carillon.cli;

import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows whose cells stand below each other. Not thread-safe. */
final class Table {

    private static final String GAP = "  ";
    private static final int LONGEST_CELL = 260;

    private final List<List<String>> rows = new ArrayList<>();
    private final int columnsToTheLeft;

    /**
     * With this heading.
     *
     * @param columnsToTheLeft so many columns, the first ones, are text; those behind them are numbers, and end below each other
     */
    Table(int columnsToTheLeft, String... heading) {
        this.columnsToTheLeft = columnsToTheLeft;
        rows.add(List.of(heading));
    }

    /** Cells from anywhere: each is one line of bounded length. */
    Table row(String... cells) {
        rows.add(
                Arrays.stream(cells).map(cell -> Shown.text(cell, LONGEST_CELL)).toList());
        return this;
    }

    /** The heading stands out on a terminal. */
    void print(Output output, Caller caller) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (int i = 0; i < rows.size(); i++) {
            String line = line(rows.get(i), widths);
            output.line(i == 0 ? Terminal.bold(line, caller) : line);
        }
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP).append(column < columnsToTheLeft ? cell + padding : padding + cell);
        }
        return line.toString().stripTrailing();
    }
}
