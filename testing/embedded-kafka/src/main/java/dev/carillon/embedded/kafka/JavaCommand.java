package dev.carillon.embedded.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a server that runs on this JVM's Java.
 *
 * @param maxHeap in megabytes
 * @param quickStart compile for a lifetime of seconds rather than for throughput
 */
record JavaCommand(int maxHeap, boolean quickStart) {

    /**
     * The command with the options of the JVM and then these arguments. Temporary files go into the folder, and with it.
     */
    List<String> with(Path folder, ClassArchive archive, List<String> arguments) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + maxHeap + "m");
        if (quickStart) {
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        } else {
            command.add("-Xms" + maxHeap + "m");
        }
        command.addAll(archive.options());
        // a file for jps that a killed process would leave behind
        command.add("-XX:-UsePerfData");
        command.add("-Djava.awt.headless=true");
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(arguments);
        return command;
    }
}
