package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RedisExceptionTranslatorTest {

    private final RedisExceptionTranslator exceptions = new RedisExceptionTranslator(
            Objects.requireNonNull(RedisUrlParser.parse("redis://host:6379", new ArrayList<>()::add)));

    @Test
    void aConnectionThatWasClosedWithoutAMessageIsALostConnection() {
        assertThat(exceptions.translate("read topic a", new ClosedChannelException()))
                .hasMessage("Redis at host:6379: cannot read topic a: the connection was lost");
    }

    @Test
    void anExceptionWithoutAMessageIsNamedByItsClass() {
        assertThat(exceptions.translate("read topic a", new IllegalStateException()))
                .hasMessage("Redis at host:6379: cannot read topic a: java.lang.IllegalStateException");
    }
}
