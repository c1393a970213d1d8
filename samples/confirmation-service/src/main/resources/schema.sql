CREATE TABLE IF NOT EXISTS preference (
    learner_id   BIGINT PRIMARY KEY,
    confirmation BOOLEAN NOT NULL
);
