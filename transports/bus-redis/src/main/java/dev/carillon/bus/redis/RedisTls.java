package dev.carillon.bus.redis;

import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is encrypted.
 *
 * @param verify what of the server's certificate is checked
 * @param authorities a PEM file with the authorities to trust; null: those of the JVM
 * @param certificate a PEM file with the certificate that we show; null: none
 * @param key a PEM file with the key of our certificate; null: none
 * @param keyPassword the key's password; null: it has none
 */
record RedisTls(
        SslVerifyMode verify,
        @Nullable Path authorities,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable String keyPassword) {

    SslOptions options() {
        SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
        if (authorities != null) {
            options.trustManager(authorities.toFile());
        }
        if (certificate != null && key != null) {
            options.keyManager(
                    certificate.toFile(), key.toFile(), keyPassword == null ? new char[0] : keyPassword.toCharArray());
        }
        return options.build();
    }

    /** Without the key's password. */
    @Override
    public String toString() {
        return "RedisTls[" + verify + ", " + authorities + ", " + certificate + "]";
    }
}
