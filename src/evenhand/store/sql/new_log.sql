-- A log that could not go on is closed, and a new one continues it under another name. Its
-- indexes, keys and checkpoints are kept here, and its tiles in a folder of their own.
CREATE TABLE machinery.log_closed (
    id smallint PRIMARY KEY CHECK (id > 0),
    origin text NOT NULL UNIQUE,
    size bigint NOT NULL CHECK (size >= 0),
    checkpoint text NOT NULL,
    continued_by text NOT NULL UNIQUE CHECK (continued_by <> origin),
    why text NOT NULL,
    at timestamptz NOT NULL,
    entry bigint NOT NULL UNIQUE -- the first of the log that continues it
);
CREATE TABLE machinery.log_closed_index (
    closed smallint NOT NULL REFERENCES machinery.log_closed,
    index bigint NOT NULL CHECK (index >= 0),
    entry bigint NOT NULL,
    PRIMARY KEY (closed, index)
);
CREATE TABLE machinery.log_closed_checkpoint (
    closed smallint NOT NULL REFERENCES machinery.log_closed,
    size bigint NOT NULL,
    checkpoint text NOT NULL,
    signed_at timestamptz NOT NULL,
    cosigned_at timestamptz,
    PRIMARY KEY (closed, size)
);
ALTER TABLE machinery.log_key ADD COLUMN closed smallint REFERENCES machinery.log_closed;
-- Until a new log is begun wholly, no sequencer works.
ALTER TABLE machinery.log_state ADD COLUMN is_closing boolean NOT NULL DEFAULT false;
