package dev.carillon.embedded.kafka;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server's own files, which come with this module and stay off everybody else's class path. */
final class Distribution {

    private Distribution() {}

    /** The folder with these files: where the build put them, or, when they are in a jar, unpacked into the folder given. */
    static Path folder(String name, Path into) throws IOException {
        URL resource = Distribution.class.getResource(name);
        if (resource == null) {
            throw new IOException("its files, '" + name + "', are not in carillon-embedded-kafka: build it with Maven");
        }
        try {
            URI uri = resource.toURI();
            return uri.getScheme().equals("file") ? Path.of(uri) : unpacked(uri, into.resolve(name));
        } catch (URISyntaxException e) {
            throw new IOException("its files are at " + resource + ", which is no place for them", e);
        }
    }

    private static Path unpacked(URI jar, Path target) throws IOException {
        if (Files.exists(target)) {
            return target;
        }
        String[] parts = jar.toString().split("!", 2);
        try (FileSystem files = FileSystems.newFileSystem(URI.create(parts[0]), Map.of());
                Stream<Path> entries = Files.walk(files.getPath(parts[1]))) {
            Path source = files.getPath(parts[1]);
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Path copy = target.resolve(source.relativize(entry).toString());
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(entry, copy);
                }
            }
        }
        return target;
    }

    /** Where the classes of this module are, for a class path. */
    static Path ownClasses() throws IOException {
        try {
            return Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the place of its classes cannot be told", e);
        }
    }

    /** The beginning of a command that runs Java, the same that runs this. */
    static List<String> java() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }
}
