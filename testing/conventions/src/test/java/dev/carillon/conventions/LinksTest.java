package dev.carillon.conventions;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each link in a document leads to a file of this project, and to a heading that is there. */
class LinksTest {

    /** The links and the anchors of a document, which are those of its headings. */
    private static final class Document extends AbstractVisitor {

        private final Path file;
        private final List<String> links = new ArrayList<>();
        private final Set<String> anchors = new HashSet<>();
        private final Map<String, Integer> headings = new HashMap<>();

        Document(Path file) {
            this.file = file;
            Parser.builder().build().parse(Project.text(file)).accept(this);
        }

        @Override
        public void visit(Link link) {
            links.add(link.getDestination());
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            links.add(image.getDestination());
        }

        @Override
        public void visit(Heading heading) {
            String anchor = text(heading)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int earlier = headings.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
            visitChildren(heading);
        }

        private static String text(Node parent) {
            StringBuilder text = new StringBuilder();
            parent.accept(new AbstractVisitor() {
                @Override
                public void visit(Text node) {
                    text.append(node.getLiteral());
                }

                @Override
                public void visit(Code node) {
                    text.append(node.getLiteral());
                }
            });
            return text.toString();
        }
    }

    /** The links that lead nowhere, with their documents. */
    private static List<String> broken(Project project) {
        Map<Path, Document> documents = new HashMap<>();
        project.files(".*\\.md").forEach(file -> documents.put(file, new Document(file)));
        List<String> broken = new ArrayList<>();
        for (Document document : documents.values()) {
            for (String link : document.links) {
                URI uri = URI.create(link);
                if (uri.getScheme() != null) {
                    continue;
                }
                Path target = uri.getPath().isEmpty()
                        ? document.file
                        : document.file.resolveSibling(uri.getPath()).normalize();
                String anchor = uri.getFragment();
                Document linked = documents.get(target);
                boolean leadsSomewhere = Files.exists(target)
                        && target.startsWith(project.root())
                        && (anchor == null || (linked != null && linked.anchors.contains(anchor)));
                if (!leadsSomewhere) {
                    broken.add(project.name(document.file) + ": " + link);
                }
            }
        }
        return broken.stream().sorted().toList();
    }

    @Test
    void everyLinkLeadsToAFileAndAHeading() {
        assertThat(broken(Project.THIS)).as("broken links").isEmpty();
    }

    @Test
    void wrongFilesAndHeadingsAreFound(@TempDir Path root) throws IOException {
        Files.writeString(
                root.resolve("a.md"),
                List.of(
                                "# A `topic`, and [B](b.md#two-1)",
                                "[missing](c.md) [wrong](b.md#three) [of itself](#a-topic-and-b) [code](b.md#two)",
                                "```",
                                "[no link](d.md)",
                                "```",
                                "![missing picture](p.png) [outside](../x.md) [web](https://example.org/#x)")
                        .stream()
                        .collect(joining("\n")));
        Files.writeString(root.resolve("b.md"), "## Two\n## Two\n");

        assertThat(broken(new Project(root)))
                .containsExactly("a.md: ../x.md", "a.md: b.md#three", "a.md: c.md", "a.md: p.png");
    }
}
