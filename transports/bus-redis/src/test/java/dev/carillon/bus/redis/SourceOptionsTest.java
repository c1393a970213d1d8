package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SourceOptionsTest {

    static List<Arguments> starts() {
        return List.of(
                Arguments.of(StartAt.latest(), "$"),
                Arguments.of(StartAt.earliest(), "0-0"),
                Arguments.of(StartAt.after("1700000000000-3"), "1700000000000-3"),
                Arguments.of(StartAt.after("1700000000000"), "1700000000000-0"),
                Arguments.of(
                        StartAt.time(Instant.ofEpochMilli(1_700_000_000_000L)), "1699999999999-18446744073709551615"),
                Arguments.of(StartAt.time(Instant.EPOCH), "0-0"),
                Arguments.of(StartAt.time(Instant.parse("1960-01-01T00:00:00Z")), "0-0"));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void aStartIsTheIdAfterWhichANewGroupStarts(StartAt start, String id) {
        assertThat(of(null, start, Map.of()).start()).isEqualTo(id);
    }

    @Test
    void theExtraOptionsOfThePythonConsumerAreRead() {
        SourceOptions options = of(
                null,
                StartAt.latest(),
                Map.of(
                        "consumer_name",
                        "worker",
                        "check_backlog",
                        true,
                        "last_read_msg_id",
                        "1700000000000-3",
                        "claim_msgs_older_than",
                        5_000,
                        "sharing",
                        true,
                        "lease_seconds",
                        20));

        assertThat(options)
                .isEqualTo(new SourceOptions(
                        "worker",
                        false,
                        "1700000000000-3",
                        "last_read_msg_id 1700000000000-3",
                        true,
                        Duration.ofSeconds(5),
                        true,
                        Duration.ofSeconds(20)));
    }

    @Test
    void aNameInTheSpecificationTakesPrecedence() {
        assertThat(of("given", StartAt.latest(), Map.of("consumer_name", "extra"))
                        .consumer())
                .isEqualTo("given");
    }

    @Test
    void withoutANameEachConsumerGetsAUniqueOne() {
        SourceOptions one = of(null, StartAt.latest(), Map.of());
        SourceOptions other = of(null, StartAt.latest(), Map.of());

        assertThat(one.generated()).isTrue();
        assertThat(one.consumer())
                .startsWith("carillon-")
                .contains(Long.toString(ProcessHandle.current().pid()))
                .isNotEqualTo(other.consumer());
    }

    @Test
    void checkBacklogSelectsTheStart() {
        assertThat(of(null, StartAt.latest(), Map.of("check_backlog", false)).start())
                .isEqualTo("$");
        assertThat(of(null, StartAt.latest(), Map.of("check_backlog", true)).start())
                .isEqualTo("0-0");
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of("claim_mesgs_older_than", 5, List.of("'5'", "Did you mean 'claim_msgs_older_than'?")),
                Arguments.of("colour", "blue", List.of("'colour'", "'blue'", "check_backlog, claim_msgs_older_than")),
                Arguments.of("consumer_name", " ", List.of("consumer_name", "non-empty text")),
                Arguments.of("consumer_name", 7, List.of("consumer_name", "'7'", "Integer")),
                Arguments.of("check_backlog", "yes", List.of("check_backlog", "true or false", "'yes'")),
                Arguments.of("last_read_msg_id", "latest", List.of("last_read_msg_id", "1700000000000-0", "'latest'")),
                Arguments.of(
                        "claim_msgs_older_than", "5000", List.of("claim_msgs_older_than", "whole number", "'5000'")),
                Arguments.of("claim_msgs_older_than", 0.5, List.of("claim_msgs_older_than", "100 or more", "'0.5'")),
                Arguments.of("sharing", 1, List.of("sharing", "true or false", "'1'")),
                Arguments.of("lease_seconds", 0, List.of("lease_seconds", "from 1 to 600", "'0'")),
                Arguments.of("claim_msgs_older_than", 99L, List.of("claim_msgs_older_than", "100 or more", "'99'")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void anInvalidExtraOptionIsNamed(String name, Object value, List<String> expected) {
        assertThatThrownBy(() -> of(null, StartAt.latest(), Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(expected.toArray(String[]::new));
    }

    @Test
    void aPositionThatIsNotAnEntryIdIsNamed() {
        assertThatThrownBy(() -> of(null, StartAt.after("somewhere"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'somewhere'")
                .hasMessageContaining("1700000000000-0");
    }

    private static SourceOptions of(@Nullable String name, StartAt start, Map<String, Object> extra) {
        return SourceOptions.of(new SourceSpec(List.of("topic"), "group", name, start, extra));
    }
}
