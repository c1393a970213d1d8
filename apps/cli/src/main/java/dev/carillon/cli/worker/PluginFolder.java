package dev.carillon.cli.worker;

import dev.carillon.events.plugins.PluginException;
import dev.carillon.events.plugins.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A folder of plugins: each of its jars is one, and the jars of its folder {@code lib} are what they use. All of them share one
 * class loader, below that of the worker. Thread-safe.
 */
public final class PluginFolder implements AutoCloseable {

    private static final String DECLARATION = "META-INF/carillon/plugin.yaml";
    private static final String LIBRARIES = "lib";

    private final Map<Path, SortedSet<String>> serviceTypes = new LinkedHashMap<>();
    private final URLClassLoader classLoader;

    private PluginFolder(List<Path> plugins, List<Path> libraries, ClassLoader parent) {
        plugins.forEach(plugin -> serviceTypes.put(plugin, declaredIn(plugin)));
        this.classLoader = new URLClassLoader(
                Stream.concat(plugins.stream(), libraries.stream())
                        .map(PluginFolder::url)
                        .toArray(URL[]::new),
                parent);
    }

    /**
     * Opens a folder.
     *
     * @param parent where classes of Carillon are found, and everything that the jars do not contain
     * @throws IllegalArgumentException when there is no such folder, or no jar in it, or when a jar is damaged or declares no
     *     receivers
     * @throws PluginException when a declaration is malformed
     */
    public static PluginFolder open(Path folder, ClassLoader parent) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("There is no folder " + folder + " with plugins");
        }
        List<Path> plugins = jars(folder);
        if (plugins.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no jar in the folder " + folder + ", which should contain plugins");
        }
        Path libraries = folder.resolve(LIBRARIES);
        return new PluginFolder(plugins, Files.isDirectory(libraries) ? jars(libraries) : List.of(), parent);
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted() // the same order of receivers on each machine
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("The folder " + folder + " cannot be read: " + e, e);
        }
    }

    /** What one jar declares. Its own class loader sees no other declaration. */
    private static SortedSet<String> declaredIn(Path plugin) {
        try (JarFile jar = new JarFile(plugin.toFile())) {
            if (jar.getEntry(DECLARATION) == null) {
                throw new IllegalArgumentException("The plugin " + plugin + " contains no " + DECLARATION
                        + ", so it declares no receivers. If it is a library, move it to "
                        + plugin.resolveSibling(LIBRARIES));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The plugin " + plugin + " cannot be read as a jar: " + e.getMessage(), e);
        }
        try (URLClassLoader alone = new URLClassLoader(new URL[] {url(plugin)}, null)) {
            SortedSet<String> types = Plugins.serviceTypes(alone);
            if (types.isEmpty()) {
                throw new IllegalArgumentException(
                        "The plugin " + plugin + " declares no receivers in its " + DECLARATION);
            }
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The class loader of all plugins and their libraries. */
    public ClassLoader classLoader() {
        return classLoader;
    }

    /** The plugins that have no receivers for this service type, with what they have instead. */
    public List<String> without(String serviceType) {
        List<String> without = new ArrayList<>();
        serviceTypes.forEach((plugin, types) -> {
            if (!types.contains(serviceType)) {
                without.add("the plugin " + plugin + " declares no receivers for the service type " + serviceType
                        + ", only for " + String.join(", ", types));
            }
        });
        return without;
    }

    /** Closes the jars: classes that are not loaded yet are no longer found. */
    @Override
    public void close() {
        try {
            classLoader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
