package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateAvroSchemasCommandTest {

    private static final String CREATED = "org.openedx.learning.certificate.created.v1";
    private static final String CREATED_FILE = "org+openedx+learning+certificate+created+v1_schema.avsc";
    private static final String IN_PROCESS = "org.openedx.learning.external_grader.score.submitted.v1";

    @TempDir
    private Path folder;

    @Test
    void allFilesEqualThoseOfThePythonCommand() throws IOException {
        Result result = carillon("generate-avro-schemas", "--all", "--out", folder.toString())
                .run();

        assertThat(result.exitCode()).isZero();
        assertThat(checksums()).isNotEmpty().containsExactlyInAnyOrderEntriesOf(checksumsOfPython());
        assertThat(result.err()).contains("Skipped " + IN_PROCESS + ", which stays in process: ");
        assertThat(result.out()).isEmpty();
    }

    private Map<String, String> checksums() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(
                    Collectors.toMap(file -> file.getFileName().toString(), GenerateAvroSchemasCommandTest::checksum));
        }
    }

    private static String checksum(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> checksumsOfPython() {
        return Conformance.text("generated-schemas.sha256")
                .lines()
                .collect(Collectors.toMap(line -> line.substring(66), line -> line.substring(0, 64)));
    }

    @Test
    void namedEventsAreWrittenToANewFolder() {
        Path created = folder.resolve("a/b");

        Result result = carillon("generate-avro-schemas", CREATED, IN_PROCESS, "--out", created.toString())
                .run();

        assertThat(result.exitCode()).isZero();
        assertThat(created).isDirectoryContaining("glob:**/" + CREATED_FILE);
        assertThat(result.err()).contains("Wrote " + created.resolve(CREATED_FILE), "Skipped " + IN_PROCESS);
    }

    @Test
    void aFileThatDiffersIsKeptUnlessForced() throws IOException {
        Path file = Files.writeString(folder.resolve(CREATED_FILE), "edited");

        Result kept = carillon("generate-avro-schemas", CREATED, "--out", folder.toString())
                .run();

        assertThat(file).hasContent("edited");
        assertThat(kept.exitCode()).isEqualTo(1);
        assertThat(kept.err()).isEqualTo("Kept " + file + ", which differs; --force overwrites it\n");

        Result forced = carillon("generate-avro-schemas", CREATED, "--force", "--out", folder.toString())
                .run();

        assertThat(file).content().startsWith("{\n  \"name\": \"CloudEvent\"");
        assertThat(forced.exitCode()).isZero();
    }

    @Test
    void anIdenticalFileIsReportedAsUnchanged() {
        carillon("generate-avro-schemas", CREATED, "--out", folder.toString()).run();

        Result again = carillon("generate-avro-schemas", CREATED, "--out", folder.toString())
                .run();

        assertThat(again).isEqualTo(new Result(0, "", "Unchanged: " + folder.resolve(CREATED_FILE) + "\n"));
    }

    @Test
    void nothingIsWrittenOnWrongUsage() {
        for (List<String> wrong : List.of(
                List.of("generate-avro-schemas", "--out", folder.toString()),
                List.of("generate-avro-schemas", "--all", CREATED, "--out", folder.toString()),
                List.of("generate-avro-schemas", CREATED, "org.example.unknown.v1", "--out", folder.toString()),
                List.of("generate-avro-schemas", "--all"))) {
            Result result = carillon(wrong.toArray(String[]::new)).run();

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).startsWith("carillon: ");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aFolderThatCannotBeCreatedIsAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Result result = carillon("generate-avro-schemas", CREATED, "--out", file.toString())
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("carillon: Cannot write " + file).hasLineCount(1);
    }
}
