package dev.carillon.credentials.credential;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service behaves.
 *
 * @param siteUrl where browsers reach it, without a slash at the end: the start of the addresses of credentials
 * @param autoAwardPrograms whether a program's credential is awarded with the last of its courses, and revoked with one of them
 */
@ConfigurationProperties("credentials")
public record CredentialsProperties(
        @DefaultValue("http://localhost:18150") URI siteUrl,
        @DefaultValue("false") boolean autoAwardPrograms) {}
