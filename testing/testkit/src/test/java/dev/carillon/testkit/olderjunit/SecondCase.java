package dev.carillon.testkit.olderjunit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.embedded.EmbeddedRedis;
import java.net.Socket;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Runs after {@link FirstCase}. */
class SecondCase {

    @Test
    void theServerOfTheFirstClassIsClosed() {
        EmbeddedRedis redis = Objects.requireNonNull(FirstCase.redis);
        URI address = URI.create(redis.url());

        assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()).close());
    }
}
