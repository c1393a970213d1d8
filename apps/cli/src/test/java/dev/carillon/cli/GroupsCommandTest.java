package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.WithRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class GroupsCommandTest {

    private Topic topic;

    @BeforeEach
    void createTopic(EmbeddedRedis redis) {
        topic = new Topic(redis);
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    private void fill(int events) {
        JsonNode vector = Conformance.lines("vectors.jsonl").get(0);
        for (int i = 0; i < events; i++) {
            topic.addRecorded(vector);
        }
    }

    private void consume(String group, int events) {
        assertThat(topic.carillon(
                                "consume-events",
                                "-t",
                                topic.name(),
                                "-g",
                                group,
                                "--from",
                                "earliest",
                                "--max",
                                Integer.toString(events))
                        .run()
                        .lines())
                .hasSize(events);
    }

    private Result groups(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "groups";
        arguments[1] = "-t";
        arguments[2] = topic.name();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return topic.carillon(arguments).run();
    }

    @Test
    void theTableShowsLagAndAgeOfEachGroup() {
        fill(5);
        consume("badges", 2);
        consume("audit", 5);
        topic.addMalformedDeadLetter("badges");
        topic.addMalformedDeadLetter("badges");

        Result result = groups();

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        String name = topic.name();
        String space = " ".repeat(name.length() - "TOPIC".length());
        assertThat(result.lines().get(0))
                .isEqualTo("TOPIC" + space + "  GROUP   CONSUMERS  LAG  OLDEST (S)  PENDING  DEAD LETTERS");
        assertThat(result.lines().get(1))
                .isEqualTo(name + "  audit           0    0           -        0             0");
        assertThat(result.lines().get(2)).matches(name + "  badges          0    3 +\\d+        0             2");
        assertThat(result.lines()).hasSize(3);
    }

    @Test
    void groupsAreAvailableAsJson() {
        fill(5);
        consume("badges", 2);
        topic.readBySilentMember("badges", 2);
        String second = topic.entries().get(3).getId();

        JsonNode line = groups("--json").json().get(0);

        assertThat(line.get("oldest_seconds").isIntegralNumber()).isTrue();
        assertThat(line)
                .isEqualTo(Conformance.parse("{\"topic\": \"" + topic.name()
                        + "\", \"events\": 5, \"group\": \"badges\", \"consumers\": [\"silent\"], \"lag\": 1,"
                        + " \"oldest_seconds\": " + line.get("oldest_seconds")
                        + ", \"pending\": 2, \"dead_letters\": 0,"
                        + " \"position\": \"" + second + "\"}"));
    }

    @Test
    void oneGroupCanBeSelected() {
        fill(1);
        consume("badges", 1);
        consume("audit", 1);

        assertThat(groups("-g", "audit", "--json").json())
                .extracting(line -> line.get("group").asText())
                .containsExactly("audit");
    }

    @Test
    void aTopicWithoutGroupsIsShownToo() {
        fill(2);

        assertThat(groups().lines().get(1)).matches(topic.name() + "( +-){6}");
        assertThat(groups("--json").json())
                .containsExactly(
                        Conformance.parse("{\"topic\": \"" + topic.name() + "\", \"events\": 2, \"group\": null}"));
    }

    @Test
    void withoutTopicsAllTopicsOfThePrefixAreShownExceptThoseForDeadLetters() {
        fill(1);
        consume("badges", 1);
        topic.addMalformedDeadLetter("badges");
        topic.add(Map.of("field", "value"));

        Result result = topic.carillon("groups", "--json")
                .with("EVENT_BUS_TOPIC_PREFIX", "test")
                .run();
        Result elsewhere = topic.carillon("groups", "--json")
                .with("EVENT_BUS_TOPIC_PREFIX", "nowhere")
                .run();

        String name = topic.name().substring("test-".length());
        assertThat(result.json())
                .filteredOn(line -> line.get("topic").asText().startsWith(name))
                .hasSize(1)
                .first()
                .satisfies(line -> assertThat(line.get("dead_letters").asInt()).isEqualTo(1))
                .satisfies(line -> assertThat(line.get("lag").asInt()).isEqualTo(1));
        assertThat(elsewhere.out()).isEmpty();
        assertThat(elsewhere.err()).isEqualTo("carillon: there are no topics yet\n");
    }

    @Test
    void anUnknownNameIsWrongUsageAndSuggestsTheNearestName() {
        fill(1);
        consume("badges", 1);
        String name = topic.name();

        Result wrongTopic = topic.carillon("groups", "-t", name + "x").run();
        Result wrongGroup = groups("-g", "bagdes");

        assertThat(wrongTopic.exitCode()).isEqualTo(2);
        assertThat(wrongTopic.err())
                .startsWith("carillon: There is no topic '" + name + "x'. Did you mean '" + name + "'");
        assertThat(wrongGroup.exitCode()).isEqualTo(2);
        assertThat(wrongGroup.err())
                .isEqualTo("carillon: There is no group 'bagdes' in topic " + name + ". Did you mean 'badges'?\n");
    }

    @Test
    void anUnavailableBrokerIsAFailure() {
        Result result = topic.carillon("groups")
                .with("EVENT_BUS_REDIS_CONNECTION_URL", "redis://127.0.0.1:1/0")
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("127.0.0.1:1");
    }
}
