package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.poll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.SchemaFingerprint;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.KillArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The schemas of users' own events: a hash beside the stream, and a field in each message. */
class SchemasBesideTheStreamTest extends RedisIntegrationTest {

    private static final String SCHEMA = "{\"type\": \"string\"}";
    private static final String FINGERPRINT = SchemaFingerprint.of(SCHEMA);

    private String key() {
        return topic + ":schemas";
    }

    private OutgoingMessage own(int number) {
        return own(number, SCHEMA);
    }

    private OutgoingMessage own(int number, String schema) {
        OutgoingMessage plain = RedisFixture.message(topic, number);
        return new OutgoingMessage(
                topic, plain.eventType(), plain.headers(), null, plain.data(), schema, SchemaFingerprint.of(schema));
    }

    @Test
    void aMessageNamesItsSchemaWhichIsBesideTheStream() {
        fixture.sink().send(own(1)).join();

        IncomingMessage message = poll(fixture.source(topic), 1).get(0);

        assertThat(fixture.client().hgetall(key())).isEqualTo(Map.of(FINGERPRINT, SCHEMA));
        assertThat(message.header(SchemaFingerprint.HEADER)).isEqualTo(FINGERPRINT);
        assertThat(message.writerSchema()).hasToString(SCHEMA);
    }

    @Test
    void aMessageOfTheEventLibraryNamesNone() {
        fixture.publish(topic, 1);

        IncomingMessage message = poll(fixture.source(topic), 1).get(0);

        assertThat(message.headers()).extracting(Header::name).containsExactly("type", "id");
        assertThat(message.writerSchema()).isNull();
        assertThat(fixture.client().exists(key())).isZero();
    }

    @Test
    void aSchemaIsStoredAndRequestedOnceForManyMessages() {
        try (EmbeddedRedis alone = EmbeddedRedis.start();
                RedisFixture own = new RedisFixture(alone)) {
            MessageSink sink = own.sink();
            List.of(1, 2, 3, 4, 5, 6, 7, 8).stream()
                    .map(number -> sink.send(own(number)))
                    .toList()
                    .forEach(send -> send.join());
            MessageSource source = own.sharingSource(topic); // scripts for leases call HGET, too
            List<IncomingMessage> messages = new ArrayList<>(poll(source, 4));
            messages.addAll(poll(source, 4));
            List<IncomingMessage> again = source.readAgain(
                    new Partition(topic, 0), List.of(messages.get(0).position()));

            assertThat(messages)
                    .allMatch(message -> message.writerSchema() == again.get(0).writerSchema());
            String calls = own.client().info("commandstats");
            assertThat(calls).contains("cmdstat_hget:calls=1,");
            assertThat(own.client().hlen(key())).isEqualTo(1);
        }
    }

    @Test
    void aLostSchemaIsMissingUntilAProducerConnectsAgain() {
        MessageSink sink = fixture.sink();
        sink.send(own(1)).join();
        fixture.client().del(key());
        assertThat(stored()).containsExactly("null");

        fixture.client().clientKill(KillArgs.Builder.typeNormal().skipme());
        sink.send(own(2)).join();

        assertThat(stored()).containsExactly(SCHEMA, SCHEMA);
    }

    /** The schemas of the messages in the stream. */
    private List<String> stored() {
        List<String> schemas = new ArrayList<>();
        try (MessageStore store = fixture.transport().store().orElseThrow()) {
            store.read(topic, StartAt.earliest(), message -> schemas.add(String.valueOf(message.writerSchema())));
        }
        return schemas;
    }

    @Test
    void aTextThatIsNotTheSchemaIsNotUsed() {
        fixture.sink().send(own(1)).join();
        fixture.client().hset(key(), FINGERPRINT, "{\"type\": \"long\"}");

        assertThat(poll(fixture.source(topic), 1).get(0).writerSchema()).isNull();
    }

    @Test
    void fieldsThatAreNoFingerprintsAreNotRequested() {
        OutgoingMessage plain = RedisFixture.message(topic, 1);
        List<Header> headers = new ArrayList<>(plain.headers());
        headers.add(Header.of(SchemaFingerprint.HEADER, "no fingerprint"));
        fixture.sink()
                .send(new OutgoingMessage(topic, plain.eventType(), headers, null, plain.data(), ""))
                .join();
        fixture.client().hset(key(), "no fingerprint", SCHEMA);

        assertThat(poll(fixture.source(topic), 1).get(0).writerSchema()).isNull();
    }

    @Test
    void messagesAreReturnedByALaterPollWhenTheirSchemasCannotBeRead() {
        fixture.sink().send(own(1)).join();
        String schema = fixture.client().hget(key(), FINGERPRINT);
        fixture.client().set(key(), "no hash");
        MessageSource source = fixture.sharingSource(topic);

        assertThatThrownBy(() -> poll(source, 1))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("WRONGTYPE");
        fixture.client().del(key());
        fixture.client().hset(key(), FINGERPRINT, schema);

        assertThat(poll(source, 1).get(0).writerSchema()).hasToString(SCHEMA);
    }

    @Test
    void aMessageWhoseSchemaCannotBeStoredFails() {
        try (EmbeddedRedis other = EmbeddedRedis.builder()
                        .password("secret")
                        .user("writer", "secret", "~* +xadd")
                        .start();
                RedisFixture writer = new RedisFixture(other.urlFor("writer"))) {
            assertThatThrownBy(() -> writer.sink().send(own(1)).join())
                    .cause()
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("store the schema of messages of topic " + topic)
                    .hasMessageContaining("NOPERM")
                    .hasMessageContaining("hset");
            writer.sink().send(RedisFixture.message(topic, 2)).join();
        }
    }

    @Test
    void aMissingPermissionForTheSchemasIsNamedByTheCheckOfOwnEventsOnly() {
        try (EmbeddedRedis other = EmbeddedRedis.builder()
                        .password("secret")
                        .user("writer", "secret", "~* +@all -hset -hget")
                        .start();
                RedisFixture writer = new RedisFixture(other.urlFor("writer"))) {
            assertThat(permissions(writer, Set.of("org.carillon.test.v1")))
                    .contains("missing permission for hset on " + key())
                    .contains("hget on " + key());
            assertThat(permissions(writer, Set.of())).doesNotContain(key());
        }
    }

    private String permissions(RedisFixture as, Set<String> ownEvents) {
        CheckSpec spec = new CheckSpec(
                List.of(topic),
                Map.of(topic, Set.of("org.carillon.test.v1")),
                Set.of(),
                Optional.of("group"),
                "",
                Map.of("org.carillon.test.v1", SCHEMA),
                ownEvents);
        try (TransportAdmin admin = as.transport().admin().orElseThrow()) {
            return admin.check(spec).stream()
                    .filter(check -> check.subject().equals("permissions"))
                    .map(Diagnostic::detail)
                    .collect(Collectors.joining());
        }
    }

    @Test
    void messagesOfTheTopicsOfAGroupHaveTheSchemasOfTheirTopic() {
        fixture.sink().send(own(1)).join();
        fixture.client().xtrim(topic, false, 0); // so that only the message of the retry topic names the schema
        String retry = GroupTopics.retry(topic, "group");
        String deadLetters = GroupTopics.deadLetters(topic, "group");
        RawMessage raw = new RawMessage(
                List.of(
                        Header.of(SchemaFingerprint.HEADER, FINGERPRINT),
                        Header.of(GroupTopics.TOPIC_HEADER, topic),
                        Header.of(GroupTopics.GROUP_HEADER, "group")),
                null,
                "1".getBytes(UTF_8));
        try (MessageStore store = fixture.transport().store().orElseThrow()) {
            store.send(retry, List.of(raw));
            String place = store.put(deadLetters, "id", null, raw);

            assertThat(store.find(deadLetters, place).orElseThrow().writerSchema())
                    .hasToString(SCHEMA);
        }
        MessageSource source = fixture.source(
                new SourceSpec(List.of(topic, retry), "group", null, StartAt.earliest(), Map.of(), Set.of(retry)));
        assertThat(poll(source, 1))
                .extracting(IncomingMessage::topic, message -> String.valueOf(message.writerSchema()))
                .containsExactly(tuple(retry, SCHEMA));
    }
}
