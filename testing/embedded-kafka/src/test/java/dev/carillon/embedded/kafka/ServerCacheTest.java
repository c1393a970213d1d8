package dev.carillon.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCacheTest {

    @Test
    void isInTheUsersCacheFolder() {
        assertThat(ServerCache.of(Map.of(), "/home/ada"))
                .isEqualTo(new ServerCache(Path.of("/home/ada/.cache/carillon")));
        assertThat(ServerCache.of(Map.of("XDG_CACHE_HOME", "/var/ada"), "/home/ada"))
                .isEqualTo(new ServerCache(Path.of("/var/ada/carillon")));
        assertThat(ServerCache.of(Map.of("XDG_CACHE_HOME", "relative"), "/home/ada"))
                .isEqualTo(new ServerCache(Path.of("/home/ada/.cache/carillon")));
    }

    @Test
    void aUserWithoutAHomeHasNone() {
        assertThat(ServerCache.of(Map.of(), "?")).isNull();
    }

    @Test
    void twoThatUnpackAtTheSameTimeGetOneWholeFolder(@TempDir Path root) throws Exception {
        ServerCache cache = new ServerCache(root.resolve("cache"));
        List<ZipEntry> entries = List.of(new ZipEntry("server.jar"));
        CyclicBarrier bothHaveUnpacked = new CyclicBarrier(2);
        ServerCache.Unpacking unpacking = folder -> {
            Files.writeString(folder.resolve("server.jar"), "whole");
            try {
                bothHaveUnpacked.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };

        CompletableFuture<Path> other = CompletableFuture.supplyAsync(() -> cache.folder("broker", entries, unpacking));
        Path folder = Objects.requireNonNull(cache.folder("broker", entries, unpacking));

        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(folder);
        assertThat(folder.resolve("server.jar")).hasContent("whole");
        assertThat(cache.root()).isDirectoryNotContaining(file -> !file.equals(folder));
    }
}
