package org.example.confirmation;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which learners want e-mails. */
@Repository
class Preferences {

    private final JdbcClient database;

    Preferences(JdbcClient database) {
        this.database = database;
    }

    /** A learner who has no preference yet wants them. */
    void addDefault(long learnerId) {
        database.sql("MERGE INTO preference p USING (VALUES (:id)) AS new (learner_id) ON p.learner_id = new.learner_id"
                        + " WHEN NOT MATCHED THEN INSERT (learner_id, confirmation) VALUES (new.learner_id, TRUE)")
                .param("id", learnerId)
                .update();
    }

    boolean wantsConfirmation(long learnerId) {
        return database.sql("SELECT confirmation FROM preference WHERE learner_id = :id")
                .param("id", learnerId)
                .query(Boolean.class)
                .single();
    }
}
