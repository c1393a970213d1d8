-- Carillon's tables, for PostgreSQL 13 and later. Times are milliseconds since 1970, by the clock of the database.

-- Events that the service's transactions have written, to be published by a relay.
-- status: 0 waiting, 1 published, 2 dead-lettered (the events behind it went on), 3 dead-lettered (the events behind it with the same
--   hash wait), 4 discarded
-- key_hash, topic_hash: a hash of topic and key, and one of the topic. Events with the same hash are published in order: by key_hash
--   where the broker knows keys, otherwise by topic_hash
CREATE TABLE IF NOT EXISTS carillon_outbox (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status      SMALLINT NOT NULL DEFAULT 0,
    key_hash    BIGINT NOT NULL,
    topic_hash  BIGINT NOT NULL,
    event_id    UUID NOT NULL,
    event_type  TEXT NOT NULL,
    topic       TEXT NOT NULL,
    metadata    TEXT NOT NULL,
    key_field   TEXT,
    key_type    TEXT,
    key_value   BYTEA,
    data        BYTEA NOT NULL,
    schema_text TEXT NOT NULL,
    headers     TEXT,
    created_ms  BIGINT NOT NULL,
    finished_ms BIGINT,
    cause       TEXT,
    written_by  XID8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE INDEX IF NOT EXISTS carillon_outbox_waiting ON carillon_outbox (id) WHERE status = 0;
CREATE INDEX IF NOT EXISTS carillon_outbox_dead_letters ON carillon_outbox (id) WHERE status IN (2, 3);
CREATE INDEX IF NOT EXISTS carillon_outbox_finished ON carillon_outbox (finished_ms) WHERE status IN (1, 4);

-- Which relay publishes (owner), and until when its lease is valid.
CREATE TABLE IF NOT EXISTS carillon_outbox_relay (
    name     VARCHAR(50) PRIMARY KEY,
    owner    VARCHAR(50) NOT NULL,
    until_ms BIGINT NOT NULL
);

-- Which events each receiver has handled.
CREATE TABLE IF NOT EXISTS carillon_inbox (
    consumer_group VARCHAR(200) NOT NULL,
    receiver       VARCHAR(200) NOT NULL,
    event_id       UUID NOT NULL,
    received_ms    BIGINT NOT NULL,
    PRIMARY KEY (consumer_group, receiver, event_id)
);

CREATE INDEX IF NOT EXISTS carillon_inbox_age ON carillon_inbox (consumer_group, received_ms);
