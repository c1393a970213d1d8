package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.redis.RedisUrl.Timeouts;
import io.lettuce.core.SslVerifyMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        redis://redis.example.org:6380/3              | redis.example.org | 6380 | 3 | ''       | ''
        redis://redis.example.org                     | redis.example.org | 6379 | 0 | ''       | ''
        redis://redis.example.org:/                   | redis.example.org | 6379 | 0 | ''       | ''
        redis://                                      | localhost         | 6379 | 0 | ''       | ''
        redis:///5                                    | localhost         | 6379 | 5 | ''       | ''
        redis://host/2/                               | host              | 6379 | 2 | ''       | ''
        redis://host/2?db=4                           | host              | 6379 | 4 | ''       | ''
        redis://:@localhost:6379/0                    | localhost         | 6379 | 0 | ''       | ''
        redis://:secret@localhost                     | localhost         | 6379 | 0 | ''       | secret
        redis://lms:secret@localhost                  | localhost         | 6379 | 0 | lms      | secret
        redis://lms@localhost                         | localhost         | 6379 | 0 | lms      | ''
        redis://a%40b:p%2Fq%3A%25r+s%C3%A9@localhost  | localhost         | 6379 | 0 | a@b      | p/q:%r+sé
        redis://lms:100%@localhost                    | localhost         | 6379 | 0 | lms      | 100%
        redis://lms:a:b@c@localhost                   | localhost         | 6379 | 0 | lms      | a:b@c
        redis://[2001:db8::1]:6380/1                  | 2001:db8::1       | 6380 | 1 | ''       | ''
        redis://some_service:6379                     | some_service      | 6379 | 0 | ''       | ''
        """)
    void hostPortDatabaseUserAndPasswordAreRead(
            String text, String host, int port, int database, String user, String password) {
        RedisUrl url = read(text);

        assertThat(url)
                .isEqualTo(new RedisUrl(
                        host,
                        port,
                        database,
                        user,
                        password,
                        null,
                        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                        "carillon"));
    }

    @Test
    void timeoutsAndClientNameAreRead() {
        RedisUrl url = read("redis://host?socket_timeout=0.25&socket_connect_timeout=2&client_name=my+service");

        assertThat(url.timeouts()).isEqualTo(new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(250)));
        assertThat(url.clientName()).isEqualTo("my service");
    }

    @Test
    void optionsOfThePythonClientAloneAreIgnored() {
        assertThat(read("redis://host?decode_responses=True&max_connections=20&health_check_interval=30"))
                .isEqualTo(read("redis://host"));
    }

    @ParameterizedTest
    @CsvSource({
        "rediss://host,                                                       FULL",
        "rediss://host?ssl_cert_reqs=required,                                FULL",
        "rediss://host?ssl_cert_reqs=CERT_REQUIRED&ssl_check_hostname=True,   FULL",
        "rediss://host?ssl_check_hostname=false,                              CA",
        "rediss://host?ssl_cert_reqs=none,                                    NONE",
        "rediss://host?ssl_cert_reqs=CERT_NONE&ssl_check_hostname=no,         NONE"
    })
    void certificateVerificationIsRead(String text, SslVerifyMode expected) {
        assertThat(tls(text).verify()).isEqualTo(expected);
    }

    @Test
    void certificateFilesAreRead() throws Exception {
        Path authorities = Files.createFile(folder.resolve("ca.pem"));
        Path certificate = Files.createFile(folder.resolve("client.pem"));
        Path key = Files.createFile(folder.resolve("client.key"));

        RedisUrl.Tls tls = tls("rediss://host?ssl_ca_certs=" + authorities + "&ssl_certfile=" + certificate
                + "&ssl_keyfile=" + key + "&ssl_password=k%3Dy");

        assertThat(tls).isEqualTo(new RedisUrl.Tls(SslVerifyMode.FULL, authorities, certificate, key, "k=y"));
        assertThat(tls.toString()).doesNotContain("k=y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        localhost:6379                          | must be a URL such as redis://
        user:secret@localhost                   | must be a URL such as redis://
        http://localhost:6379                   | starts with http://
        unix:///run/redis.sock                  | Unix domain sockets need platform-specific
        redis://host:0                          | with a port from 1 to 65535
        redis://host:99999                      | with a port from 1 to 65535
        redis://host:port                       | host:port after the password
        redis://:secret/x@host                  | write %2F
        redis://:secret?x@host                  | write %2F
        redis://:secret#x@host                  | write %2F
        redis://host/first                      | as a number of 0 or more
        redis://host/-1                         | as a number of 0 or more
        redis://host?db=x                       | but has a different text
        redis://host?socket_timout=5            | Did you mean 'socket_timeout'?
        redis://host?socket_timeout=soon        | a number of seconds
        redis://host?socket_timeout=-1          | a number of seconds
        redis://host?ssl_cert_reqs=none         | must start with rediss:// to use ssl_cert_reqs
        rediss://host?ssl_cert_reqs=maybe       | none or required
        rediss://host?ssl_check_hostname=maybe  | true or false
        rediss://host?ssl_ca_certs=/no/such/pem | a readable PEM file
        rediss://host?ssl_certfile=/no/such/pem | ssl_certfile and ssl_keyfile together
        """)
    void invalidUrlsAreReported(String text, String expected) {
        assertThat(problems(text)).anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user:s3cret@localhost",
                "redis://user:s3cret@host:port",
                "redis://user:/s3cret@host",
                "redis://user:1/s3cret@host",
                "redis://user:1?s3cret=1@host",
                "redis://user:1#s3cret@host",
                "http://user:s3cret@host",
                "redis://host?s3cret",
                "redis://host?s3cret==",
                "redis://host?ssl_password:s3cret",
                "redis://host?db=s3cret",
                "redis://host/s3cret",
                "redis://host?socket_timeout=s3cret",
                "rediss://host?ssl_check_hostname=s3cret&ssl_cert_reqs=s3cret"
            })
    void noProblemShowsThePassword(String text) {
        assertThat(problems(text))
                .isNotEmpty()
                .noneSatisfy(problem -> assertThat(problem).contains("s3cret"));
    }

    @Test
    void toStringShowsEverythingButThePassword() {
        assertThat(read("rediss://lms:s3cret@host:6380/2")).hasToString("rediss://lms@host:6380/2");
        assertThat(read("redis://s3cret@host")).hasToString("redis://***@host:6379/0");
        assertThat(read("redis://[::1]").address()).isEqualTo("[::1]:6379");
    }

    private static RedisUrl.Tls tls(String text) {
        return Objects.requireNonNull(read(text).tls());
    }

    private static RedisUrl read(String text) {
        List<String> problems = new ArrayList<>();
        RedisUrl url = RedisUrlParser.parse(text, problems::add);
        assertThat(problems).isEmpty();
        return Objects.requireNonNull(url);
    }

    private static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        RedisUrlParser.parse(text, problems::add);
        return problems;
    }
}
