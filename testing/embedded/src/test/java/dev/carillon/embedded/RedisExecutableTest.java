package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.embedded.server.EmbeddedServerException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisExecutableTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-amd64",
        "Linux, aarch64, linux-arm64",
        "Mac OS X, x86_64, darwin-amd64",
        "Mac OS X, aarch64, darwin-arm64"
    })
    void isThereForEverySupportedPlatform(String os, String architecture, String suffix) {
        String resource = RedisExecutable.resource(os, architecture);

        assertThat(resource).endsWith(suffix);
        assertThat(RedisExecutable.class.getResource("/" + resource)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, riscv64"})
    void anotherPlatformIsNamedWithThoseThatAreSupported(String os, String architecture) {
        assertThatThrownBy(() -> RedisExecutable.resource(os, architecture))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessage(
                        "There is no embedded Redis for '%s' on '%s': Linux and macOS on x86-64 and arm64 are"
                                + " supported",
                        os, architecture);
    }

    @Test
    void withoutTheLibraryTheErrorSaysWhatToAdd(@TempDir Path folder) {
        assertThatThrownBy(() -> RedisExecutable.unpack("redis-server-none", folder))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("'redis-server-none'")
                .hasMessageContaining("org.signal:embedded-redis");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed(@TempDir Path folder) {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> RedisExecutable.unpack(RedisExecutable.resource(), missing))
                .hasMessageContaining(missing.toString());
    }
}
