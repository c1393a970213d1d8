package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsCheckCommandTest {

    private static final String CREATED = "org.openedx.learning.certificate.created.v1";

    @TempDir
    private Path folder;

    /** Writes the schema of an event as it was before, and returns the file. */
    private String older(String now, String before) throws IOException {
        String schema = carillon("events", "schema", CREATED).run().out();
        assertThat(schema).contains(now);
        return Files.writeString(folder.resolve("old.avsc"), schema.replace(now, before))
                .toString();
    }

    @Test
    void anUnchangedEventHasNoProblems() throws IOException {
        Result result = carillon("events", "check", CREATED, "--against", older("{", "{"))
                .run();

        assertThat(result).isEqualTo(new Result(0, "", "carillon: 1 event compared, 0 problems\n"));
    }

    @Test
    void aRenamedFieldBreaksBothDirections() throws IOException {
        Result result = carillon(
                        "events", "check", CREATED, "--against", older("\"name\": \"mode\"", "\"name\": \"kind\""))
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(2);
        assertThat(result.lines().get(0))
                .startsWith(CREATED + ": services with the new record cannot read older events: ")
                .contains("mode");
        assertThat(result.lines().get(1))
                .startsWith(CREATED + ": services with the old record cannot read new events: ")
                .contains("kind");
        assertThat(result.err()).isEqualTo("carillon: 1 event compared, 2 problems\n");
    }

    @Test
    void aFolderContainsTheSchemasOfARelease() throws IOException {
        carillon("generate-avro-schemas", CREATED, "--out", folder.toString()).run();
        assertThat(carillon("events", "check", "--against", folder.toString()).run())
                .isEqualTo(new Result(0, "", "carillon: 1 event compared, 0 problems\n"));

        Path file = folder.resolve(CREATED.replace('.', '+') + "_schema.avsc");
        Files.writeString(file, Files.readString(file).replace("\"name\": \"mode\"", "\"name\": \"kind\""));
        assertThat(carillon("events", "check", "--against", folder.toString())
                        .run()
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void theCatalogIsThatOfTheNewestRelease() {
        Result result = carillon("events", "check", "--against", "history").run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).matches("carillon: \\d\\d events compared, 0 problems\n");
    }

    @Test
    void whatIsNoSchemaIsAWrongUsage() throws IOException {
        assertThat(carillon("events", "check", CREATED, "--against", older("{", "["))
                        .run())
                .returns(2, Result::exitCode)
                .extracting(Result::err)
                .asString()
                .contains("Cannot read the schema in ", "old.avsc");
        assertThat(carillon("events", "check", "--against", "no-such-file").run())
                .returns(2, Result::exitCode)
                .extracting(Result::err)
                .asString()
                .contains("There is no file or folder no-such-file");
    }

    @Test
    void aFileNeedsTheEvent() throws IOException {
        assertThat(carillon("events", "check", "--against", older("{", "{")).run())
                .returns(2, Result::exitCode)
                .extracting(Result::err)
                .asString()
                .contains("Name the one event whose older schema is in ");
    }
}
