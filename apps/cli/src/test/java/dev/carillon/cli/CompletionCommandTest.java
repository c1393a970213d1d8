package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

    @TempDir
    private Path folder;

    @Test
    void bashCompletesCommandsOptionsAndEventTypes() throws Exception {
        Path script = Files.writeString(
                folder.resolve("carillon"), carillon("completion").run().out());

        assertThat(completions(script, "carillon", "gen")).containsExactly("generate-avro-schemas");
        assertThat(completions(script, "carillon", "events", "s")).containsExactlyInAnyOrder("show", "schema");
        assertThat(completions(script, "carillon", "generate-avro-schemas", "--fo"))
                .containsExactly("--force");
        assertThat(completions(script, "carillon", "events", "show", "org.openedx.learning.certificate.c"))
                .containsExactlyInAnyOrder(
                        "org.openedx.learning.certificate.created.v1", "org.openedx.learning.certificate.changed.v1");
    }

    private static List<String> completions(Path script, String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c", // compopt works only during an interactive completion
                        "compopt() { :; }; source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD="
                                + (words.length - 1) + "; _complete_carillon; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        return out.lines().map(String::strip).toList();
    }
}
