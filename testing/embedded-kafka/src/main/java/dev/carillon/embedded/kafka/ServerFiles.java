package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.StartFailures;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The server files, which this module contains beside its classes. Used in place if that is a folder, as in Carillon's own
 * build; unpacked if it is a jar.
 *
 * @param folder where they are
 * @param cached whether they are in the cache, where later servers use them too
 */
record ServerFiles(Path folder, boolean cached) {

    /** Where a server finds its files. */
    @FunctionalInterface
    interface Source {
        /** The files of a server that has this folder. */
        ServerFiles in(Path folder) throws IOException;
    }

    private static final String PACKAGE = "dev/carillon/embedded/kafka/";

    /**
     * The files of a part, {@code broker} or {@code registry}. If they must be unpacked, then into the cache, and below {@code
     * target} if there is no cache.
     */
    static ServerFiles of(String server, String part, Path target) throws IOException {
        @Nullable URL here = ServerFiles.class.getResource("ServerFiles.class");
        if (here == null) {
            throw new AssertionError("a class that runs is on the class path");
        }
        return of(server, part, target, here, ServerCache.ofUser());
    }

    /** The same, beside the class file that the URL names. */
    static ServerFiles of(String server, String part, Path target, URL here, @Nullable ServerCache cache)
            throws IOException {
        String prefix = PACKAGE + part + "/";
        ServerFiles files = here.openConnection() instanceof JarURLConnection connection
                ? unpacked(connection, prefix, part, target, cache)
                : new ServerFiles(Path.of(URI.create(here.toString())).resolveSibling(part), false);
        if (!Files.isDirectory(files.folder)) {
            throw StartFailures.missingFiles(
                    server, prefix, "it is made by the Maven build of carillon-embedded-kafka");
        }
        return files;
    }

    private static ServerFiles unpacked(
            JarURLConnection connection, String prefix, String part, Path target, @Nullable ServerCache cache)
            throws IOException {
        // a jar of its own, to be closed: the shared one serves others
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            List<JarEntry> entries = Collections.list(jar.entries()).stream()
                    .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
                    .toList();
            @Nullable
            Path cached = cache == null || entries.isEmpty()
                    ? null
                    : cache.folder(part, entries, folder -> unpack(jar, entries, prefix, folder));
            if (cached != null) {
                return new ServerFiles(cached, true);
            }
            Path folder = target.resolve(part);
            unpack(jar, entries, prefix, folder);
            return new ServerFiles(folder, false);
        }
    }

    private static void unpack(JarFile jar, List<JarEntry> entries, String prefix, Path folder) throws IOException {
        for (JarEntry entry : entries) {
            Path file = folder.resolve(entry.getName().substring(prefix.length()));
            Files.createDirectories(file.getParent());
            try (InputStream content = jar.getInputStream(entry)) {
                Files.copy(content, file);
            }
        }
    }
}
