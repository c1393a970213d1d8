-- Carillon's tables, for MySQL 8 and MariaDB 10.6 and later. Times are milliseconds since 1970, by the clock of the database.

-- Events that the service's transactions have written, to be published by a relay.
-- status: 0 waiting, 1 published, 2 dead-lettered (the events behind it went on), 3 dead-lettered (the events behind it with the same
--   hash wait), 4 discarded
-- key_hash, topic_hash: a hash of topic and key, and one of the topic. Events with the same hash are published in order: by key_hash
--   where the broker knows keys, otherwise by topic_hash
CREATE TABLE IF NOT EXISTS carillon_outbox (
    id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    status      SMALLINT NOT NULL DEFAULT 0,
    key_hash    BIGINT NOT NULL,
    topic_hash  BIGINT NOT NULL,
    event_id    CHAR(36) CHARACTER SET ascii NOT NULL,
    event_type  VARCHAR(255) NOT NULL,
    topic       VARCHAR(255) NOT NULL,
    metadata    MEDIUMTEXT NOT NULL,
    key_field   VARCHAR(255),
    key_type    VARCHAR(10),
    key_value   LONGBLOB,
    data        LONGBLOB NOT NULL,
    schema_text MEDIUMTEXT NOT NULL,
    headers     MEDIUMTEXT,
    created_ms  BIGINT NOT NULL,
    finished_ms BIGINT,
    cause       TEXT,
    INDEX carillon_outbox_status (status, finished_ms, id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which relay publishes (owner), and until when its lease is valid.
CREATE TABLE IF NOT EXISTS carillon_outbox_relay (
    name     VARCHAR(50) NOT NULL PRIMARY KEY,
    owner    VARCHAR(50) NOT NULL,
    until_ms BIGINT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which events each receiver has handled.
CREATE TABLE IF NOT EXISTS carillon_inbox (
    consumer_group VARCHAR(200) NOT NULL,
    receiver       VARCHAR(200) NOT NULL,
    event_id       CHAR(36) CHARACTER SET ascii NOT NULL,
    received_ms    BIGINT NOT NULL,
    PRIMARY KEY (consumer_group, receiver, event_id),
    INDEX carillon_inbox_age (consumer_group, received_ms)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
