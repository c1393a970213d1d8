-- Carillon's tables, for H2 2. Times are milliseconds since 1970, by the clock of the database.

-- Events that the service's transactions have written, to be published by a relay.
-- status: 0 waiting, 1 published, 2 dead-lettered (the events behind it went on), 3 dead-lettered (the events behind it with the same
--   hash wait), 4 discarded
-- key_hash, topic_hash: a hash of topic and key, and one of the topic. Events with the same hash are published in order: by key_hash
--   where the broker knows keys, otherwise by topic_hash
CREATE TABLE IF NOT EXISTS carillon_outbox (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status      SMALLINT DEFAULT 0 NOT NULL,
    key_hash    BIGINT NOT NULL,
    topic_hash  BIGINT NOT NULL,
    event_id    UUID NOT NULL,
    event_type  VARCHAR NOT NULL,
    topic       VARCHAR NOT NULL,
    metadata    VARCHAR NOT NULL,
    key_field   VARCHAR,
    key_type    VARCHAR,
    key_value   BINARY LARGE OBJECT,
    data        BINARY LARGE OBJECT NOT NULL,
    schema_text VARCHAR NOT NULL,
    headers     VARCHAR,
    created_ms  BIGINT NOT NULL,
    finished_ms BIGINT,
    cause       VARCHAR
);

CREATE INDEX IF NOT EXISTS carillon_outbox_status ON carillon_outbox (status, finished_ms, id);

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
