package dev.carillon.credentials.credential;

import dev.carillon.credentials.internal.Times;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What callers attach to credentials; none of it changes who has which. */
@Repository
public class CredentialDetails {

    private final JdbcClient database;

    CredentialDetails(JdbcClient database) {
        this.database = database;
    }

    /** Sets the date that the credential of a course shows instead of its own; null removes it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void setDateOverride(Credential credential, @Nullable Instant date) {
        database.sql("UPDATE credential SET date_override = ? WHERE id = ?")
                .param(Times.parameter(date))
                .param(credential.id())
                .update();
    }

    /** Adds attributes, and replaces those with the same names. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void setAttributes(Credential credential, Map<String, String> attributes) {
        attributes.forEach((name, value) -> {
            database.sql("DELETE FROM credential_attribute WHERE credential_id = ? AND name = ?")
                    .param(credential.id())
                    .param(name)
                    .update();
            database.sql("INSERT INTO credential_attribute (credential_id, name, attribute_value) VALUES (?, ?, ?)")
                    .param(credential.id())
                    .param(name)
                    .param(value)
                    .update();
        });
    }
}
