package dev.carillon.cli.demo;

import dev.carillon.cli.demo.CredentialsService.Credential;
import dev.carillon.cli.demo.CredentialsService.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts, observes and ends the {@link CredentialsProcess}. */
final class CredentialsProcessHandle implements AutoCloseable {

    private static final long START_TIMEOUT_SECONDS = 30;
    private static final long END_TIMEOUT_SECONDS = 60;

    private final Path folder;
    private final Process process;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread reader = new Thread(this::read, "credentials-output");
    private volatile Progress progress = Progress.NONE;

    CredentialsProcessHandle(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CredentialsProcess.class.getName(),
                folder.toString()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(CredentialsProcess.READY)) {
                    ready.complete(null);
                } else {
                    progress = Progress.parse(line);
                }
            }
            ready.completeExceptionally(new IOException("The process ended before it was ready"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    void awaitReady() throws InterruptedException {
        try {
            ready.get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The credentials process did not start; see its output above", e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Progress progress() {
        return progress;
    }

    /** Asks the process to drain and exit, and waits for it. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "The credentials process did not exit within " + END_TIMEOUT_SECONDS + " s");
        }
        reader.join(TimeUnit.SECONDS.toMillis(END_TIMEOUT_SECONDS));
        if (process.exitValue() != 0) {
            throw new IllegalStateException("The credentials process failed with exit code " + process.exitValue());
        }
    }

    Path deliveries() {
        return folder.resolve(CredentialsProcess.DELIVERIES);
    }

    Set<Credential> credentials() throws IOException {
        Set<Credential> credentials = new HashSet<>();
        for (String line : Files.readAllLines(folder.resolve(CredentialsProcess.CREDENTIALS), StandardCharsets.UTF_8)) {
            int space = line.indexOf(' ');
            credentials.add(new Credential(Long.parseLong(line.substring(0, space)), line.substring(space + 1)));
        }
        return credentials;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
