package dev.carillon.credentials.credential;

import java.util.UUID;
import org.springframework.stereotype.Component;

/** The addresses of credentials' pages. */
@Component
public class CredentialUrls {

    private final CredentialsProperties properties;

    CredentialUrls(CredentialsProperties properties) {
        this.properties = properties;
    }

    /** The page of a credential: its identity as 32 hexadecimal digits. */
    public String page(UUID uuid) {
        return properties.siteUrl() + "/credentials/" + uuid.toString().replace("-", "") + "/";
    }
}
