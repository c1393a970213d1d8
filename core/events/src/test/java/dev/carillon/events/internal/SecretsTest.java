package dev.carillon.events.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be a password is shown nowhere, wherever in a setting somebody put it. */
class SecretsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        redis://user:opensesame@host:6379/0         | redis://user:***@host:6379/0
        redis://:opensesame@host                    | redis://***@host
        redis://opensesame@host                     | redis://***@host
        redis://user:open@sesame@host               | redis://user:***@host
        redis://user:open/sesame@host               | redis://user:***@host
        redis://user:open?sesame@host               | redis://user:***@host
        redis://us/opensesame:opensesame@host       | redis://***@host
        redis://user:opensesame                     | redis://user:***
        redis://host:6379/0                         | redis://host:6379/0
        redis://[::1]:6379/0                        | redis://[::1]:6379/0
        rediss://host?pasword=opensesame&db=1       | rediss://host?***
        user:opensesame@host:6379                   | ***@host:6379
        :opensesame@host                            | ***@host
        host-1:9092,host-2:9092                     | host-1:9092,host-2:9092
        host-1:9092,user:opensesame@host-2:9092     | ***@host-2:9092
        http://a:opensesame@h1:8081,http://b:opensesame@h2:8081 | http://a:***@h2:8081
        """)
    void ofAnAddressTheHostIsShown(String url, String shown) {
        assertThat(Secrets.shown("EVENT_BUS_REDIS_CONNECTION_URL", url)).isEqualTo("'" + shown + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:opensesame@host",
                "user:opensesame@host:6379",
                "host:6379,password=opensesame,ssl=true",
                "host?pasword=opensesame",
                "{\"sasl.password\": \"opensesame\"}",
                "username=\"ada\" password=\"opensesame\"",
                "api_token = opensesame"
            })
    void aSecretInAnyOtherSettingIsMasked(String value) {
        assertThat(Secrets.shown("EVENT_BUS_TOPIC_PREFIX", value))
                .doesNotContain("opensesame")
                .contains("***");
        assertThat(Secrets.inMessage("Invalid value " + value + " for configuration x"))
                .startsWith("Invalid value ")
                .doesNotContain("opensesame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_PASS", "REDIS_PASSWD", "kafka.pwd", "ACCESS_TOKEN", "API_KEY", "sasl.jaas.config"})
    void aSecretIsKnownByItsName(String name) {
        assertThat(Secrets.shown(name, "opensesame")).isEqualTo("***");
        assertThat(Secrets.summary(name, Map.of("opensesame", 1))).isEqualTo("***");
    }

    @Test
    void ofASettingThatNobodyKnowsTheValueIsNotShown() {
        assertThat(Secrets.summary("EVENT_BUS_KAFKA_API_SECRTE", "opensesame")).doesNotContain("opensesame");
        assertThat(Secrets.summary("EVENT_BUS_KAFKA_API_SCERET", 12345678)).doesNotContain("12345678");
        assertThat(Secrets.summary("EVENT_BUS_TOPIC_PREFIX", "prod")).isEqualTo("'prod'");
    }

    @Test
    void ofMapsThereAreTheNamesWithoutSecretsAndNotAllOfThem() {
        assertThat(Secrets.summary("EVENT_BUS_X_CONFIG", Map.of("user:opensesame@host", 1)))
                .isEqualTo("a map of ***@host");
        assertThat(Secrets.shown("extra", Map.of("a", "opensesame"))).isEqualTo("a map");
        assertThat(Secrets.shown("extra", List.of("opensesame"))).isEqualTo("a list");
    }

    @Test
    void aValueCannotForgeALineOrColourATerminal() {
        assertThat(Secrets.shown("SERVICE_VARIANT", "lms\n\u001b[31mok")).isEqualTo("'lms\\u000a\\u001b[31mok'");
    }
}
