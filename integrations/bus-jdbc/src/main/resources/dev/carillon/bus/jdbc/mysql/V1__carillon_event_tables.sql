-- Carillon's tables, for MySQL 8 and MariaDB 10.6 and later. Times are milliseconds since 1970, by the clock of the database.

-- Events that the service's transactions want published.
-- status: 0 waiting, 1 published, 2 parked (those behind it went on), 3 held (those of its lane wait), 4 discarded
-- lane, topic_lane: a hash of topic and key, and one of the topic; what is of one lane is published in order, by topic and key
--   where the broker knows keys, else by topic
CREATE TABLE IF NOT EXISTS carillon_outbox (
    id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    status      SMALLINT NOT NULL DEFAULT 0,
    lane        BIGINT NOT NULL,
    topic_lane  BIGINT NOT NULL,
    event_id    CHAR(36) CHARACTER SET ascii NOT NULL,
    event_type  VARCHAR(255) NOT NULL,
    topic       VARCHAR(255) NOT NULL,
    metadata    MEDIUMTEXT NOT NULL,
    key_field   VARCHAR(255),
    key_type    VARCHAR(10),
    key_value   LONGBLOB,
    data        LONGBLOB NOT NULL,
    schema_text MEDIUMTEXT NOT NULL,
    created_ms  BIGINT NOT NULL,
    finished_ms BIGINT,
    cause       TEXT,
    INDEX carillon_outbox_status (status, finished_ms, id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which relay works, and how long it may without saying so again.
CREATE TABLE IF NOT EXISTS carillon_outbox_relay (
    name     VARCHAR(50) NOT NULL PRIMARY KEY,
    owner    VARCHAR(50) NOT NULL,
    until_ms BIGINT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which events a receiver has handled.
CREATE TABLE IF NOT EXISTS carillon_inbox (
    consumer_group VARCHAR(200) NOT NULL,
    receiver       VARCHAR(200) NOT NULL,
    event_id       CHAR(36) CHARACTER SET ascii NOT NULL,
    received_ms    BIGINT NOT NULL,
    PRIMARY KEY (consumer_group, receiver, event_id),
    INDEX carillon_inbox_age (consumer_group, received_ms)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
