package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes that a server has loaded, in a file beside the server's files (class data sharing): a start from it takes about half
 * of the time. The first server on a machine makes it when it is closed, which costs that server some seconds. The JVM ignores an
 * archive that does not fit its class path.
 *
 * <p>Of one server; used by one thread at a time.
 */
final class ClassArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

    /** Writing classes takes two seconds; more on a machine that is busy. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** The archive for this Java; need not exist. */
    private final Path file;

    /** What the server writes at its end. */
    private final Path written;

    private boolean tried;

    /** Whether the server, where it runs, will leave its classes. */
    private boolean making;

    private ClassArchive(Path file, Path written, boolean canBeMade) {
        this.file = file;
        this.written = written;
        this.tried = !canBeMade;
    }

    /** The archive for a server that has this folder. It is made if other servers will use the files, too. */
    static ClassArchive of(ServerFiles files, Path folder) {
        String name = "classes-%s.jsa".formatted(Runtime.version());
        return new ClassArchive(
                files.folder().resolve(name), folder.resolve(name), files.cached() && Files.isWritable(files.folder()));
    }

    /**
     * The JVM options of the server's next start. Only its first one can make the archive: it takes longer, and a server that tests
     * kill and restart is to be quick.
     */
    List<String> options() {
        boolean exists = Files.exists(file);
        making = !exists && !tried;
        tried = true;
        if (exists) {
            return List.of("-XX:SharedArchiveFile=" + file);
        }
        return making ? List.of("-XX:ArchiveClassesAtExit=" + written) : List.of();
    }

    /** Ends the server's process; in order if it makes the archive. */
    void end(ServerProcess process) {
        if (making && process.stop(TIMEOUT)) {
            keep();
        }
        process.kill();
    }

    /** Nobody sees half a file. A server that had ended before has written none. */
    private void keep() {
        if (!Files.exists(written) || Files.exists(file)) {
            return;
        }
        try {
            Path copy = Files.createTempFile(file.getParent(), "classes-", ".unfinished");
            try {
                Files.copy(written, copy, StandardCopyOption.REPLACE_EXISTING);
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written, so that servers start more slowly: {}", file, e.toString());
        }
    }
}
