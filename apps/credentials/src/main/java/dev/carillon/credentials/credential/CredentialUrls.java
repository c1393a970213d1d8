package dev.carillon.credentials.credential;

import java.util.UUID;

/** The addresses of credentials. */
final class CredentialUrls {

    private CredentialUrls() {}

    /** The page of a credential: its identity as 32 hexadecimal digits. */
    static String page(CredentialsProperties properties, UUID uuid) {
        return properties.siteUrl() + "/credentials/" + uuid.toString().replace("-", "") + "/";
    }
}
