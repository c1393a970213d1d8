package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.WithRedis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class ResetGroupCommandTest {

    private Topic topic;
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void createTopic(EmbeddedRedis redis) {
        topic = new Topic(redis);
        JsonNode vector = Conformance.lines("vectors.jsonl").get(0);
        for (int i = 0; i < 5; i++) {
            ids.add(topic.addRecorded(vector));
        }
        assertThat(consume(2)).hasSize(2);
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    private List<JsonNode> consume(int events) {
        return topic.carillon(
                        "consume-events",
                        "-t",
                        topic.name(),
                        "-g",
                        "badges",
                        "--from",
                        "earliest",
                        "--max",
                        Integer.toString(events))
                .run()
                .json();
    }

    private Result reset(String to, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("reset-group", "-t", topic.name(), "-g", "badges", "--to", to));
        arguments.addAll(List.of(more));
        return topic.carillon(arguments.toArray(String[]::new)).run();
    }

    private int lag() {
        return topic.carillon("groups", "-t", topic.name(), "--json")
                .run()
                .json()
                .get(0)
                .get("lag")
                .asInt();
    }

    @Test
    void withoutYesItShowsThePlanAndMovesNothing() {
        Result result = reset("earliest");

        assertThat(result)
                .isEqualTo(new Result(
                        0,
                        "Group badges of topic " + topic.name() + " is at " + ids.get(1)
                                + " and would be moved to 0-0\n  2 events to be delivered again\n  0 events to be skipped\n"
                                + "Nothing was moved. Add --yes to move the group.\n",
                        ""));
        assertThat(lag()).isEqualTo(3);
    }

    @Test
    void withYesTheGroupIsMoved() {
        Result result = reset("earliest", "--yes");

        assertThat(result.out())
                .startsWith(
                        "Group badges of topic " + topic.name() + " was at " + ids.get(1) + " and was moved to 0-0\n")
                .doesNotContain("--yes");
        assertThat(lag()).isEqualTo(5);
        assertThat(consume(5)).hasSize(5);
    }

    @Test
    void earliestLatestAPositionAndATimeCanBeGiven() {
        assertThat(reset("latest", "--yes").out()).contains("3 events to be skipped");
        assertThat(lag()).isZero();
        assertThat(reset(ids.get(3), "--yes").out()).contains("1 event to be delivered again");
        assertThat(lag()).isEqualTo(1);
        assertThat(reset("2024-01-02T03:04:05Z", "--yes").exitCode()).isZero();
        assertThat(lag()).isEqualTo(5);
    }

    @Test
    void aGroupWithActiveConsumersIsMovedWithForceOnly() {
        topic.readBySilentMember("badges", 2);

        Result planned = reset("earliest");
        Result refused = reset("earliest", "--yes");
        int untouched = lag();
        Result forced = reset("earliest", "--yes", "--force");

        assertThat(planned.out())
                .contains("  2 pending events to be marked as acknowledged\n")
                .contains("  active consumers, which prevent the move: silent\n");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .startsWith("carillon: Cannot move group badges of topic " + topic.name()
                        + ": it has live members, silent");
        assertThat(untouched).isEqualTo(1);
        assertThat(forced.exitCode()).isZero();
        assertThat(lag()).isEqualTo(5);
    }

    @Test
    void anUnknownPositionOrGroupIsWrongUsage() {
        Result position = reset("seven", "--yes");
        Result timeOfDay = reset("12:00", "--yes");
        Result group = topic.carillon("reset-group", "-t", topic.name(), "-g", "bagdes", "--to", "latest", "--yes")
                .run();

        assertThat(position.exitCode()).isEqualTo(2);
        assertThat(position.err()).contains("seven", "earliest, latest");
        assertThat(timeOfDay.exitCode()).isEqualTo(2);
        assertThat(timeOfDay.err()).contains("or a time such as 2024-01-02T03:04:05+00:00, but is '12:00'");
        assertThat(reset("").exitCode()).isEqualTo(2);
        assertThat(group.exitCode()).isEqualTo(2);
        assertThat(group.err()).contains("has no group 'bagdes'. Did you mean 'badges'?");
        assertThat(lag()).isEqualTo(3);
    }
}
