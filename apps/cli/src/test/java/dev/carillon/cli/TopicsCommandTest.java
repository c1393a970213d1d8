package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.WithRedis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code carillon topics} shows what is there. */
@WithRedis
class TopicsCommandTest {

    private static final JsonNode VECTOR = Conformance.lines("vectors.jsonl").get(0);
    private static final String TYPE = VECTOR.at("/metadata/event_type").asText();

    private Topic topic;

    @BeforeEach
    void createTopic(EmbeddedRedis redis) {
        topic = new Topic(redis);
        topic.addRecorded(VECTOR);
        topic.addRecorded(VECTOR);
        topic.add(Map.of("not", "an event"));
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    @Test
    void aTopicIsShownWithItsSizeItsGroupsAndItsEventTypes() {
        topic.carillon("consume-events", "-t", topic.name(), "-g", "badges", "--from", "earliest", "--max", "1")
                .run();

        Result result = topic.carillon("topics").run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines().get(0)).matches("TOPIC +EVENTS +GROUPS +EVENT TYPES");
        assertThat(result.lines())
                .anyMatch(line -> line.matches(
                        topic.name() + " +3 +badges +\\? \\(1\\), " + TYPE.replace(".", "\\.") + " \\(2\\)"));
    }

    @Test
    void headingsOfTextStartWhereTheTextStarts() {
        List<String> lines = topic.carillon("topics", "--sample", "0").run().lines();

        String row = lines.stream()
                .filter(line -> line.startsWith(topic.name()))
                .findFirst()
                .orElseThrow();
        assertThat(row).endsWith("-");
        assertThat(row.length() - 1).isEqualTo(lines.get(0).indexOf("EVENT TYPES"));
    }

    @Test
    void theSampleLimitsWhatIsReadAndJsonHasTheSame() {
        JsonNode line = json("--sample", "1");

        assertThat(line.get("events").asInt()).isEqualTo(3);
        assertThat(line.get("groups")).isEmpty();
        assertThat(line.get("event_types").toString()).isEqualTo("{\"" + TYPE + "\":1}");
        assertThat(json("--sample", "0").get("event_types")).isEmpty();
        assertThat(topic.carillon("topics", "--sample", "-1").run().exitCode()).isEqualTo(2);
    }

    private JsonNode json(String... more) {
        return topic.carillon("topics", "--json", more[0], more[1]).run().json().stream()
                .filter(each -> each.get("topic").asText().equals(topic.name()))
                .findFirst()
                .orElseThrow();
    }
}
