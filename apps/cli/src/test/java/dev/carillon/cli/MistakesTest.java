package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.WithRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people mistype most: topics, groups, and the scheme of the URL. */
@WithRedis
class MistakesTest {

    private Topic topic;

    @BeforeEach
    void createTopicWithGroup(EmbeddedRedis redis) {
        topic = new Topic(redis);
        topic.addRecorded(Conformance.lines("vectors.jsonl").get(0));
        topic.carillon("consume-events", "-t", topic.name(), "-g", "badges", "--from", "earliest", "--max", "1")
                .run();
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    private Result run(String command, String ofTopic, String group) {
        String[] words = (command + " -t " + ofTopic + " -g " + group).split(" ");
        return topic.carillon(words).run();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dead-letters list",
                "dead-letters show --id 7c211433f02a",
                "dead-letters redrive --all",
                "dead-letters redrive --all --yes",
                "dead-letters discard --all --yes",
                "replay --from earliest",
                "replay --yes",
                "replay --dry-run",
                "reset-group --to earliest --yes",
                "groups",
                "doctor"
            })
    void anUnknownTopicOrGroupIsAnErrorWithTheNearestName(String command) {
        Result unknownTopic = run(command, topic.name() + "x", "badges");
        Result unknownGroup = run(command, topic.name(), "bagdes");

        assertThat(unknownTopic.exitCode()).as(unknownTopic.err()).isEqualTo(2);
        assertThat(unknownTopic.err()).contains("topic", topic.name() + "x", "Did you mean '" + topic.name() + "'?");
        assertThat(unknownGroup.exitCode()).as(unknownGroup.err()).isEqualTo(2);
        assertThat(unknownGroup.err()).contains("no group 'bagdes'", "Did you mean 'badges'?");
    }

    @Test
    void aReplayOfEverythingNeedsToBeConfirmed() {
        Result replay = run("replay", topic.name(), "badges");

        assertThat(replay.exitCode()).isEqualTo(2);
        assertThat(replay.err()).contains("nothing was replayed", "--yes");
    }

    @Test
    void tlsOnAPortWithoutItIsSaidWithinTheTimeout(EmbeddedRedis redis) {
        String url = redis.url().replace("redis://", "rediss://") + "?socket_timeout=1&socket_connect_timeout=1";

        Result groups = Cli.carillon("groups")
                .with("EVENT_BUS_REDIS_CONNECTION_URL", url)
                .run();

        assertThat(groups.exitCode()).isEqualTo(1);
        assertThat(groups.err()).contains("a port without TLS", "rediss://");
    }
}
