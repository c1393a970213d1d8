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
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The server files, which this module contains beside its classes. Used in place if that is a folder, as in Carillon's own
 * build; unpacked if it is a jar.
 *
 * @param root where the packages of the files begin, to stand on a class path
 * @param folder where they are
 */
record ServerFiles(Path root, Path folder) {

    private static final String PACKAGE = "dev/carillon/embedded/kafka/";

    /** The files of a part, {@code broker} or {@code registry}; if they must be unpacked, then below {@code target}. */
    static ServerFiles of(String server, String part, Path target) throws IOException {
        @Nullable URL here = ServerFiles.class.getResource("ServerFiles.class");
        if (here == null) {
            throw new AssertionError("a class that runs is on the class path");
        }
        return of(server, part, target, here);
    }

    /** The same, beside the class file that the URL names. */
    static ServerFiles of(String server, String part, Path target, URL here) throws IOException {
        String prefix = PACKAGE + part + "/";
        ServerFiles files;
        if (here.openConnection() instanceof JarURLConnection connection) {
            files = in(Files.createDirectory(target.resolve(part)), prefix);
            unpack(connection, prefix, files.root);
        } else {
            Path root = Path.of(URI.create(here.toString())).resolveSibling("../../../..");
            files = in(root.normalize(), prefix);
        }
        if (!Files.isDirectory(files.folder)) {
            throw StartFailures.missingFiles(
                    server, prefix, "it is made by the Maven build of carillon-embedded-kafka");
        }
        return files;
    }

    private static ServerFiles in(Path root, String prefix) {
        return new ServerFiles(root, root.resolve(prefix));
    }

    private static void unpack(JarURLConnection connection, String prefix, Path root) throws IOException {
        // a jar of its own, to be closed: the shared one serves others
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
                    Path file = root.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    try (InputStream content = jar.getInputStream(entry)) {
                        Files.copy(content, file);
                    }
                }
            }
        }
    }
}
