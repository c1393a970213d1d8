package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.consume;
import static dev.carillon.bus.redis.RedisFixture.message;
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

/** Users, passwords, permissions, TLS, and missing commands. */
class RedisAccessTest {

    private static final String PASSWORD = "s3cr@t/with:special?characters#and%signs é";

    /** The commands that a consumer needs according to the documentation. */
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
        void aPasswordWithSpecialCharactersIsAccepted() {
            try (RedisFixture fixture = new RedisFixture(redis.url())) {
                fixture.publish("with-password", 2);

                assertThat(consume(fixture.source("with-password"), 2)).containsExactly(0, 1);
            }
        }

        @Test
        void aUserWithOnlyTheRequiredPermissionsPublishesAndConsumes() {
            try (RedisFixture fixture = new RedisFixture(redis.urlFor("credentials"));
                    RedisFixture root = new RedisFixture(redis.url())) {
                fixture.publish("dev-topic", 2);
                MessageSource source = fixture.source("dev-topic");

                assertThat(consume(source, 2)).containsExactly(0, 1);

                source.close();
                assertThat(root.client().xinfoConsumers("dev-topic", "group")).isEmpty();
            }
        }

        @Test
        void aMissingPermissionToPublishIsNamed() {
            try (RedisFixture fixture = new RedisFixture(redis.urlFor("reader"))) {
                assertRefused(() -> fixture.sink().send(message("dev-topic", 1)).get(), "NOPERM", "xadd");
            }
        }

        @Test
        void aMissingPermissionForATopicIsNamed() {
            try (RedisFixture fixture = new RedisFixture(redis.urlFor("reader"))) {
                assertRefused(
                        () -> fixture.source("prod-topic").poll(1, Duration.ZERO),
                        "NOPERM",
                        "prod-topic",
                        "xreadgroup");
            }
        }

        @Test
        void aMissingPermissionForTheLeaseIsNamed() {
            try (RedisFixture fixture = new RedisFixture(redis.urlFor("unleased"))) {
                assertRefused(
                        () -> fixture.source("dev-topic").poll(1, Duration.ZERO),
                        "acquire the lease of topic dev-topic for group group",
                        "eval, get, set, hget, hset and hgetall",
                        "<topic>:<group>:lease");
            }
        }

        @Test
        void aWrongPasswordFailsAtOnce() {
            String url = "redis://credentials:wr0ng@127.0.0.1:" + redis.port() + "/0?socket_timeout=600";
            try (RedisFixture fixture = new RedisFixture(url)) {
                assertRefused(
                        () -> fixture.source("dev-topic").poll(1, Duration.ZERO),
                        "WRONGPASS",
                        RedisTransportProvider.URL);
                assertRefused(
                        () -> fixture.sink().send(message("dev-topic", 1)).get(),
                        "WRONGPASS",
                        "publish to topic dev-topic",
                        RedisTransportProvider.URL);
            }
        }

        @Test
        void aMissingPasswordIsReported() {
            try (RedisFixture fixture = new RedisFixture("redis://127.0.0.1:" + redis.port())) {
                assertRefused(
                        () -> fixture.source("dev-topic").poll(1, Duration.ZERO), "NOAUTH", RedisTransportProvider.URL);
            }
        }

        @Test
        void aDatabaseThatDoesNotExistIsReported() {
            String url = redis.url().replaceAll("/0$", "/99");
            try (RedisFixture fixture = new RedisFixture(url)) {
                assertRefused(() -> fixture.source("dev-topic").poll(1, Duration.ZERO), "DB index is out of range");
            }
        }

        private void assertRefused(ThrowingCallable call, String... parts) {
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
        void aConfiguredAuthorityIsTrusted() {
            try (RedisFixture fixture = new RedisFixture(redis.url() + "?ssl_ca_certs=" + redis.caCertificate())) {
                fixture.publish("trusted", 300);

                assertThat(consume(fixture.source("trusted"), 300)).hasSize(300);
            }
        }

        @Test
        void anUnknownAuthorityIsReported() {
            try (RedisFixture fixture = new RedisFixture(redis.url() + "?socket_timeout=600")) {
                assertThatThrownBy(() -> fixture.source("topic").poll(1, Duration.ZERO))
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("TLS connection failed")
                        .hasMessageContaining("ssl_ca_certs");
                assertThatThrownBy(
                                () -> fixture.sink().send(message("topic", 1)).get())
                        .cause()
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("TLS connection failed");
            }
        }

        @Test
        void verificationCanBeDisabled() {
            try (RedisFixture fixture = new RedisFixture(redis.url() + "?ssl_cert_reqs=none")) {
                fixture.publish("unverified", 1);

                assertThat(consume(fixture.source("unverified"), 1)).containsExactly(0);
            }
        }

        @Test
        void aPlainConnectionToATlsServerIsReported() {
            try (RedisFixture fixture = new RedisFixture("redis://127.0.0.1:" + redis.port() + "?socket_timeout=0.5")) {
                assertThatThrownBy(() -> fixture.source("topic").poll(1, Duration.ZERO))
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("127.0.0.1:" + redis.port());
            }
        }
    }

    @Test
    void aRedisWithoutARequiredCommandIsReported() {
        try (EmbeddedRedis redis = EmbeddedRedis.builder()
                        .config("rename-command", "XPENDING \"\"")
                        .start();
                RedisFixture fixture = new RedisFixture(redis)) {
            assertThatThrownBy(() -> fixture.source("topic").poll(1, Duration.ZERO))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("unknown command")
                    .hasMessageContaining("Redis 6.2 or newer is required");
        }
    }
}
