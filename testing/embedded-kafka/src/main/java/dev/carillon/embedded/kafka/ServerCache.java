package dev.carillon.embedded.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of the user's in which unpacked server files stay, for all processes and all later starts. It can be deleted at any
 * time when no server runs.
 *
 * @param root where it is; need not exist
 */
record ServerCache(Path root) {

    /** Unpacks files into a new folder. */
    @FunctionalInterface
    interface Unpacking {
        void into(Path folder) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServerCache.class);

    /** The cache of the user who runs this JVM; null if the user has no home folder. */
    static @Nullable ServerCache ofUser() {
        return of(System.getenv(), System.getProperty("user.home"));
    }

    /** By the XDG Base Directory Specification: a relative path does not count. A user without a home has the home '?'. */
    static @Nullable ServerCache of(Map<String, String> environment, String home) {
        return Stream.of(
                        Path.of(environment.getOrDefault("XDG_CACHE_HOME", "")),
                        Path.of(home).resolve(".cache"))
                .filter(Path::isAbsolute)
                .findFirst()
                .map(folder -> new ServerCache(folder.resolve("carillon")))
                .orElse(null);
    }

    /**
     * The folder with these files, which is filled if it does not exist yet; null if that is not possible here. Two processes
     * that fill it at the same time do not see what is half done.
     *
     * @param part the beginning of the folder's name
     * @param entries what is unpacked; a folder's name contains their checksum, so that other files have another folder
     */
    @Nullable
    Path folder(String part, List<? extends ZipEntry> entries, Unpacking unpacking) {
        Path folder = root.resolve("%s-%08x".formatted(part, checksum(entries)));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Path unfinished = Files.createTempDirectory(Files.createDirectories(root), part + "-unfinished-");
            try {
                unpacking.into(unfinished);
                moveUnlessPresent(unfinished, folder);
            } finally {
                delete(unfinished);
            }
            return folder;
        } catch (IOException e) {
            LOG.warn(
                    "The server files cannot be kept in {}, so each server unpacks its own: {}; name another folder with XDG_CACHE_HOME",
                    root,
                    e.toString());
            return null;
        }
    }

    private static void moveUnlessPresent(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            // another process was first
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static long checksum(List<? extends ZipEntry> entries) {
        CRC32 checksum = new CRC32();
        for (ZipEntry entry : entries) {
            checksum.update("%s %d %d\n"
                    .formatted(entry.getName(), entry.getSize(), entry.getCrc())
                    .getBytes(UTF_8));
        }
        return checksum.getValue();
    }
}
