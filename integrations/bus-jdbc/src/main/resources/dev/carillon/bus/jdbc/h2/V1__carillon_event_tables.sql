-- Carillon's tables, for H2 2. Times are milliseconds since 1970, by the clock of the database.

-- Events that the service's transactions want published.
-- status: 0 waiting, 1 published, 2 parked (those behind it went on), 3 held (those of its lane wait), 4 discarded
-- lane, topic_lane: a hash of topic and key, and one of the topic; what is of one lane is published in order, by topic and key
--   where the broker knows keys, else by topic
CREATE TABLE IF NOT EXISTS carillon_outbox (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status      SMALLINT DEFAULT 0 NOT NULL,
    lane        BIGINT NOT NULL,
    topic_lane  BIGINT NOT NULL,
    event_id    UUID NOT NULL,
    event_type  VARCHAR NOT NULL,
    topic       VARCHAR NOT NULL,
    metadata    VARCHAR NOT NULL,
    key_field   VARCHAR,
    key_type    VARCHAR,
    key_value   BINARY LARGE OBJECT,
    data        BINARY LARGE OBJECT NOT NULL,
    schema_text VARCHAR NOT NULL,
    created_ms  BIGINT NOT NULL,
    finished_ms BIGINT,
    cause       VARCHAR
);

CREATE INDEX IF NOT EXISTS carillon_outbox_status ON carillon_outbox (status, finished_ms, id);

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
