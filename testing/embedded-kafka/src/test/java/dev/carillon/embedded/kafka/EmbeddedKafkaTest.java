package dev.carillon.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortChoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedKafkaTest {

    private EmbeddedKafka kafka;
    private Clients clients;

    @BeforeAll
    void start() {
        kafka = EmbeddedKafka.builder().partitions(5).start();
        clients = Clients.of(kafka);
    }

    @AfterAll
    void isGoneWhenClosed() throws Exception {
        kafka.close();
        kafka.close();

        assertThat(kafka.isRunning()).isFalse();
        assertThat(ProcessHandle.of(kafka.pid())).isEmpty();
        assertThat(clients.responds()).isFalse();
        assertThatThrownBy(kafka::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void topicsAreCreatedOnFirstUseWithTheConfiguredPartitions() throws Exception {
        assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + kafka.port());

        clients.send("learning-course", "published");

        assertThat(clients.partitions("learning-course")).isEqualTo(5);
        assertThat(clients.read("learning-course", 1)).containsExactly("published");
    }

    @Test
    void keepsWhatItAcknowledgedThroughAKillAndAStopAndComesBackOnItsPort() throws Exception {
        int port = kafka.port();
        long pid = kafka.pid();
        clients.send("learning-badge", "awarded");

        kafka.kill();
        kafka.kill();
        assertThat(kafka.isRunning()).isFalse();
        kafka.restart();

        assertThat(kafka.port()).isEqualTo(port);
        assertThat(kafka.pid()).isNotEqualTo(pid);
        assertThat(clients.read("learning-badge", 1)).containsExactly("awarded");

        clients.send("learning-badge", "revoked");
        kafka.stop();
        assertThat(kafka.isRunning()).isFalse();
        kafka.restart();

        assertThat(clients.read("learning-badge", 2)).containsExactlyInAnyOrder("awarded", "revoked");
    }

    @Test
    void aPortThatAnotherServerHasIsNamed() throws Exception {
        assertThatThrownBy(
                        () -> EmbeddedKafka.builder().port(kafka.port()).start().close())
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageStartingWith("Port " + kafka.port() + " of 127.0.0.1 is taken");
        assertThat(clients.responds()).isTrue();
    }

    @Test
    void triesAnotherPortWhenTheOneItChoseIsTaken() throws Exception {
        try (ServerSocket silent = silentServer()) {
            PrimitiveIterator.OfInt ports = IntStream.concat(
                            IntStream.of(silent.getLocalPort()), IntStream.generate(PortChoice::random))
                    .iterator();

            try (EmbeddedKafka second =
                    EmbeddedKafka.builder().freePorts(ports::nextInt).start()) {
                assertThat(second.port()).isNotEqualTo(silent.getLocalPort());
                assertThat(Clients.of(second).responds()).isTrue();
            }
        }
    }

    @Test
    void clientsAreSentToTheAdvertisedPort() throws Exception {
        int elsewhere = kafka.port();

        try (EmbeddedKafka sending =
                EmbeddedKafka.builder().advertisedPort(elsewhere).start()) {
            assertThat(Clients.of(sending).ports()).containsExactly(elsewhere);
        }
    }

    @Test
    void aServerThatEndsAtStartShowsItsLog() {
        assertThatThrownBy(() -> EmbeddedKafka.builder()
                        .config("message.max.bytes", "plenty")
                        .start()
                        .close())
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("ended at start with exit status 1")
                .hasMessageContaining("Invalid value plenty for configuration message.max.bytes");
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        EmbeddedKafkaBuilder builder = EmbeddedKafka.builder();

        assertThatThrownBy(() -> builder.port(65_536)).hasMessage("port must be from 1 to 65535, but was 65536");
        assertThatThrownBy(() -> builder.partitions(0)).hasMessage("partitions must be at least 1, but was 0");
        assertThatThrownBy(() -> builder.advertisedPort(0))
                .hasMessage("advertisedPort must be from 1 to 65535, but was 0");
        assertThatThrownBy(() -> builder.maxHeap(64)).hasMessage("maxHeap must be at least 128 MB, but was 64");
        assertThatThrownBy(() -> builder.config("listeners", "PLAINTEXT://:9092"))
                .hasMessage(
                        "'listeners' cannot be set with config(): see port(), advertisedPort(), partitions() and secured()");
        assertThatThrownBy(() -> builder.config("log.dirs", "data")).hasMessageContaining("'log.dirs'");
        assertThatThrownBy(() -> builder.secured("two words", "secret"))
                .hasMessageContaining("'two words'")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> builder.secured("key", "line\nbreak")).hasMessageContaining("'key'");
        assertThatThrownBy(kafka::caCertificate)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("secured(");
    }

    private static ServerSocket silentServer() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }
}
