package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.consume;
import static dev.carillon.bus.redis.RedisFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.embedded.EmbeddedRedis;

/** A test of incidents, with sources that inspect their groups continuously. */
abstract class GroupIncidentTestBase extends RedisIntegrationTest {

    @Override
    RedisFixture newFixture(EmbeddedRedis server) {
        return new RedisFixture(server).inspectingContinuously();
    }

    void consumeAndClose(int count) {
        MessageSource source = fixture.source(topic);
        fixture.publish(topic, count);
        consume(source, count);
        inspect(source);
        source.close();
    }

    void assertOneIncident(Kind kind, long messages) {
        assertThat(fixture.incidents()).as("incidents").singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(kind);
            assertThat(incident.messages()).isEqualTo(messages);
            assertThat(incident.topic()).isEqualTo(topic);
            assertThat(incident.group()).isEqualTo("group");
        });
    }
}
