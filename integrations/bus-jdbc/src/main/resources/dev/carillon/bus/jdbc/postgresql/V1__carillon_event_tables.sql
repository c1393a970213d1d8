-- Carillon's tables, for PostgreSQL 13 and later. Times are milliseconds since 1970, by the clock of the database.

-- Events that the service's transactions want published.
-- status: 0 waiting, 1 published, 2 parked (those behind it went on), 3 held (those of its lane wait), 4 discarded
-- lane, topic_lane: a hash of topic and key, and one of the topic; what is of one lane is published in order, by topic and key
--   where the broker knows keys, else by topic
CREATE TABLE IF NOT EXISTS carillon_outbox (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status      SMALLINT NOT NULL DEFAULT 0,
    lane        BIGINT NOT NULL,
    topic_lane  BIGINT NOT NULL,
    event_id    UUID NOT NULL,
    event_type  TEXT NOT NULL,
    topic       TEXT NOT NULL,
    metadata    TEXT NOT NULL,
    key_field   TEXT,
    key_type    TEXT,
    key_value   BYTEA,
    data        BYTEA NOT NULL,
    schema_text TEXT NOT NULL,
    created_ms  BIGINT NOT NULL,
    finished_ms BIGINT,
    cause       TEXT,
    written_by  XID8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE INDEX IF NOT EXISTS carillon_outbox_waiting ON carillon_outbox (id) WHERE status = 0;
CREATE INDEX IF NOT EXISTS carillon_outbox_parked ON carillon_outbox (id) WHERE status IN (2, 3);
CREATE INDEX IF NOT EXISTS carillon_outbox_finished ON carillon_outbox (finished_ms) WHERE status IN (1, 4);

-- Which relay works, and how long it may without saying so again.
CREATE TABLE IF NOT EXISTS carillon_outbox_relay (
    name     VARCHAR(50) PRIMARY KEY,
    owner    VARCHAR(50) NOT NULL,
    until_ms BIGINT NOT NULL
);

-- Which events a receiver has handled.
CREATE TABLE IF NOT EXISTS carillon_inbox (
    consumer_group VARCHAR(200) NOT NULL,
    receiver       VARCHAR(200) NOT NULL,
    event_id       UUID NOT NULL,
    received_ms    BIGINT NOT NULL,
    PRIMARY KEY (consumer_group, receiver, event_id)
);

CREATE INDEX IF NOT EXISTS carillon_inbox_age ON carillon_inbox (consumer_group, received_ms);
