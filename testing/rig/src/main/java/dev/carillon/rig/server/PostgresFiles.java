package dev.carillon.rig.server;

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
 * The programs of a PostgreSQL and its data, in one folder.
 *
 * @param programs where {@code bin} is
 * @param data where the data are
 */
record PostgresFiles(Path programs, Path data) {

    /**
     * Unpacks the programs for this platform. Another process writes them: a file that this JVM writes may be open in a child
     * that it starts at the same time, and cannot be run then.
     */
    static PostgresFiles unpack(Path folder) throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        Path programs = Files.createDirectory(folder.resolve("postgres"));
        Process tar = new ProcessBuilder("tar", "-x", "-f", "-", "-C", programs.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tar.log").toFile())
                .start();
        try (InputStream packed =
                        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"));
                InputStream archive = new XZInputStream(packed);
                OutputStream pipe = tar.getOutputStream()) {
            archive.transferTo(pipe);
        }
        require(tar, "tar", folder.resolve("tar.log"));
        return new PostgresFiles(programs, folder.resolve("data"));
    }

    /** Makes an empty database. */
    void makeDatabase() throws IOException {
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

    /** How to run one of the programs. They refuse to run as root, who runs them as nobody in a space of their own. */
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
