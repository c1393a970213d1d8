package dev.carillon.conventions.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Whether two builds have made the same archives and SBOMs, byte for byte. {@code bin/check-reproducible} runs this file without
 * compiling the project, so it uses nothing but the JDK.
 */
public final class SameFiles {

    private final Path one;
    private final Path other;

    /** The modules that were built in one checkout and in another. */
    SameFiles(Path one, Path other) {
        this.one = one;
        this.other = other;
    }

    /** Prints the differences between the two checkouts that are the arguments, and fails if there are any. */
    public static void main(String... arguments) throws IOException {
        SameFiles files = new SameFiles(Path.of(arguments[0]), Path.of(arguments[1]));
        List<String> differences = files.differences();
        differences.forEach(difference -> System.err.println("check-reproducible: " + difference));
        if (differences.isEmpty()) {
            System.out.println("check-reproducible: " + files.names().size() + " files are the same in both builds");
        }
        System.exit(differences.isEmpty() ? 0 : 1);
    }

    /** For each file that is not the same, its name and what differs first. */
    List<String> differences() throws IOException {
        List<String> differences = new ArrayList<>();
        Set<String> names = names();
        if (names.isEmpty()) {
            differences.add("nothing was built");
        }
        for (String name : names) {
            Path left = one.resolve(name);
            Path right = other.resolve(name);
            if (!Files.exists(left) || !Files.exists(right)) {
                differences.add(name + " exists in one build only");
            } else if (Files.mismatch(left, right) >= 0) {
                differences.add(name + ": " + (name.endsWith(".json") ? atLine(left, right) : atEntry(left, right)));
            }
        }
        return differences;
    }

    /** What is in the folder target of a module, not below. */
    private Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path root : List.of(one, other)) {
            try (Stream<Path> files = Files.find(
                    root,
                    4,
                    (path, attributes) -> path.resolveSibling("").endsWith("target")
                            && path.getFileName().toString().matches(".*\\.(jar|zip|json)"))) {
                names.addAll(files.map(file -> root.relativize(file).toString()).collect(Collectors.toSet()));
            }
        }
        return names;
    }

    private static String atLine(Path left, Path right) throws IOException {
        List<String> lines = Files.readAllLines(left);
        List<String> others = Files.readAllLines(right);
        for (int i = 0; i < Math.min(lines.size(), others.size()); i++) {
            if (!lines.get(i).equals(others.get(i))) {
                return "line " + (i + 1) + ", " + lines.get(i).strip() + " and "
                        + others.get(i).strip();
            }
        }
        return lines.size() + " and " + others.size() + " lines";
    }

    private static String atEntry(Path left, Path right) throws IOException {
        try (ZipFile zip = new ZipFile(left.toFile());
                ZipFile otherZip = new ZipFile(right.toFile())) {
            Iterator<? extends ZipEntry> others = otherZip.stream().iterator();
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (!others.hasNext()) {
                    return "entry " + entry.getName() + " exists in one build only";
                }
                ZipEntry otherEntry = others.next();
                if (!entry.getName().equals(otherEntry.getName())) {
                    return "entry " + entry.getName() + " is where the other build has " + otherEntry.getName();
                }
                if (!entry.getTimeLocal().equals(otherEntry.getTimeLocal())) {
                    return "entry " + entry.getName() + " has the times " + entry.getTimeLocal() + " and "
                            + otherEntry.getTimeLocal();
                }
                try (InputStream content = zip.getInputStream(entry);
                        InputStream otherContent = otherZip.getInputStream(otherEntry)) {
                    if (!Arrays.equals(content.readAllBytes(), otherContent.readAllBytes())) {
                        return "entry " + entry.getName() + " has other content";
                    }
                }
            }
            return others.hasNext()
                    ? "entry " + others.next().getName() + " exists in one build only"
                    : "the entries are the same, but not their attributes, such as permissions";
        }
    }
}
