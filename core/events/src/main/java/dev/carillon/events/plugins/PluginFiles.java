package dev.carillon.events.plugins;

import dev.carillon.events.internal.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;

/** Finds and reads every plugin file on a class path. */
final class PluginFiles {

    private static final String RESOURCE = "META-INF/carillon/plugin.yaml";

    private PluginFiles() {}

    /** The declarations of all files, in class path order. */
    static List<Declaration> read(ClassLoader classPath, Problems problems) {
        List<Declaration> declarations = new ArrayList<>();
        for (URL url : find(classPath)) {
            Section file = load(url, problems);
            if (file != null) {
                declarations.addAll(new PluginFile(file).declarations());
            }
        }
        return declarations;
    }

    private static Iterable<URL> find(ClassLoader classPath) {
        try {
            // one file may be seen through several class loaders
            Map<String, URL> byText = new LinkedHashMap<>();
            Collections.list(classPath.getResources(RESOURCE)).forEach(url -> byText.putIfAbsent(url.toString(), url));
            return byText.values();
        } catch (IOException e) {
            throw new PluginException(List.of(RESOURCE + ": the class path cannot be searched: " + e));
        }
    }

    private static @Nullable Section load(URL url, Problems problems) {
        try (Reader text = new YamlUnicodeReader(open(url))) {
            return Section.of(url.toString(), YamlText.read(text), problems);
        } catch (IllegalArgumentException e) {
            problems.add(url.toString(), "is not readable as YAML: " + e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            problems.add(url.toString(), "cannot be read: " + e);
        }
        return null;
    }

    /** Without a cache, which would keep the jar open. */
    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}
