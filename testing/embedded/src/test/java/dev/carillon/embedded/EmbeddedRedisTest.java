package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortChoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EmbeddedRedisTest {

    @Test
    void respondsAtItsUrlAsSoonAsItIsStarted() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + redis.port() + "/0");
            assertThat(redis.isRunning()).isTrue();
            assertThat(redis.log()).content().contains("Ready to accept connections");
            assertThat(call(redis, "PING")).isEqualTo("PONG");
            assertThat(call(redis, "INFO", "server")).contains("redis_version:7.0.15", "process_id:" + redis.pid());
        }
    }

    @Test
    void isGoneWhenClosed() {
        EmbeddedRedis redis = EmbeddedRedis.start();

        redis.close();
        redis.close();

        assertThat(redis.isRunning()).isFalse();
        assertThat(ProcessHandle.of(redis.pid())).isEmpty();
        assertThatThrownBy(() -> call(redis, "PING")).isInstanceOf(IOException.class);
        assertThatThrownBy(redis::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void comesBackEmptyOnTheSamePortAfterAKill() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            call(redis, "SET", "course", "demo");
            int port = redis.port();
            long pid = redis.pid();

            redis.kill();
            redis.kill();

            assertThat(redis.isRunning()).isFalse();
            assertThatThrownBy(() -> call(redis, "PING")).isInstanceOf(IOException.class);

            redis.restart();

            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.pid()).isNotEqualTo(pid);
            assertThat(call(redis, "GET", "course")).isNull();
        }
    }

    @Test
    void keepsEveryAcknowledgedWriteThroughAKillWhenPersistent() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.builder().persistent().start()) {
            call(redis, "SET", "course", "demo");

            redis.kill();
            redis.restart();

            assertThat(call(redis, "GET", "course")).isEqualTo("demo");
        }
    }

    @Test
    void lastConfigWinsAndStopLetsItSaveWhereAKillDoesNot() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.builder()
                .config("save", "3600 1")
                .config("maxmemory", "10mb")
                .start()) {
            assertThat(call(redis, "INFO", "memory")).contains("maxmemory:10485760");
            call(redis, "SET", "course", "stopped");

            redis.stop();
            assertThat(redis.isRunning()).isFalse();
            redis.restart();
            assertThat(call(redis, "GET", "course")).isEqualTo("stopped");

            call(redis, "SET", "course", "killed");
            redis.kill();
            redis.restart();
            assertThat(call(redis, "GET", "course")).isEqualTo("stopped");
        }
    }

    @Test
    void canBeRestartedAfterItDiedByItself() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            ProcessHandle.of(redis.pid()).orElseThrow().destroyForcibly();
            await("the server is dead").until(() -> !redis.isRunning());

            redis.restart();

            assertThat(call(redis, "PING")).isEqualTo("PONG");
        }
    }

    @Test
    void manyStartAtOnceAndEachIsAlone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<EmbeddedRedis>> starting = threads.invokeAll(IntStream.range(0, 6)
                    .mapToObj(i -> (Callable<EmbeddedRedis>) EmbeddedRedis::start)
                    .toList());
            for (Future<EmbeddedRedis> started : starting) {
                try (EmbeddedRedis redis = started.get()) {
                    assertThat(call(redis, "INCR", "visitors")).isEqualTo("1");
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aPasswordIsNeededAndIsInTheUrl() throws IOException {
        String password = "p@ss word/ü\"'#";
        try (EmbeddedRedis redis = EmbeddedRedis.builder().password(password).start()) {
            assertThat(redis.url())
                    .isEqualTo("redis://:p%40ss%20word%2F%C3%BC%22%27%23@127.0.0.1:" + redis.port() + "/0");
            assertThatThrownBy(() -> call(redis, "GET", "course")).hasMessageContaining("NOAUTH");
            try (RedisConnection connection = RedisConnection.open(redis.port(), null)) {
                assertThat(connection.call("AUTH", password)).isEqualTo("OK");
                assertThat(connection.call("GET", "course")).isNull();
            }
        }
    }

    @Test
    void aUserMayDoWhatTheRulesSay() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.builder()
                .user("reader", "secret", "~dev-* +@read")
                .start()) {
            assertThat(redis.urlFor("reader")).isEqualTo("redis://reader:secret@127.0.0.1:" + redis.port() + "/0");
            call(redis, "SET", "dev-course", "demo");
            try (RedisConnection connection = RedisConnection.open(redis.port(), null)) {
                connection.call("AUTH", "reader", "secret");
                assertThat(connection.call("GET", "dev-course")).isEqualTo("demo");
                assertThatThrownBy(() -> connection.call("GET", "course")).hasMessageContaining("NOPERM");
                assertThatThrownBy(() -> connection.call("SET", "dev-course", "x"))
                        .hasMessageContaining("NOPERM");
            }
            assertThatThrownBy(() -> redis.urlFor("writer"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'writer'")
                    .hasMessageContaining("reader");
        }
    }

    @Test
    void aPortThatAnotherServerHasIsNamed() throws IOException {
        try (EmbeddedRedis first = EmbeddedRedis.start()) {
            assertThatThrownBy(() ->
                            EmbeddedRedis.builder().port(first.port()).start().close())
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageStartingWith("Port " + first.port() + " of 127.0.0.1 is taken");
            assertThat(call(first, "PING")).isEqualTo("PONG");
        }
    }

    @Test
    void aPortThatIsTakenByAServerThatNeverRespondsIsNamed() throws IOException {
        try (ServerSocket silent = silentServer()) {
            assertThatThrownBy(() -> EmbeddedRedis.builder()
                            .port(silent.getLocalPort())
                            .start()
                            .close())
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("is taken");
        }
    }

    @Test
    void triesAnotherPortWhenTheOneItChoseIsTaken() throws IOException {
        try (EmbeddedRedis first = EmbeddedRedis.start();
                ServerSocket silent = silentServer()) {
            PrimitiveIterator.OfInt ports = IntStream.concat(
                            IntStream.of(first.port(), silent.getLocalPort()), IntStream.generate(PortChoice::random))
                    .iterator();

            try (EmbeddedRedis second =
                    EmbeddedRedis.builder().freePorts(ports::nextInt).start()) {
                assertThat(second.port()).isNotIn(first.port(), silent.getLocalPort());
                assertThat(call(second, "PING")).isEqualTo("PONG");
            }
        }
    }

    @Test
    void aServerThatEndsAtStartShowsItsLog() {
        assertThatThrownBy(() -> EmbeddedRedis.builder()
                        .config("maxmemory", "plenty")
                        .start()
                        .close())
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("ended at start with exit status 1")
                .hasMessageContaining("maxmemory plenty")
                .hasMessageContaining("argument must be a memory value");
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        EmbeddedRedisBuilder builder = EmbeddedRedis.builder();

        assertThatThrownBy(() -> builder.port(65_536)).hasMessage("port must be from 1 to 65535, but was 65536");
        assertThatThrownBy(() -> builder.password("")).hasMessageContaining("must not be empty");
        assertThatThrownBy(() -> builder.user("default", "secret", "+@all")).hasMessageContaining("password()");
        assertThatThrownBy(() -> builder.user("two words", "secret", "+@all")).hasMessageContaining("'two words'");
        assertThatThrownBy(() -> builder.user("app", "secret", "+@all\nuser x"))
                .hasMessageContaining("'app'")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> builder.config("port", "1")).hasMessageContaining("'port'");
        assertThatThrownBy(() -> builder.config("maxmemory", "1mb\nport 1")).hasMessageContaining("one line");
        assertThatThrownBy(() -> {
                    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
                        redis.caCertificate();
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tls()");
    }

    private static ServerSocket silentServer() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    private static @Nullable String call(EmbeddedRedis redis, String... command) throws IOException {
        try (RedisConnection connection = RedisConnection.open(redis.port(), null)) {
            return connection.call(command);
        }
    }
}
