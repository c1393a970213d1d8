package dev.carillon.conventions;

import static java.util.Comparator.comparing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A checkout of this project: its modules, as the POMs declare them, and its files. */
record Project(Path root) {

    /** The checkout that this test runs in. */
    static final Project THIS = new Project(Path.of("..", "..").toAbsolutePath().normalize());

    private static final String PREFIX = "carillon-";
    private static final Set<String> HIDDEN_FOLDERS_OF_OURS = Set.of(".ci", ".mvn");

    /**
     * A module.
     *
     * @param name the artifact id without {@code carillon-}
     * @param folder its folder, relative to the root, with slashes
     * @param uses the modules of ours that its POM declares for its main code; for a module without main code, those that its POM
     *     declares at all
     */
    record Module(String name, String folder, List<String> uses) {

        /** The top folder, such as {@code core}. */
        String group() {
            return folder.split("/", 2)[0];
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A dependency that a POM declares. */
    record Dependency(String group, String artifact, String scope) {}

    /** The dependencies that the POM in this folder declares, those of the BOM being the modules that it names. */
    List<Dependency> dependencies(String folder) {
        Element pom = pom(folder);
        return Stream.concat(Stream.of(pom), childrenNamed(pom, "dependencyManagement").stream())
                .flatMap(parent -> childrenNamed(parent, "dependencies").stream())
                .flatMap(dependencies -> childrenNamed(dependencies, "dependency").stream())
                .map(dependency -> new Dependency(
                        childText(dependency, "groupId"),
                        childText(dependency, "artifactId"),
                        childText(dependency, "scope")))
                .toList();
    }

    /** Whether {@code mvn deploy} publishes what the POM in this folder is about. */
    boolean isPublished(String folder) {
        return childrenNamed(pom(folder), "properties").stream()
                .noneMatch(
                        properties -> childText(properties, "maven.deploy.skip").equals("true"));
    }

    /** The modules in the order of the root POM. */
    List<Module> modules() {
        return texts(pom(""), "module").stream().map(this::module).toList();
    }

    boolean hasMainCode(Module module) {
        return Files.isDirectory(root.resolve(module.folder()).resolve("src/main/java"));
    }

    /**
     * The compiled main classes of a module.
     *
     * @throws IllegalStateException if the module has main code that is not compiled
     */
    JavaClasses mainClasses(Module module) {
        Path classes = root.resolve(module.folder()).resolve("target/classes");
        JavaClasses found = new ClassFileImporter().importPath(classes);
        if (found.isEmpty() && hasMainCode(module)) {
            throw new IllegalStateException("Module " + module + " has no compiled classes in " + classes
                    + ". Compile it first: mvn test-compile -pl :" + PREFIX + module);
        }
        return found;
    }

    /** The compiled main and test classes of all modules, as far as they have been compiled. */
    JavaClasses allClasses() {
        return new ClassFileImporter()
                .importPaths(modules().stream()
                        .map(module -> root.resolve(module.folder()).resolve("target"))
                        .flatMap(target -> Stream.of(target.resolve("classes"), target.resolve("test-classes")))
                        .filter(Files::isDirectory)
                        .toList());
    }

    /** All files outside of build output, hidden folders and recorded test data, sorted. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    boolean hidden = name.startsWith(".") && !HIDDEN_FOLDERS_OF_OURS.contains(name);
                    return !folder.equals(root)
                                    && (hidden || name.equals("target") || folder.endsWith("src/test/resources"))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(comparing(this::name));
        return files;
    }

    /** The files whose relative path matches a regular expression. */
    List<Path> files(String pattern) {
        return files().stream().filter(file -> name(file).matches(pattern)).toList();
    }

    /** The path of a file relative to the root, with slashes. */
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** The text of a file that is named relative to the root. */
    String text(String file) {
        return text(root.resolve(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Module module(String folder) {
        Element pom = pom(folder);
        Module module = new Module(withoutPrefix(childText(pom, "artifactId")), folder, List.of());
        boolean everyScope = !hasMainCode(module);
        List<String> uses = childrenNamed(pom, "dependencies").stream()
                .flatMap(dependencies -> childrenNamed(dependencies, "dependency").stream())
                .filter(dependency -> childText(dependency, "groupId").equals("dev.carillon"))
                .filter(dependency ->
                        everyScope || !childText(dependency, "scope").equals("test"))
                .map(dependency -> withoutPrefix(childText(dependency, "artifactId")))
                .sorted()
                .toList();
        return new Module(module.name(), folder, uses);
    }

    private static String withoutPrefix(String artifact) {
        return artifact.startsWith(PREFIX) ? artifact.substring(PREFIX.length()) : artifact;
    }

    private Element pom(String folder) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(root.resolve(folder).resolve("pom.xml").toFile())
                    .getDocumentElement();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(folder + "/pom.xml cannot be read", e);
        }
    }

    private static List<String> texts(Element pom, String name) {
        return elements(pom.getElementsByTagName(name)).stream()
                .map(element -> element.getTextContent().strip())
                .toList();
    }

    private static String childText(Element parent, String name) {
        return childrenNamed(parent, name).stream()
                .map(child -> child.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private static List<Element> childrenNamed(Element parent, String name) {
        return elements(parent.getChildNodes()).stream()
                .filter(child -> child.getTagName().equals(name))
                .toList();
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }
}
