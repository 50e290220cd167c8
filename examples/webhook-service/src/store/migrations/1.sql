-- Projects, webhooks and their secrets. Times are milliseconds since 1970.
CREATE TABLE key_check (
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE project (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_key (
    digest     BLOB NOT NULL PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project (id)
) STRICT;

CREATE TABLE webhook (
    id                TEXT    NOT NULL PRIMARY KEY,
    project_id        TEXT    NOT NULL REFERENCES project (id),
    url               TEXT    NOT NULL,
    description       TEXT,
    subscribed_events TEXT    NOT NULL, -- a JSON array of texts
    enabled           INTEGER NOT NULL,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL
) STRICT;

CREATE INDEX webhook_of_project ON webhook (project_id);

CREATE TABLE secret (
    position   INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of rotations
    id         TEXT    NOT NULL UNIQUE,
    webhook_id TEXT    NOT NULL REFERENCES webhook (id),
    sealed     BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER -- nothing for the current secret
) STRICT;

CREATE INDEX secret_of_webhook ON secret (webhook_id);
CREATE UNIQUE INDEX one_current_secret ON secret (webhook_id) WHERE expires_at IS NULL;
