package dev.carillon.events.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A class path with plugin files, in folders and jars of a test. */
final class PluginPath implements AutoCloseable {

    static final String RESOURCE = "META-INF/carillon/plugin.yaml";

    private final Path folder;
    private final List<URL> urls = new ArrayList<>();
    private final List<URLClassLoader> loaders = new ArrayList<>();

    PluginPath(Path folder) {
        this.folder = folder;
    }

    /** Puts a folder with this plugin file at the end of the path; returns the place of the file as messages name it. */
    String folder(String yaml) {
        try {
            Path root = folder.resolve("plugin" + urls.size());
            Path file = root.resolve(RESOURCE);
            Files.createDirectories(file.getParent());
            Files.writeString(file, yaml);
            urls.add(root.toUri().toURL());
            return file.toUri().toURL().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a jar with this plugin file at the end of the path; returns the place of the file as messages name it. */
    String jar(String yaml) {
        try {
            Path jar = folder.resolve("plugin" + urls.size() + ".jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                out.putNextEntry(new ZipEntry(RESOURCE));
                out.write(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            urls.add(jar.toUri().toURL());
            return "jar:" + jar.toUri().toURL() + "!/" + RESOURCE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ClassLoader loader() {
        URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), getClass().getClassLoader());
        loaders.add(loader);
        return loader;
    }

    @Override
    public void close() throws IOException {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }
}
