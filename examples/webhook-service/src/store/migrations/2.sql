-- Events, and their deliveries: one for each webhook that gets the event.
CREATE TABLE event (
    id         TEXT    NOT NULL PRIMARY KEY,
    type       TEXT    NOT NULL,
    body       BLOB    NOT NULL, -- the bytes that are signed and sent, the same on every attempt
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE delivery (
    position        INTEGER PRIMARY KEY AUTOINCREMENT,
    id              TEXT    NOT NULL UNIQUE,
    event_id        TEXT    NOT NULL REFERENCES event (id),
    webhook_id      TEXT    NOT NULL REFERENCES webhook (id),
    status          TEXT    NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed', 'dead')),
    in_flight       INTEGER NOT NULL DEFAULT 0,
    attempt         INTEGER NOT NULL DEFAULT 0, -- how many have begun
    due_at          INTEGER NOT NULL,
    response_status INTEGER,
    error_message   TEXT,
    completed_at    INTEGER
) STRICT;

CREATE INDEX delivery_due ON delivery (webhook_id, due_at) WHERE status = 'pending' AND in_flight = 0;
CREATE INDEX delivery_in_flight ON delivery (webhook_id) WHERE in_flight;
CREATE INDEX delivery_of_webhook ON delivery (webhook_id);
