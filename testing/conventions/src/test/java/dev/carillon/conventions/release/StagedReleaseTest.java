package dev.carillon.conventions.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedReleaseTest {

    private static final String METADATA = """
            <name>Carillon</name><description>Events</description><url>https://a</url>
            <licenses><license><name>Apache-2.0</name><url>https://b</url></license></licenses>
            <developers><developer><name>Ada</name></developer></developers>
            <scm><url>https://a</url><connection>scm:git:https://a</connection></scm>
            """;
    private static final String MODULE = """
            <project><parent><artifactId>carillon-parent</artifactId></parent><name>Carillon bus</name>
            <description>The bus</description></project>
            """;
    private static final String SBOM =
            "{\"bomFormat\" : \"CycloneDX\", \"purl\" : \"pkg:maven/dev.carillon/carillon-bus@1\"}";

    @TempDir
    private Path folder;

    @BeforeEach
    void stageACompleteRelease() throws IOException {
        stage("carillon-parent", ".pom", "<project><version>1</version>" + METADATA + "</project>");
        stage(
                "carillon-bom",
                ".pom",
                "<project>" + METADATA + "<dependencyManagement><dependencies><dependency>"
                        + "<artifactId>carillon-bus</artifactId></dependency></dependencies></dependencyManagement></project>");
        stage("carillon-bus", ".pom", MODULE);
        stage("carillon-bus", "-cyclonedx.json", SBOM);
        jar("carillon-bus-1.jar", "module-info.class");
        jar("carillon-bus-1-sources.jar", "Bus.java");
        jar("carillon-bus-1-javadoc.jar", "index.html");
    }

    private void stage(String artifact, String suffix, String text) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve(artifact + "/1")).resolve(artifact + "-1" + suffix), text);
    }

    private void jar(String name, String entry) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(
                Files.newOutputStream(folder.resolve("carillon-bus/1").resolve(name)))) {
            jar.putNextEntry(new JarEntry(entry));
            jar.write(entry.getBytes(UTF_8));
        }
    }

    private List<String> problems() throws IOException {
        return new StagedRelease(folder).problems();
    }

    @Test
    void aCompleteReleaseHasNoProblems() throws IOException {
        assertThat(problems()).isEmpty();
    }

    @Test
    void eachMissingFileIsReported() throws IOException {
        for (String suffix : List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
            Path file = folder.resolve("carillon-bus/1/carillon-bus-1" + suffix);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);

            assertThat(problems()).containsExactly("carillon-bus: 0 files *" + suffix + " instead of 1");
            Files.write(file, bytes);
        }
    }

    @Test
    void emptyOrForeignContentIsReported() throws IOException {
        jar("carillon-bus-1.jar", "dev/Bus.class");
        jar("carillon-bus-1-sources.jar", "Bus.txt");
        jar("carillon-bus-1-javadoc.jar", "Bus.txt");
        stage("carillon-bus", "-cyclonedx.json", SBOM.replace("carillon-bus@", "carillon-avro@"));

        assertThat(problems())
                .containsExactly(
                        "carillon-bus: the jar has neither a module descriptor nor an Automatic-Module-Name",
                        "carillon-bus: carillon-bus-1-sources.jar contains no .java",
                        "carillon-bus: carillon-bus-1-javadoc.jar contains no index.html",
                        "carillon-bus: the SBOM is not one of this artifact");
    }

    @Test
    void aLibraryForTestsInAProductionArtifactIsReported() throws IOException {
        stage("carillon-bus", "-cyclonedx.json", SBOM + "\"pkg:maven/dev.carillon/carillon-embedded-kafka@1\"");

        assertThat(problems())
                .containsExactly(
                        "carillon-bus: the SBOM contains dev.carillon/carillon-embedded..., which is for tests");
    }

    @Test
    void missingMetadataAreReported() throws IOException {
        stage("carillon-bus", ".pom", MODULE.replace("The bus", "").replace("parent<", "other<"));
        stage("carillon-parent", ".pom", "<project>" + METADATA.replace("Ada", "") + "</project>");

        assertThat(problems())
                .containsExactly(
                        "carillon-parent: the POM has no developers/developer/name",
                        "carillon-bom: developers/developer/name is not as in carillon-parent",
                        "carillon-bus: the POM has no description",
                        "carillon-bus: the POM has no developers/developer/name",
                        "carillon-bus: the parent of the POM is not carillon-parent");
    }

    @Test
    void aPomThatNamesARepositoryIsReported() throws IOException {
        stage(
                "carillon-bus",
                ".pom",
                MODULE.replace(
                        "</project>", "<repositories><repository><url>x</url></repository></repositories></project>"));

        assertThat(problems()).containsExactly("carillon-bus: the POM names a repository");
    }

    @Test
    void whatTheBomDoesNotNameIsReported() throws IOException {
        stage("carillon-rig", ".pom", MODULE);

        assertThat(problems()).containsExactly("carillon-rig: is published, but the BOM does not name it");
    }

    @Test
    void aVersionThatStaysNeedsAnAddress() throws IOException {
        String parent = "<project><version>1</version>" + METADATA
                + "<properties><carillon.address>https://carillon.example/</carillon.address></properties></project>";
        stage("carillon-parent", ".pom", parent);
        String differs = "carillon-bom: properties/carillon.address is not as in carillon-parent";
        assertThat(problems())
                .containsExactly("carillon-parent: the property carillon.address is still a placeholder", differs);

        stage("carillon-parent", ".pom", parent.replace(">1<", ">1-SNAPSHOT<"));
        assertThat(problems()).containsExactly(differs);
    }
}
