package dev.carillon.cli;

import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rows of text in aligned columns, each as wide as its longest cell. Not thread-safe.
 *
 * <p>picocli's {@code TextTable} does not fit: its columns need a width in advance and wrap or cut longer cells, it cannot
 * align numbers to the right, and it reads {@code @|bold text|@} in a topic's name as markup.
 */
final class Table {

    private static final String GAP = "  ";
    private static final int MAX_CELL_LENGTH = 260;

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> numberColumns;

    /** The columns with these indexes are numbers, aligned to the right. The others are text, aligned to the left. */
    Table(Integer... numberColumns) {
        this.numberColumns = Set.of(numberColumns);
    }

    /** Adds a row, which has as many cells as the others. Cells may be text from outside: it is escaped and limited in length. */
    Table row(String... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> Shown.text(cell, MAX_CELL_LENGTH))
                .toList());
        return this;
    }

    /** The rows in order, one line each, without spaces at the end. */
    List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP)
                    .append(numberColumns.contains(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
