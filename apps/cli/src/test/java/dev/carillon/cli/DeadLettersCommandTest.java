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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code dead-letters} and {@code replay}, with a service whose receiver fails on some events. */
@WithRedis
class DeadLettersCommandTest {

    private Topic topic;
    private EventBus bus;
    private EventConsumer consumer;
    private Thread thread;
    private final Set<String> poison = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private List<JsonNode> sent;

    @BeforeEach
    void aServiceThatFailsOnTwoEventsOfFour(EmbeddedRedis redis) {
        topic = new Topic(redis);
        Stream<JsonNode> vectors = Conformance.lines("vectors.jsonl").stream();
        sent = vectors.filter(vector -> vector.has("redis")).limit(4).toList();
        sent.forEach(topic::addRecorded);
        Events events = Events.create("audit");
        events.signals().forEach(signal -> events.connect(signal, this::handle, ReceiverOptions.id("auditor")));
        poison.addAll(List.of(id(1), id(3)));
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
        if (poison.contains(id)) {
            throw new IllegalStateException("no database");
        }
        handled.add(id);
    }

    private String id(int index) {
        return new String(
                java.util.HexFormat.of()
                        .parseHex(sent.get(index).get("redis").get("id").asText()),
                java.nio.charset.StandardCharsets.UTF_8);
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

    private Result letters(String command, String... more) {
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
        return letters("list", arguments.toArray(String[]::new)).json();
    }

    @Test
    void theyAreCountedAndListed() {
        Result list = letters("list");

        assertThat(list.exitCode()).isZero();
        assertThat(list.lines().get(0)).isEqualTo("2 dead letters of group audit of topic " + topic.name());
        assertThat(list.out()).contains("IllegalStateException", "waiting", "ATTEMPTS");
        assertThat(listed())
                .extracting(letter -> letter.get("event_id").asText())
                .containsExactly(id(1), id(3));
        assertThat(listed().get(0).get("message").asText()).isEqualTo("no database");
        assertThat(listed().get(0).get("receivers").get(0).asText()).isEqualTo("auditor");
        assertThat(listed().get(0).get("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void theyAreChosenByIdTypeCauseAndTime() {
        String letterId = listed().get(0).get("id").asText();
        String type = listed().get(0).get("event_type").asText();

        assertThat(listed("--id", letterId)).hasSize(1);
        assertThat(listed("--id", letterId.substring(0, 12))).hasSize(1);
        assertThat(letters("list", "--id", letterId.substring(0, 3)).exitCode()).isEqualTo(2);
        assertThat(listed("--id", id(3))).hasSize(1);
        assertThat(listed("--type", type)).isNotEmpty();
        assertThat(listed("--type", "another")).isEmpty();
        assertThat(listed("--cause", "NO DATABASE")).hasSize(2);
        assertThat(listed("--cause", "unusable")).isEmpty();
        assertThat(listed("--from", "2020-01-01T00:00:00Z")).hasSize(2);
        assertThat(listed("--until", "2020-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void oneIsShownWithItsDataAndWithoutPersonalData() {
        JsonNode shown = letters("show", "--id", id(1)).json().get(0);
        JsonNode whole = letters("show", "--id", id(1), "--show-pii").json().get(0);

        assertThat(shown.get("headers").get("id").asText()).isEqualTo(id(1));
        assertThat(shown.has("data")).isTrue();
        assertThat(shown.has("value")).isFalse();
        assertThat(whole.get("data")).isEqualTo(sent.get(1).get("data"));
        assertThat(java.util.Base64.getDecoder().decode(whole.get("value").asText()))
                .isEqualTo(java.util.HexFormat.of()
                        .parseHex(sent.get(1).get("redis").get("event_data").asText()));
    }

    @Test
    void nothingIsDoneWithoutYes() {
        Result redrive = letters("redrive", "--all");
        Result discard = letters("discard", "--cause", "no database");

        assertThat(redrive.out())
                .startsWith("2 dead letters of group audit")
                .endsWith("Nothing was redriven yet: --yes does it\n");
        assertThat(discard.out()).endsWith("Nothing was discarded yet: --yes does it\n");
        assertThat(listed())
                .hasSize(2)
                .allMatch(letter -> letter.get("redriven").isNull());
    }

    @Test
    void thoseThatAreRedrivenAreHandledAndGone() {
        poison.clear();

        Result redrive = letters("redrive", "--id", id(3), "--yes");

        assertThat(redrive.out()).endsWith("They were redriven\n");
        Awaitility.await().until(() -> listed().size() == 1);
        assertThat(handled).containsExactlyInAnyOrder(id(0), id(2), id(3));
        assertThat(listed().get(0).get("event_id").asText()).isEqualTo(id(1));
    }

    @Test
    void thoseThatAreDiscardedAreGone() {
        assertThat(letters("discard", "--id", id(1), "--yes").exitCode()).isZero();

        assertThat(listed())
                .extracting(letter -> letter.get("event_id").asText())
                .containsExactly(id(3));
    }

    @Test
    void whatIsMalformedIsListedPassedOverAndDiscardedByItsPlace() {
        topic.addDeadLetter("audit");
        poison.clear();

        Result list = letters("list");
        JsonNode malformed = listed().get(2);
        String place = malformed.get("place").asText();

        assertThat(list.out())
                .startsWith("2 dead letters of group audit")
                .contains("1 entry is malformed", place + ": the entry has no field 'event_data'");
        assertThat(malformed.get("malformed").asText()).isEqualTo("the entry has no field 'event_data'");
        assertThat(letters("redrive", "--all", "--yes").out()).contains("What is malformed is passed over");
        Awaitility.await().until(() -> listed().size() == 1);
        assertThat(letters("discard", "--all", "--yes").out()).contains("What is malformed is passed over");
        assertThat(listed()).hasSize(1);

        assertThat(letters("discard", "--id", place, "--yes").exitCode()).isZero();

        assertThat(listed()).isEmpty();
    }

    @Test
    void toActOneMustSayOnWhich() {
        Result bare = letters("redrive", "--yes");
        Result both = letters("discard", "--all", "--id", id(1), "--yes");
        Result unknown = letters("redrive", "--id", "nobody", "--yes");

        assertThat(bare.exitCode()).isEqualTo(2);
        assertThat(bare.err()).contains("--id, --type, --key, --cause, --from, --until, or --all");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("'nobody'", "group audit");
        assertThat(listed()).hasSize(2);
    }

    @Test
    void aBlankConditionIsNone() {
        for (String option : List.of("--id", "--type", "--key", "--cause", "--from", "--until")) {
            for (String command : List.of("discard", "redrive")) {
                Result blank = letters(command, option, "", "--yes");

                assertThat(blank.exitCode()).isEqualTo(2);
                assertThat(blank.err()).contains("'" + option + "'").contains("but is ''");
                assertThat(letters(command, option, " ", "--yes").exitCode()).isEqualTo(2);
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
                .allMatch(letter -> letter.get("redriven").isNull());
    }

    @Test
    void whereNoneMatchesNothingIsDone() {
        Result redrive = letters("redrive", "--cause", "no such cause", "--yes");
        assertThat(redrive)
                .isEqualTo(new Result(
                        0,
                        "0 dead letters of group audit of topic " + topic.name() + " match; nothing was redriven\n",
                        ""));
    }

    @Test
    void aGroupOrTopicThatWasMistypedIsNoneWithoutDeadLetters() {
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
    void aReplayToAGroupThatDoesNotExistIsRefused() {
        Result result =
                topic.carillon("replay", "-t", topic.name(), "-g", "audti").run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("carillon: Topic " + topic.name() + " has no group 'audti'. Did you mean 'audit'?\n");
    }

    @Test
    void aReplayByKeyNeedsAKeyFieldWhereMessagesCarryNoKey() {
        String type = sent.get(0).get("event_type").asText();

        Result unknown = replay("--key", "ada", "--type", type, "--dry-run");

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("Nobody can tell the keys of topic " + topic.name(), "no key field is known of " + type)
                .contains("event_key_field in EVENT_BUS_PRODUCER_CONFIG", "--key-field EVENT_TYPE=PATH");
    }

    @Test
    void aReplayIsCountedFirstAndThenComesToTheGroup() {
        poison.clear();
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

        Result run = replay();

        assertThat(run.out()).isEqualTo("4 events of topic " + topic.name() + " replayed to group audit\n");
        await(8);
        assertThat(handled).hasSize(6).contains(id(1), id(3));
    }

    @Test
    void aPlaceThatTheBrokerDoesNotHaveIsRefused() {
        Result wrong = replay("--from", "0:17");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("0:17");
    }
}
