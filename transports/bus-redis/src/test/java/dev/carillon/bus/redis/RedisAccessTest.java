package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisBench.consume;
import static dev.carillon.bus.redis.RedisBench.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.embedded.EmbeddedRedis;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Getting in: users, passwords, permissions, TLS, and versions that are too old. */
class RedisAccessTest {

    private static final String PASSWORD = "s3cr@t/with:all?sorts#of%signs é";

    /** What the documentation says that a consumer needs. */
    private static final String CONSUMER_COMMANDS =
            "+xreadgroup +xack +xpending +xclaim +xrange +xgroup +xinfo" + " +eval +get +set +hget +hset +hgetall";

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Users {

        private EmbeddedRedis redis;

        @BeforeAll
        void startRedis() {
            redis = EmbeddedRedis.builder()
                    .password(PASSWORD)
                    .user("credentials", PASSWORD, "~dev-* +xadd " + CONSUMER_COMMANDS)
                    .user("reader", PASSWORD, "~dev-* " + CONSUMER_COMMANDS)
                    .user("unleased", PASSWORD, "~dev-* " + CONSUMER_COMMANDS + " -set")
                    .start();
        }

        @AfterAll
        void stopRedis() {
            redis.close();
        }

        @Test
        void aPasswordOfAllSortsOfSignsLetsUsIn() {
            try (RedisBench bench = new RedisBench(redis.url())) {
                bench.publish("with-password", 2);

                assertThat(consume(bench.source("with-password"), 2)).containsExactly(0, 1);
            }
        }

        @Test
        void aUserWithNoMoreThanTheNeededPermissionsPublishesAndConsumes() {
            try (RedisBench bench = new RedisBench(redis.urlFor("credentials"));
                    RedisBench root = new RedisBench(redis.url())) {
                bench.publish("dev-topic", 2);
                MessageSource source = bench.source("dev-topic");

                assertThat(consume(source, 2)).containsExactly(0, 1);

                source.close();
                assertThat(root.plain().xinfoConsumers("dev-topic", "group")).isEmpty();
            }
        }

        @Test
        void aMissingPermissionToPublishIsTold() {
            try (RedisBench bench = new RedisBench(redis.urlFor("reader"))) {
                refused(() -> bench.sink().send(message("dev-topic", 1)).get(), "NOPERM", "xadd");
            }
        }

        @Test
        void aMissingPermissionForATopicIsTold() {
            try (RedisBench bench = new RedisBench(redis.urlFor("reader"))) {
                refused(() -> bench.source("prod-topic").poll(1, Duration.ZERO), "NOPERM", "prod-topic", "xreadgroup");
            }
        }

        @Test
        void aMissingPermissionForTheLeaseIsTold() {
            try (RedisBench bench = new RedisBench(redis.urlFor("unleased"))) {
                refused(
                        () -> bench.source("dev-topic").poll(1, Duration.ZERO),
                        "hold the lease of topic dev-topic for group group",
                        "eval, get, set, hget, hset and hgetall",
                        "<topic>:<group>:lease");
            }
        }

        @Test
        void aWrongPasswordIsToldAtOnce() {
            String url = "redis://credentials:wr0ng@127.0.0.1:" + redis.port() + "/0?socket_timeout=600";
            try (RedisBench bench = new RedisBench(url)) {
                refused(
                        () -> bench.source("dev-topic").poll(1, Duration.ZERO),
                        "WRONGPASS",
                        RedisTransportProvider.URL);
                refused(
                        () -> bench.sink().send(message("dev-topic", 1)).get(),
                        "WRONGPASS",
                        "take a message for topic dev-topic",
                        RedisTransportProvider.URL);
            }
        }

        @Test
        void aMissingPasswordIsTold() {
            try (RedisBench bench = new RedisBench("redis://127.0.0.1:" + redis.port())) {
                refused(() -> bench.source("dev-topic").poll(1, Duration.ZERO), "NOAUTH", RedisTransportProvider.URL);
            }
        }

        @Test
        void aDatabaseThatDoesNotExistIsTold() {
            String url = redis.url().replaceAll("/0$", "/99");
            try (RedisBench bench = new RedisBench(url)) {
                refused(() -> bench.source("dev-topic").poll(1, Duration.ZERO), "DB index is out of range");
            }
        }

        private void refused(ThrowingCallable call, String... parts) {
            assertThatThrownBy(call).satisfies(thrown -> {
                Throwable failure = thrown instanceof TransportException ? thrown : thrown.getCause();
                assertThat(failure)
                        .isInstanceOf(TransportException.class)
                        .hasMessageContainingAll(parts)
                        .hasMessageContaining("127.0.0.1:" + redis.port());
                assertThat(failure).message().doesNotContain("s3cr", "wr0ng");
            });
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Tls {

        private EmbeddedRedis redis;

        @BeforeAll
        void startRedis() {
            redis = EmbeddedRedis.builder().tls().password("secret").start();
        }

        @AfterAll
        void stopRedis() {
            redis.close();
        }

        @Test
        void aGivenAuthorityIsTrusted() {
            try (RedisBench bench = new RedisBench(redis.url() + "?ssl_ca_certs=" + redis.caCertificate())) {
                bench.publish("trusted", 300);

                assertThat(consume(bench.source("trusted"), 300)).hasSize(300);
            }
        }

        @Test
        void anUnknownAuthorityIsTold() {
            try (RedisBench bench = new RedisBench(redis.url() + "?socket_timeout=600")) {
                assertThatThrownBy(() -> bench.source("topic").poll(1, Duration.ZERO))
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("no TLS connection")
                        .hasMessageContaining("ssl_ca_certs");
                assertThatThrownBy(() -> bench.sink().send(message("topic", 1)).get())
                        .cause()
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("no TLS connection");
            }
        }

        @Test
        void nothingIsVerifiedWhenThatIsWanted() {
            try (RedisBench bench = new RedisBench(redis.url() + "?ssl_cert_reqs=none")) {
                bench.publish("unverified", 1);

                assertThat(consume(bench.source("unverified"), 1)).containsExactly(0);
            }
        }

        @Test
        void aPlainConnectionToAServerWithTlsIsTold() {
            try (RedisBench bench = new RedisBench("redis://127.0.0.1:" + redis.port() + "?socket_timeout=0.5")) {
                assertThatThrownBy(() -> bench.source("topic").poll(1, Duration.ZERO))
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("127.0.0.1:" + redis.port());
            }
        }
    }

    @Test
    void aRedisWithoutTheCommandsThatAreNeededIsTold() {
        try (EmbeddedRedis redis = EmbeddedRedis.builder()
                        .config("rename-command", "XPENDING \"\"")
                        .start();
                RedisBench bench = new RedisBench(redis)) {
            assertThatThrownBy(() -> bench.source("topic").poll(1, Duration.ZERO))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("unknown command")
                    .hasMessageContaining("Redis 6.2 or newer is needed");
        }
    }
}
