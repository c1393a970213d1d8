package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.WithRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code dead-letters} and {@code replay}, with a consumer whose receiver fails on some events. */
@WithRedis
class DeadLettersCommandTest {

    private Topic topic;
    private EventBus bus;
    private EventConsumer consumer;
    private Thread thread;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private List<JsonNode> sent;

    @BeforeEach
    void startConsumerThatFailsOnTwoOfFourEvents(EmbeddedRedis redis) {
        topic = new Topic(redis);
        Stream<JsonNode> vectors = Conformance.lines("vectors.jsonl").stream();
        sent = vectors.filter(vector -> vector.has("redis")).limit(4).toList();
        sent.forEach(topic::addRecorded);
        Events events = Events.create("audit");
        events.signals().forEach(signal -> events.connect(signal, this::handle, ReceiverOptions.id("auditor")));
        failing.addAll(List.of(id(1), id(3)));
        bus = EventBus.open(Settings.of(Map.of("EVENT_BUS_REDIS_CONNECTION_URL", redis.url())), events);
        consumer = bus.consumer(
                List.of(topic.name()),
                "audit",
                ConsumerOptions.defaults().withStartAt(StartAt.earliest()).withRetries(RetryPolicy.none()));
        thread = new Thread(consumer::run, "audit");
        thread.start();
        await(4);
    }

    private void handle(Event<?> event) {
        String id = event.metadata().id().toString();
        if (failing.contains(id)) {
            throw new IllegalStateException("no database");
        }
        handled.add(id);
    }

    private String id(int index) {
        return new String(
                HexFormat.of().parseHex(sent.get(index).get("redis").get("id").asText()), StandardCharsets.UTF_8);
    }

    private void await(int acknowledged) {
        Awaitility.await().until(() -> consumer.counts().acknowledged() == acknowledged);
    }

    @AfterEach
    void closeAll() throws InterruptedException {
        bus.close();
        thread.join();
        topic.close();
    }

    private Result deadLetters(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("dead-letters", command, "-t", topic.name(), "-g", "audit"));
        arguments.addAll(List.of(more));
        return topic.carillon(arguments.toArray(String[]::new)).run();
    }

    private Result replay(String... more) {
        List<String> arguments = new ArrayList<>(List.of("replay", "-t", topic.name(), "-g", "audit"));
        arguments.addAll(List.of(more));
        return topic.carillon(arguments.toArray(String[]::new)).run();
    }

    private List<JsonNode> listed(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--json");
        return deadLetters("list", arguments.toArray(String[]::new)).json();
    }

    @Test
    void deadLettersAreCountedAndListed() {
        Result list = deadLetters("list");

        assertThat(list.exitCode()).isZero();
        assertThat(list.lines().get(0)).isEqualTo("2 dead letters of group audit of topic " + topic.name());
        assertThat(list.out()).contains("IllegalStateException", "waiting", "ATTEMPTS");
        assertThat(listed())
                .extracting(deadLetter -> deadLetter.get("event_id").asText())
                .containsExactly(id(1), id(3));
        assertThat(listed().get(0).get("message").asText()).isEqualTo("no database");
        assertThat(listed().get(0).get("receivers").get(0).asText()).isEqualTo("auditor");
        assertThat(listed().get(0).get("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void deadLettersAreSelectedByIdTypeCauseAndTime() {
        String first = listed().get(0).get("id").asText();
        String type = listed().get(0).get("event_type").asText();

        assertThat(listed("--id", first)).hasSize(1);
        assertThat(listed("--id", first.substring(0, 12))).hasSize(1);
        assertThat(deadLetters("list", "--id", first.substring(0, 3)).exitCode())
                .isEqualTo(2);
        assertThat(listed("--id", id(3))).hasSize(1);
        assertThat(listed("--type", type)).isNotEmpty();
        assertThat(listed("--type", "another")).isEmpty();
        assertThat(listed("--cause", "NO DATABASE")).hasSize(2);
        assertThat(listed("--cause", "undecodable")).isEmpty();
        assertThat(listed("--from", "2020-01-01T00:00:00Z")).hasSize(2);
        assertThat(listed("--until", "2020-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void showPrintsTheDataWithoutPersonalData() {
        JsonNode shown = deadLetters("show", "--id", id(1)).json().get(0);
        JsonNode whole = deadLetters("show", "--id", id(1), "--show-pii").json().get(0);

        assertThat(shown.get("headers").get("id").asText()).isEqualTo(id(1));
        assertThat(shown.has("data")).isTrue();
        assertThat(shown.has("value")).isFalse();
        assertThat(whole.get("data")).isEqualTo(sent.get(1).get("data"));
        assertThat(Base64.getDecoder().decode(whole.get("value").asText()))
                .isEqualTo(HexFormat.of()
                        .parseHex(sent.get(1).get("redis").get("event_data").asText()));
    }

    @Test
    void nothingChangesWithoutYes() {
        Result redrive = deadLetters("redrive", "--all");
        Result discard = deadLetters("discard", "--cause", "no database");
        Result one = deadLetters("redrive", "--id", id(3));

        assertThat(redrive.out())
                .startsWith("2 dead letters of group audit")
                .endsWith("Nothing was redriven. Add --yes to redrive them.\n");
        assertThat(discard.out()).endsWith("Nothing was discarded. Add --yes to discard them.\n");
        assertThat(one.out()).endsWith("Nothing was redriven. Add --yes to redrive it.\n");
        assertThat(listed())
                .hasSize(2)
                .allMatch(deadLetter -> deadLetter.get("redriven_at").isNull());
    }

    @Test
    void redrivenDeadLettersAreRemovedWhenTheyAreHandled() {
        failing.clear();

        Result redrive = deadLetters("redrive", "--id", id(3), "--yes");

        assertThat(redrive.out()).endsWith("It was redriven\n");
        Awaitility.await().until(() -> listed().size() == 1);
        assertThat(handled).containsExactlyInAnyOrder(id(0), id(2), id(3));
        assertThat(listed().get(0).get("event_id").asText()).isEqualTo(id(1));
    }

    @Test
    void discardedDeadLettersAreRemoved() {
        assertThat(deadLetters("discard", "--id", id(1), "--yes").exitCode()).isZero();

        assertThat(listed())
                .extracting(deadLetter -> deadLetter.get("event_id").asText())
                .containsExactly(id(3));
    }

    @Test
    void malformedEntriesAreListedSkippedAndDiscardedByPlace() {
        topic.addMalformedDeadLetter("audit");
        failing.clear();

        Result list = deadLetters("list");
        JsonNode malformed = listed().get(2);
        String place = malformed.get("place").asText();

        assertThat(list.out())
                .startsWith("2 dead letters of group audit")
                .contains("1 entry is malformed", place + ": the entry has no field 'event_data'");
        assertThat(malformed.get("malformed").asText()).isEqualTo("the entry has no field 'event_data'");
        assertThat(deadLetters("redrive", "--all", "--yes").out()).contains("Malformed entries are skipped");
        Awaitility.await().until(() -> listed().size() == 1);
        assertThat(deadLetters("discard", "--all", "--yes").out()).contains("Malformed entries are skipped");
        assertThat(listed()).hasSize(1);

        assertThat(deadLetters("discard", "--id", place, "--yes").exitCode()).isZero();

        assertThat(listed()).isEmpty();
    }

    @Test
    void redriveAndDiscardNeedASelection() {
        Result bare = deadLetters("redrive", "--yes");
        Result both = deadLetters("discard", "--all", "--id", id(1), "--yes");
        Result unknown = deadLetters("redrive", "--id", "unknown", "--yes");

        assertThat(bare.exitCode()).isEqualTo(2);
        assertThat(bare.err()).contains("--id, --type, --key, --cause, --from, --until, or --all");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("'unknown'", "group audit");
        assertThat(listed()).hasSize(2);
    }

    @Test
    void blankConditionsAreRefused() {
        for (String option : List.of("--id", "--type", "--key", "--cause", "--from", "--until")) {
            for (String command : List.of("discard", "redrive")) {
                Result blank = deadLetters(command, option, "", "--yes");

                assertThat(blank.exitCode()).isEqualTo(2);
                assertThat(blank.err()).contains("'" + option + "'").contains("but is ''");
                assertThat(deadLetters(command, option, " ", "--yes").exitCode())
                        .isEqualTo(2);
            }
        }
        for (String option : List.of("--id", "--type", "--key")) {
            Result blank = replay(option, "");

            assertThat(blank.exitCode()).isEqualTo(2);
            assertThat(blank.err()).contains("'" + option + "'").contains("must not be blank");
        }
        assertThat(replay("--group-id", "").exitCode()).isEqualTo(2);
        assertThat(listed())
                .hasSize(2)
                .allMatch(deadLetter -> deadLetter.get("redriven_at").isNull());
    }

    @Test
    void withoutAMatchNothingChanges() {
        Result redrive = deadLetters("redrive", "--cause", "no such cause", "--yes");
        assertThat(redrive)
                .isEqualTo(new Result(
                        0,
                        "0 dead letters of group audit of topic " + topic.name() + " match; nothing was redriven\n",
                        ""));
    }

    @Test
    void aMistypedGroupOrTopicIsWrongUsage() {
        for (String command : List.of("list", "redrive", "discard")) {
            List<String> all = command.equals("list") ? List.of() : List.of("--all");
            Result group = carillon(all, "dead-letters", command, "-t", topic.name(), "-g", "audti");
            Result elsewhere = carillon(all, "dead-letters", command, "-t", topic.name() + "s", "-g", "audit");

            assertThat(group)
                    .isEqualTo(new Result(
                            2,
                            "",
                            "carillon: Topic " + topic.name() + " has no group 'audti'. Did you mean 'audit'?\n"));
            assertThat(elsewhere.exitCode()).isEqualTo(2);
            assertThat(elsewhere.err())
                    .contains("There is no topic '" + topic.name() + "s'. Did you mean '" + topic.name() + "'");
        }
    }

    private Result carillon(List<String> more, String... arguments) {
        return topic.carillon(Stream.concat(Stream.of(arguments), more.stream()).toArray(String[]::new))
                .run();
    }

    @Test
    void aReplayToAnUnknownGroupIsWrongUsage() {
        Result result =
                topic.carillon("replay", "-t", topic.name(), "-g", "audti").run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("carillon: Topic " + topic.name() + " has no group 'audti'. Did you mean 'audit'?\n");
    }

    @Test
    void aReplayByKeyNeedsAKeyFieldWhereMessagesHaveNoKey() {
        String type = sent.get(0).get("event_type").asText();

        Result unknown = replay("--key", "ada", "--type", type, "--dry-run");

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("Keys of topic " + topic.name() + " are unknown", "the key field is not set for " + type)
                .contains("event_key_field in EVENT_BUS_PRODUCER_CONFIG", "--key-field EVENT_TYPE=PATH");
    }

    @Test
    void aReplayIsCountedWithDryRunAndThenDelivered() {
        failing.clear();
        String type = Objects.requireNonNull(sent.get(0)).get("event_type").asText();
        long ofType = sent.stream()
                .filter(each -> each.get("event_type").asText().equals(type))
                .count();

        Result dry = replay("--dry-run");
        assertThat(dry.out()).isEqualTo("4 events of topic " + topic.name() + " would be replayed to group audit\n");
        assertThat(replay("--type", type, "--dry-run").out()).startsWith(ofType + " event");
        assertThat(replay("--id", id(2), "--dry-run").out()).startsWith("1 event of");
        assertThat(replay("--from", "2020-01-01T00:00:00Z", "--dry-run").out()).startsWith("4 events");
        assertThat(replay("--from", topic.entries().get(1).getId(), "--dry-run").out())
                .startsWith("2 events");
        assertThat(handled).hasSize(2);

        Result run = replay("--yes");

        assertThat(run.out()).isEqualTo("4 events of topic " + topic.name() + " replayed to group audit\n");
        await(8);
        assertThat(handled).hasSize(6).contains(id(1), id(3));
    }

    @Test
    void aReplayOfAllEventsNeedsYes() {
        Result refused = replay();

        assertThat(refused)
                .isEqualTo(new Result(
                        2,
                        "",
                        "carillon: This would replay all events of topic " + topic.name()
                                + " to group audit; nothing was replayed. Add --yes to replay them, or select events with"
                                + " --from, --id, --type or --key. --dry-run counts them.\n"));
        assertThat(replay("--from", "earliest").out()).startsWith("4 events");
        await(8);
        assertThat(handled).as("replayed once").hasSize(4);
    }

    @Test
    void aPositionOfAnotherBrokerIsWrongUsage() {
        Result wrong = replay("--from", "0:17");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("0:17");
    }
}
