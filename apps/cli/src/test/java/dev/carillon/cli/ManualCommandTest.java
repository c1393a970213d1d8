package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the page is valid is checked without a program that formats it: lines and escapes are those that man(7) knows. */
class ManualCommandTest {

    private static final Pattern MACRO = Pattern.compile(
            "\\.(PP|TP|nf|fi)|\\.(SH|SS) \"[^\"]+\"|\\.TH \"CARILLON\" \"1\" \"\" \"[^\"]+\" \"[^\"]+\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:-|e|&|f[BR]|\\((?:aq|ga|dq))");

    private List<String> lines = List.of();

    @BeforeEach
    void print() {
        Cli.Result result = carillon("manual").run();
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        lines = result.lines();
    }

    private String section(String command) {
        String text = String.join("\n", lines);
        int begin = text.indexOf(".SS \"carillon " + command.replace("-", "\\-") + "\"\n");
        assertThat(begin).as("section of %s", command).isPositive();
        int end = text.indexOf("\n.S", begin + 1);
        return text.substring(begin, end);
    }

    @Test
    void everyCommandHasASectionWithItsOptionsAndExamples() {
        for (String command : HelpTest.commands()) {
            String help = carillon((command + " --help").split(" ", -1)).run().out();
            String section = section(command);

            assertThat(section).contains("Examples:").contains("  carillon " + command.replace("-", "\\-"));
            for (String option : Pattern.compile("(?m)^ .*(--[a-z_-]+)[ =\\[\n]")
                    .matcher(help.substring(0, help.indexOf("Examples:")))
                    .results()
                    .map(match -> match.group(1))
                    .toList()) {
                if (!List.of("--help", "--verbose").contains(option)) {
                    assertThat(section).as(command).contains(option.replace("-", "\\-"));
                }
            }
        }
    }

    @Test
    void thePageHasTheSectionsOfManualPages() {
        assertThat(lines).element(0).asString().startsWith(".TH \"CARILLON\" \"1\"");
        assertThat(lines)
                .filteredOn(line -> line.startsWith(".SH"))
                .containsExactly(
                        ".SH \"NAME\"",
                        ".SH \"SYNOPSIS\"",
                        ".SH \"DESCRIPTION\"",
                        ".SH \"OPTIONS\"",
                        ".SH \"COMMANDS\"",
                        ".SH \"ENVIRONMENT\"",
                        ".SH \"EXIT STATUS\"",
                        ".SH \"EXAMPLES\"");
        assertThat(lines).contains("  carillon events list certificate");
        assertThat(lines.get(2)).startsWith("carillon \\- Open edX Events");
    }

    @Test
    void everyLineIsValid() {
        boolean preformatted = false;
        for (String line : lines) {
            if (line.startsWith(".")) {
                assertThat(line).matches(MACRO);
            }
            assertThat(ESCAPE.matcher(line).replaceAll("")).doesNotContain("\\", "%%", "%n", "'");
            assertThat(line).isNotEmpty();
            if (line.equals(".nf") || line.equals(".fi")) {
                assertThat(preformatted).as(line).isEqualTo(line.equals(".fi"));
                preformatted = !preformatted;
            }
        }
        assertThat(preformatted).isFalse();
    }
}
