package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedRedisTlsTest {

    private EmbeddedRedis redis;
    private SSLContext trusting;

    @BeforeAll
    void start() throws IOException, GeneralSecurityException {
        redis = EmbeddedRedis.builder().tls().password("secret").persistent().start();
        trusting = trusting(redis.caCertificate());
    }

    @AfterAll
    void close() {
        redis.close();
        assertThat(redis.caCertificate().getParent()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void aClientThatTrustsTheAuthorityCanCheckTheNameOfTheServer(String host) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), redis.port());
        try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket(plain, host, redis.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);

            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            X509Certificate server = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(server.getSubjectX500Principal()).hasToString("CN=localhost");
        }
    }

    @Test
    void aClientThatDoesNotTrustTheAuthorityIsWarned() throws GeneralSecurityException {
        SSLContext ordinary = SSLContext.getDefault();

        assertThatThrownBy(() -> RedisConnection.open(redis.port(), ordinary).close())
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void twoServersHaveTwoAuthorities() {
        try (EmbeddedRedis other = EmbeddedRedis.builder().tls().start()) {
            assertThatThrownBy(
                            () -> RedisConnection.open(other.port(), trusting).close())
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void itsUrlSaysTlsAndPasswordAndPlainClientsGetNothing() throws IOException {
        assertThat(redis.url()).isEqualTo("rediss://:secret@127.0.0.1:" + redis.port() + "/0");
        try (RedisConnection plain = RedisConnection.open(redis.port(), null)) {
            assertThatThrownBy(() -> plain.call("PING")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void isTheSameServerToItsClientsAfterAKill() throws IOException {
        try (RedisConnection connection = RedisConnection.open(redis.port(), trusting)) {
            connection.call("AUTH", "secret");
            connection.call("SET", "course", "demo");
        }

        redis.kill();
        redis.restart();

        try (RedisConnection connection = RedisConnection.open(redis.port(), trusting)) {
            connection.call("AUTH", "secret");
            assertThat(connection.call("GET", "course")).isEqualTo("demo");
        }
    }

    private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream content = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(content));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
