package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.cli.Cli.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Control characters in names, and secrets in settings, do not reach the output. */
class HostileNamesTest {

    private static final String HOSTILE = "x\u001b[2J\u009b31m\u202e\r\nforged: ok";

    @Test
    void aNameInAnErrorIsEscapedAndLimitedInLength() {
        for (List<String> arguments : List.of(
                List.of("events", "show", HOSTILE),
                List.of("events", "show", "y".repeat(100_000)),
                List.of("key", HOSTILE),
                List.of(HOSTILE))) {
            Result result = Cli.carillon(arguments.toArray(String[]::new)).run();

            assertThat(result.exitCode()).isNotZero();
            assertThat(result.err())
                    .doesNotContain("\u001b", "\u009b", "\u202e", "\nforged")
                    .hasSizeLessThan(5_000);
        }
    }

    @Test
    void aCellOfATableIsEscapedAndLimitedInLength() {
        java.io.ByteArrayOutputStream written = new java.io.ByteArrayOutputStream();
        Console console =
                new Console(java.io.InputStream.nullInputStream(), written, written, java.util.Map.of(), false);
        console.table(new Table().row("TOPIC").row(HOSTILE).row("z".repeat(100_000)));
        console.flush();

        assertThat(written.toString(java.nio.charset.StandardCharsets.UTF_8))
                .contains("x\\u001b[2J\\u009b31m\\u202e\\u000d\\u000aforged: ok", "… (100000 characters)")
                .hasSizeLessThan(2_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EVENT_BUS_REDIS_CONNECTION_URL          | lms:s3cret@localhost:6379
            EVENT_BUS_REDIS_CONNECTION_URL          | redis://localhost:6379/0?pasword=s3cret
            EVENT_BUS_REDIS_CONNECTION_URL          | redis://localhost:6379/0?s3cret
            EVENT_BUS_REDIS_CONNECTION_URL          | redis://localhost:s3cret
            EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS       | lms:s3cret@localhost:9092
            EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS       | SASL_SSL://lms:s3cret@localhost:9092,localhost:9093
            EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL     | lms:s3cret@localhost:8081
            EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL     | http://localhost:8081?basic.auth.user.info=lms:s3cret
            EVENT_BUS_KAFKA_CLIENT_CONFIG           | {"security.protocol": "lms:s3cret@localhost"}
            EVENT_BUS_KAFKA_API_SCERET              | s3cret
            EVENT_BUS_TOPIC_PREFIX                  | password=s3cret
            """)
    void noCommandShowsASecretOfTheSettings(String name, String value) {
        for (String[] arguments : new String[][] {{"doctor"}, {"-v", "groups"}}) {
            Cli command = Cli.carillon(arguments);
            if (name.startsWith("EVENT_BUS_KAFKA")) {
                command.with("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", "local host")
                        .with("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", "http://localhost:1");
            } else {
                command.with("EVENT_BUS_REDIS_CONNECTION_URL", "redis://localhost:0");
            }
            Result result = command.with(name, value).run();

            assertThat(result.out() + result.err()).isNotBlank().doesNotContain("s3cret");
        }
    }
}
