package dev.carillon.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    private static final Path PROJECT = Path.of("..", "..");
    private static final List<Path> SOURCES = List.of(
            Path.of("src/test/java/dev/carillon/conventions/snippets/Snippets.java"),
            Path.of("src/test/java/dev/carillon/conventions/snippets/Badges.java"),
            Path.of("src/test/java/dev/carillon/conventions/snippets/WithoutBrokerTest.java"),
            Path.of("src/test/java/dev/carillon/conventions/snippets/AwardsTest.java"),
            PROJECT.resolve("integrations/bus-jdbc/src/test/java/dev/carillon/bus/jdbc/KilledDatabaseTest.java"),
            PROJECT.resolve("integrations/spring-boot-starter/src/test/java/dev/carillon/spring/SpringSnippets.java"),
            PROJECT.resolve("samples/table-transport/src/main/java/dev/carillon/samples/table/TableSource.java"),
            PROJECT.resolve(
                    "samples/table-transport/src/test/java/dev/carillon/samples/table/TableTransportContractTest.java"),
            PROJECT.resolve("testing/spring-boot-test/src/test/java/dev/carillon/spring/test/library/DueTest.java"),
            PROJECT.resolve(
                    "testing/spring-boot-test/src/test/java/dev/carillon/spring/test/library/WholeApplicationTest.java"));
    private static final Pattern IN_SOURCE = Pattern.compile("// snippet: (\\S+)\\n(.*?)\\s*// end", Pattern.DOTALL);
    private static final Pattern IN_DOCUMENT = Pattern.compile(
            "(?:<!-- snippet: (\\S+) -->\\n)?(?<!<!-- file: \\S{1,200} -->\\n)```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE_IN_TUTORIAL =
            Pattern.compile("<!-- file: (src/\\S+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern VERSION =
            Pattern.compile("<groupId>dev.carillon</groupId>\\s*<artifactId>[^<]*</artifactId>\\s*<version>([^<]*)");
    private static final Pattern ANY_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+-SNAPSHOT");

    /** {@code SomeTest}, {@code SomeTest.someMethod}, or {@code .anotherMethod} of the one before. */
    private static final Pattern PROMISE = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))?(?:\\.([a-z]\\w+))?`");

    @Test
    void everyJavaSnippetIsCompiled() throws IOException {
        Map<String, String> compiled = new TreeMap<>();
        for (Path file : SOURCES) {
            Matcher source = IN_SOURCE.matcher(Files.readString(file));
            while (source.find()) {
                compiled.put(source.group(1), source.group(2).stripIndent().strip());
            }
        }
        for (Path document : documents()) {
            Matcher snippet = IN_DOCUMENT.matcher(Files.readString(document));
            while (snippet.find()) {
                assertThat(snippet.group(1))
                        .as("a Java snippet in %s names where it comes from", document)
                        .isNotNull();
                assertThat(withoutImports(snippet.group(2), compiled.get(snippet.group(1))))
                        .as("snippet %s in %s", snippet.group(1), document)
                        .isEqualTo(compiled.get(snippet.group(1)));
            }
        }
    }

    /** A document may show imports before a snippet that is part of a class. Each must be one of that class. */
    private static String withoutImports(String shown, @Nullable String compiled) throws IOException {
        if (compiled == null || compiled.startsWith("import ")) {
            return shown.strip();
        }
        String imports = Files.readString(SOURCES.get(0));
        return shown.lines()
                .filter(line -> !line.startsWith("import ") || !imports.contains("\n" + line + "\n"))
                .collect(Collectors.joining("\n"))
                .strip();
    }

    @Test
    void theTutorialShowsTheFilesOfItsSample() throws IOException {
        Path sample = PROJECT.resolve("samples/confirmation-service");
        Map<String, String> shown = new TreeMap<>();
        Matcher file = FILE_IN_TUTORIAL.matcher(Files.readString(PROJECT.resolve("docs/tutorial.md")));
        while (file.find()) {
            shown.put(file.group(1), file.group(2));
        }
        Map<String, String> existing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(sample.resolve("src"))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                existing.put(sample.relativize(each).toString(), Files.readString(each));
            }
        }
        assertThat(shown).isEqualTo(existing);
    }

    @Test
    void theVersionInTheDocumentsIsThatOfTheProject() throws IOException {
        Matcher project = VERSION.matcher(Files.readString(PROJECT.resolve("pom.xml")));
        assertThat(project.find()).isTrue();
        for (String document : List.of("README.md", "docs/guide.md", "docs/tutorial.md")) {
            Matcher shown = ANY_VERSION.matcher(Files.readString(PROJECT.resolve(document)));
            assertThat(shown.results().map(MatchResult::group))
                    .as("versions in %s", document)
                    .isNotEmpty()
                    .containsOnly(project.group(1));
        }
    }

    @Test
    void everyPromiseNamesATestThatIsThere() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(PROJECT)) {
            for (Path file : files.filter(DocumentationTest::isTest).toList()) {
                String name = file.getFileName().toString();
                tests.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
            }
        }
        Matcher promise = PROMISE.matcher(Files.readString(PROJECT.resolve("docs/reliability.md")));
        String test = "";
        while (promise.find()) {
            test = promise.group(1) == null ? test : promise.group(1);
            assertThat(tests).as("the tests").containsKey(test);
            if (promise.group(2) != null) {
                assertThat(tests.get(test)).as(test).contains(" " + promise.group(2) + "(");
            }
        }
    }

    private static boolean isTest(Path file) {
        return file.toString().matches(".*/src/(main|test)/java/.*(Test|Contract)\\.java");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(PROJECT);
                Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
