package dev.carillon.conventions.release;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Whether a folder to which {@code mvn -P release deploy} has deployed contains all that a release needs, and nothing else.
 * {@code bin/check-release} runs this file without compiling the project, so it uses nothing but the JDK.
 */
public final class StagedRelease {

    private static final String PARENT = "carillon-parent";
    private static final String BOM = "carillon-bom";

    private static final String ADDRESS = "properties/carillon.address";

    /** What each POM has, by itself or from its parent. */
    private static final List<String> INHERITED = List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/url",
            "scm/connection");

    /** What production must not bring: test support, and the servers that tests and the demo of the command start. */
    private static final List<String> FOR_TESTS = List.of(
            "dev.carillon/carillon-embedded",
            "dev.carillon/carillon-test",
            "dev.carillon/carillon-spring-boot-test",
            "org.junit",
            "org.assertj/",
            "org.awaitility/",
            "org.signal/",
            "io.zonky.test",
            "io.apicurio/",
            "org.apache.kafka/kafka_");

    private static final String COMMAND = "carillon-cli";

    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    /** A release in this folder, which contains a folder for each artifact. */
    StagedRelease(Path folder) {
        this.folder = folder;
    }

    /** Prints the problems of the release in the folder that is the argument, and fails if there are any. */
    public static void main(String... arguments) throws IOException {
        List<String> problems = new StagedRelease(Path.of(arguments[0], "dev", "carillon")).problems();
        problems.forEach(problem -> System.err.println("check-release: " + problem));
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    /** What is missing or too much, each with the artifact that it is about. */
    List<String> problems() throws IOException {
        Optional<Element> parent = pom(PARENT);
        Optional<Element> bom = pom(BOM);
        if (parent.isEmpty() || bom.isEmpty()) {
            return problems;
        }
        List<String> modules = texts(bom.get(), "dependencyManagement/dependencies/dependency/artifactId");
        TreeSet<String> expected = new TreeSet<>(modules);
        expected.addAll(List.of(PARENT, BOM));
        try (Stream<Path> folders = Files.list(folder)) {
            folders.map(path -> path.getFileName().toString())
                    .filter(artifact -> !expected.contains(artifact))
                    .sorted()
                    .forEach(artifact -> report(artifact, "is published, but the BOM does not name it"));
        }
        checkPom(PARENT, parent.get(), parent.get());
        checkPom(BOM, bom.get(), bom.get());
        checkAddress(parent.get());
        for (String path : Stream.concat(INHERITED.stream(), Stream.of(ADDRESS)).toList()) {
            if (!texts(bom.get(), path).equals(texts(parent.get(), path))) {
                report(BOM, path + " is not as in " + PARENT);
            }
        }
        for (String module : modules) {
            Optional<Element> pom = pom(module);
            if (pom.isPresent()) {
                checkPom(module, pom.get(), parent.get());
                checkFiles(module);
            }
        }
        return problems;
    }

    /** A version that stays needs an address that exists. */
    private void checkAddress(Element parent) {
        boolean snapshot = texts(parent, "version").stream().anyMatch(version -> version.endsWith("-SNAPSHOT"));
        boolean placeholder = texts(parent, ADDRESS).stream().anyMatch(url -> url.contains(".example"));
        if (placeholder && !snapshot) {
            report(PARENT, "the property carillon.address is still a placeholder");
        }
    }

    private void checkPom(String artifact, Element pom, Element parent) {
        for (String path : List.of("name", "description")) {
            if (texts(pom, path).isEmpty()) {
                report(artifact, "the POM has no " + path);
            }
        }
        for (String path : INHERITED) {
            if (texts(pom, path).isEmpty() && texts(parent, path).isEmpty()) {
                report(artifact, "the POM has no " + path);
            }
        }
        if (pom != parent && !texts(pom, "parent/artifactId").equals(List.of(PARENT))) {
            report(artifact, "the parent of the POM is not " + PARENT);
        }
        if (!texts(pom, "repositories/repository/url").isEmpty()) {
            report(artifact, "the POM names a repository");
        }
    }

    private void checkFiles(String artifact) throws IOException {
        String extension = ".jar";
        Optional<File> jar = only(
                artifact,
                extension,
                name -> name.endsWith(extension)
                        && !name.endsWith("-sources" + extension)
                        && !name.endsWith("-javadoc" + extension));
        if (jar.isPresent() && !hasModuleName(jar.get())) {
            report(artifact, "the jar has neither a module descriptor nor an Automatic-Module-Name");
        }
        checkJar(artifact, "-sources.jar", ".java");
        checkJar(artifact, "-javadoc.jar", "index.html");
        Optional<File> sbom = only(artifact, "-cyclonedx.json", name -> name.endsWith("-cyclonedx.json"));
        if (sbom.isPresent()) {
            String text = Files.readString(sbom.get().toPath());
            if (!text.contains("\"bomFormat\" : \"CycloneDX\"")
                    || !text.contains("pkg:maven/dev.carillon/" + artifact + "@")) {
                report(artifact, "the SBOM is not one of this artifact");
            }
            boolean isForTests = FOR_TESTS.stream().anyMatch(("dev.carillon/" + artifact)::startsWith);
            for (String name : FOR_TESTS) {
                if (!isForTests && !artifact.equals(COMMAND) && text.contains("\"pkg:maven/" + name)) {
                    report(artifact, "the SBOM contains " + name + "..., which is for tests");
                }
            }
        }
    }

    private void checkJar(String artifact, String suffix, String content) throws IOException {
        Optional<File> file = only(artifact, suffix, name -> name.endsWith(suffix));
        if (file.isPresent()) {
            try (JarFile jar = new JarFile(file.get())) {
                if (jar.stream().noneMatch(entry -> entry.getName().endsWith(content))) {
                    report(artifact, file.get().getName() + " contains no " + content);
                }
            }
        }
    }

    private static boolean hasModuleName(File file) throws IOException {
        try (JarFile jar = new JarFile(file)) {
            return jar.getEntry("module-info.class") != null
                    || (jar.getManifest() != null
                            && jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null);
        }
    }

    private Optional<Element> pom(String artifact) throws IOException {
        Optional<File> file = only(artifact, ".pom", name -> name.endsWith(".pom"));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.get())
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file.get() + " cannot be read", e);
        }
    }

    /** The only file of an artifact with such a name. */
    private Optional<File> only(String artifact, String what, Predicate<String> name) throws IOException {
        List<File> files = List.of();
        if (Files.isDirectory(folder.resolve(artifact))) {
            try (Stream<Path> paths = Files.walk(folder.resolve(artifact))) {
                files = paths.filter(path -> name.test(path.getFileName().toString()))
                        .map(Path::toFile)
                        .toList();
            }
        }
        if (files.size() != 1) {
            report(artifact, files.size() + " files *" + what + " instead of 1");
            return Optional.empty();
        }
        return Optional.of(files.get(0));
    }

    private void report(String artifact, String problem) {
        problems.add(artifact + ": " + problem);
    }

    /** The texts of all elements at this path below an element. */
    private static List<String> texts(Element element, String path) {
        Stream<Element> found = Stream.of(element);
        for (String name : path.split("/", -1)) {
            found = found.flatMap(parent -> children(parent, name));
        }
        return found.map(node -> node.getTextContent().strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static Stream<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element child && child.getTagName().equals(name)) {
                children.add(child);
            }
        }
        return children.stream();
    }
}
