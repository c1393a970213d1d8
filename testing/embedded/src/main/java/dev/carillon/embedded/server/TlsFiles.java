package dev.carillon.embedded.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.AuthorityKeyIdentifierExtension;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.KeyUsage;
import org.wildfly.security.x500.cert.KeyUsageExtension;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;
import org.wildfly.security.x500.cert.SubjectKeyIdentifierExtension;
import org.wildfly.security.x500.cert.X509CertificateBuilder;
import org.wildfly.security.x500.cert.util.KeyUtil;

/**
 * A certificate authority made for one server, and that server's certificate and key, as PEM files. The certificate is
 * for 127.0.0.1 and localhost and lasts a year; the authority's key is never written.
 *
 * @param trust accepts only certificates of this authority
 */
public record TlsFiles(Path caCertificate, Path certificate, Path key, SSLContext trust) {

    private static final X500Principal AUTHORITY = new X500Principal("CN=Carillon embedded server authority");
    private static final X500Principal SERVER = new X500Principal("CN=localhost");

    /** Makes an authority, a key and its certificate, and writes all but the key of the authority into the folder. */
    public static TlsFiles create(Path folder, Clock clock) throws IOException {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(256);
            KeyPair authority = keys.generateKeyPair();
            KeyPair server = keys.generateKeyPair();
            X509Certificate caCertificate = certificate(AUTHORITY, authority, authority, clock)
                    .addExtension(new BasicConstraintsExtension(true, true, 0))
                    .addExtension(new KeyUsageExtension(true, KeyUsage.keyCertSign, KeyUsage.cRLSign))
                    .build();
            X509Certificate certificate = certificate(SERVER, server, authority, clock)
                    .addExtension(new BasicConstraintsExtension(true, false, -1))
                    .addExtension(new KeyUsageExtension(true, KeyUsage.digitalSignature))
                    .addExtension(new SubjectAlternativeNamesExtension(
                            false,
                            List.of(new GeneralName.IPAddress("127.0.0.1"), new GeneralName.DNSName("localhost"))))
                    .build();
            return new TlsFiles(
                    pem(folder.resolve("ca.crt"), "CERTIFICATE", caCertificate.getEncoded()),
                    pem(folder.resolve("server.crt"), "CERTIFICATE", certificate.getEncoded()),
                    pem(
                            folder.resolve("server.key"),
                            "PRIVATE KEY",
                            server.getPrivate().getEncoded()),
                    trust(caCertificate));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make TLS certificates: " + e.getMessage(), e);
        }
    }

    private static X509CertificateBuilder certificate(
            X500Principal subject, KeyPair keys, KeyPair authority, Clock clock) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        return new X509CertificateBuilder()
                .setSubjectDn(subject)
                .setIssuerDn(AUTHORITY)
                .setSerialNumber(new BigInteger(127, new SecureRandom()).add(BigInteger.ONE))
                .setNotValidBefore(now.minusDays(1))
                .setNotValidAfter(now.plusYears(1))
                .setPublicKey(keys.getPublic())
                .setSigningKey(authority.getPrivate())
                .setSignatureAlgorithmName("SHA256withECDSA")
                .addExtension(new SubjectKeyIdentifierExtension(KeyUtil.getKeyIdentifier(keys.getPublic())))
                .addExtension(new AuthorityKeyIdentifierExtension(
                        KeyUtil.getKeyIdentifier(authority.getPublic()), null, null));
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text), US_ASCII);
    }

    private static SSLContext trust(X509Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("authority", authority);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
