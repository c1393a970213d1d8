package dev.carillon.rig.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.rig.server.Link.State;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTest {

    /** So long nothing comes where nothing is to come. */
    private static final int SILENCE_MILLIS = 200;

    private static final int PATIENCE_MILLIS = 30_000;

    private final AtomicInteger heard = new AtomicInteger();
    private ServerSocket server;
    private Link link;

    /** A server that answers each byte with the next one. */
    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        link = new Link("the server").leadingTo(server.getLocalPort());
        daemon(() -> {
            while (true) {
                Socket socket = server.accept();
                daemon(() -> answer(socket));
            }
        });
    }

    private void answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            heard.incrementAndGet();
            socket.getOutputStream().write(read + 1);
        }
        socket.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // closed, by the test or by the link
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        link.close();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static int ask(Socket socket, int question) throws IOException {
        socket.getOutputStream().write(question);
        return socket.getInputStream().read();
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    private static void assertBroken(Socket socket) {
        assertThatThrownBy(() -> {
                    if (ask(socket, 1) < 0) {
                        throw new IOException("ended");
                    }
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void anOpenLinkLetsEverythingThrough() throws IOException {
        try (Socket one = connect();
                Socket other = connect()) {
            assertThat(ask(one, 5)).isEqualTo(6);
            assertThat(ask(other, 7)).isEqualTo(8);
            assertThat(ask(one, 9)).isEqualTo(10);
        }
    }

    @Test
    void aSlowLinkDelaysButLosesNothing() throws IOException {
        link.become(State.SLOW);
        try (Socket socket = connect()) {
            assertThat(ask(socket, 5)).isEqualTo(6);
        }
    }

    @Test
    void aCutBreaksConnectionsAndRefusesNewOnesUntilItIsMended() throws IOException {
        try (Socket before = connect()) {
            assertThat(ask(before, 1)).isEqualTo(2);

            link.become(State.CUT);

            assertBroken(before);
            assertThatThrownBy(() -> {
                        try (Socket during = connect()) {
                            assertBroken(during);
                            throw new IOException("broken at once");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }

        link.become(State.OPEN);

        try (Socket after = connect()) {
            assertThat(ask(after, 3)).isEqualTo(4);
        }
    }

    @Test
    void aHalfOpenLinkSwallowsInBothDirections() throws IOException {
        try (Socket before = connect()) {
            assertThat(ask(before, 1)).isEqualTo(2);

            link.become(State.HALF_OPEN);

            before.getOutputStream().write(3);
            assertSilent(before);
            try (Socket during = connect()) {
                during.getOutputStream().write(3);
                assertSilent(during);
            }
            assertThat(heard).hasValue(1);

            link.become(State.OPEN);

            assertBroken(before);
        }
        try (Socket after = connect()) {
            assertThat(ask(after, 5)).isEqualTo(6);
        }
    }

    @Test
    void aDeafLinkLosesOnlyAnswers() throws IOException {
        try (Socket socket = connect()) {
            link.become(State.DEAF);

            socket.getOutputStream().write(1);
            await().until(() -> heard.get() == 1);
            assertSilent(socket);

            link.become(State.OPEN);

            assertBroken(socket);
        }
    }

    @Test
    void aServerThatIsGoneBreaksTheConnection() throws IOException {
        server.close();
        try (Socket socket = connect()) {
            assertBroken(socket);
        }
    }

    @Test
    void anAnswerThatBreaksOffNeverEndsEvenWhenTheNetworkIsBack() throws IOException {
        try (Socket socket = connect()) {
            link.become(State.HALF_ANSWERS);
            socket.getOutputStream().write(1);
            await().until(() -> heard.get() == 1);
            assertSilent(socket);

            link.become(State.OPEN);

            socket.getOutputStream().write(3);
            assertSilent(socket);
        }
        try (Socket after = connect()) {
            assertThat(ask(after, 5)).isEqualTo(6);
        }
    }

    @Test
    void aLinkKnowsWhetherAnybodyMetWhatItBecame() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket, 1)).isEqualTo(2);
            link.become(State.HALF_ANSWERS);
            assertThat(link.isMet()).isFalse();

            socket.getOutputStream().write(3);

            await().until(link::isMet);
        }
    }

    @Test
    void aHeadOfHttpComesWholeAndHalfOfWhatIsBehindIt() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Link toWeb = new Link("the web").leadingTo(web.getLocalPort())) {
            toWeb.become(State.HALF_ANSWERS);
            daemon(() -> {
                Socket socket = web.accept();
                socket.getInputStream().read();
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nbody\r\n\r\n".getBytes(US_ASCII));
            });
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), toWeb.port())) {
                socket.getOutputStream().write(1);

                assertThat(new String(socket.getInputStream().readNBytes(23), US_ASCII))
                        .isEqualTo("HTTP/1.1 200 OK\r\n\r\nbody");
                assertSilent(socket);
            }
        }
    }

    @Test
    void anAnswerThatDripsComesWhole() throws IOException {
        link.become(State.DRIPPING);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {1, 2, 3});

            assertThat(socket.getInputStream().readNBytes(3)).containsExactly(2, 3, 4);
        }
    }

    @Test
    void anUnavailableServerIsAskedNothingAndItsClientsAreTold() throws IOException {
        link.become(State.UNAVAILABLE);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(1);

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 503 ");
        }
        assertThat(heard).hasValue(0);
    }
}
