package dev.carillon.rig.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.rig.server.NetworkProxy.Mode;
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

class NetworkProxyTest {

    /** How long to wait where nothing must arrive. */
    private static final int SILENCE_MILLIS = 200;

    private static final int TIMEOUT_MILLIS = 30_000;

    private final AtomicInteger received = new AtomicInteger();
    private ServerSocket server;
    private NetworkProxy proxy;

    /** A server that responds to each byte with the next one. */
    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = new NetworkProxy("server").forwardTo(server.getLocalPort());
        daemon(() -> {
            while (true) {
                Socket socket = server.accept();
                daemon(() -> respond(socket));
            }
        });
    }

    private void respond(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            received.incrementAndGet();
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
                // closed by the test or by the proxy
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static int request(Socket socket, int data) throws IOException {
        socket.getOutputStream().write(data);
        return socket.getInputStream().read();
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    private static void assertBroken(Socket socket) {
        assertThatThrownBy(() -> {
                    if (request(socket, 1) < 0) {
                        throw new IOException("ended");
                    }
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void anOpenProxyForwardsEverything() throws IOException {
        try (Socket one = connect();
                Socket other = connect()) {
            assertThat(request(one, 5)).isEqualTo(6);
            assertThat(request(other, 7)).isEqualTo(8);
            assertThat(request(one, 9)).isEqualTo(10);
        }
    }

    @Test
    void aSlowProxyLosesNothing() throws IOException {
        proxy.setMode(Mode.SLOW);
        try (Socket socket = connect()) {
            assertThat(request(socket, 5)).isEqualTo(6);
        }
    }

    @Test
    void aCutResetsConnectionsAndNewOnesUntilItIsRepaired() throws IOException {
        try (Socket before = connect()) {
            assertThat(request(before, 1)).isEqualTo(2);

            proxy.setMode(Mode.CUT);

            assertBroken(before);
            assertThatThrownBy(() -> {
                        try (Socket during = connect()) {
                            assertBroken(during);
                            throw new IOException("reset at once");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }

        proxy.setMode(Mode.OPEN);

        try (Socket after = connect()) {
            assertThat(request(after, 3)).isEqualTo(4);
        }
    }

    @Test
    void aHalfOpenProxySwallowsBothDirections() throws IOException {
        try (Socket before = connect()) {
            assertThat(request(before, 1)).isEqualTo(2);

            proxy.setMode(Mode.HALF_OPEN);

            before.getOutputStream().write(3);
            assertSilent(before);
            try (Socket during = connect()) {
                during.getOutputStream().write(3);
                assertSilent(during);
            }
            assertThat(received).hasValue(1);

            proxy.setMode(Mode.OPEN);

            assertBroken(before);
        }
        try (Socket after = connect()) {
            assertThat(request(after, 5)).isEqualTo(6);
        }
    }

    @Test
    void requestsGetThroughWhileResponsesAreLost() throws IOException {
        try (Socket socket = connect()) {
            proxy.setMode(Mode.RESPONSES_LOST);

            socket.getOutputStream().write(1);
            await().until(() -> received.get() == 1);
            assertSilent(socket);

            proxy.setMode(Mode.OPEN);

            assertBroken(socket);
        }
    }

    @Test
    void aClosedServerBreaksTheConnection() throws IOException {
        server.close();
        try (Socket socket = connect()) {
            assertBroken(socket);
        }
    }

    @Test
    void aPartialResponseIsNeverCompletedEvenWhenTheProxyIsOpenAgain() throws IOException {
        try (Socket socket = connect()) {
            proxy.setMode(Mode.PARTIAL_RESPONSES);
            socket.getOutputStream().write(1);
            await().until(() -> received.get() == 1);
            assertSilent(socket);

            proxy.setMode(Mode.OPEN);

            socket.getOutputStream().write(3);
            assertSilent(socket);
        }
        try (Socket after = connect()) {
            assertThat(request(after, 5)).isEqualTo(6);
        }
    }

    @Test
    void aProxyKnowsWhetherItWasUsedSinceItsModeChanged() throws IOException {
        try (Socket socket = connect()) {
            assertThat(request(socket, 1)).isEqualTo(2);
            proxy.setMode(Mode.PARTIAL_RESPONSES);
            assertThat(proxy.isUsed()).isFalse();

            socket.getOutputStream().write(3);

            await().until(proxy::isUsed);
        }
    }

    @Test
    void aPartialHttpResponseHasItsWholeHeadAndHalfOfItsBody() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                NetworkProxy webProxy = new NetworkProxy("web server").forwardTo(web.getLocalPort())) {
            webProxy.setMode(Mode.PARTIAL_RESPONSES);
            daemon(() -> {
                Socket socket = web.accept();
                socket.getInputStream().read();
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nbody\r\n\r\n".getBytes(US_ASCII));
            });
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), webProxy.port())) {
                socket.getOutputStream().write(1);

                assertThat(new String(socket.getInputStream().readNBytes(23), US_ASCII))
                        .isEqualTo("HTTP/1.1 200 OK\r\n\r\nbody");
                assertSilent(socket);
            }
        }
    }

    @Test
    void aResponseInSingleBytesIsComplete() throws IOException {
        proxy.setMode(Mode.BYTE_BY_BYTE);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {1, 2, 3});

            assertThat(socket.getInputStream().readNBytes(3)).containsExactly(2, 3, 4);
        }
    }

    @Test
    void anUnavailableServerGetsNoRequestsAndItsClientsGetAnError() throws IOException {
        proxy.setMode(Mode.UNAVAILABLE);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(1);

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 503 ");
        }
        assertThat(received).hasValue(0);
    }
}
