-- The log's tables and the machinery. Run once by the first migration, as the owner.
CREATE SCHEMA IF NOT EXISTS machinery;

CREATE SEQUENCE entry_number AS bigint;
CREATE SEQUENCE referral_number AS bigint;

-- An entry belongs to the transaction that made it: `made_in` is part of what a change refers to,
-- so a change of another transaction cannot ride on it.
CREATE TABLE entry (
    number bigint NOT NULL,
    made_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    obj uuid,
    ver integer CHECK (ver > 0),
    leaf bytea NOT NULL,
    leaf_hash bytea NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (number, made_in),
    CONSTRAINT entry_leaf_hash CHECK (leaf_hash = sha256('\x00'::bytea || leaf)),
    CONSTRAINT entry_leaf_holds_no_words CHECK (encode(leaf, 'escape') ~
        '^\{"act":"[a-z]+\.[a-z]+","day":"\d{4}-\d\d-\d\d","f":"[A-Za-z0-9_-]{43}","n":[1-9]\d?,"s62":"(collection|alteration|consultation|disclosure|combination|erasure|none)","v":1\}$')
) PARTITION BY RANGE (number);
CREATE INDEX entry_of_record ON entry (obj, number);

CREATE TABLE opening (
    entry bigint NOT NULL PRIMARY KEY REFERENCES entry (number),
    fields text NOT NULL
) PARTITION BY RANGE (entry);

CREATE SEQUENCE change_number AS bigint;
CREATE TABLE change (
    entry bigint NOT NULL,
    number bigint NOT NULL DEFAULT nextval('change_number'),
    made_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    row_table text NOT NULL,
    row_key text NOT NULL,
    operation char(1) NOT NULL CHECK (operation IN ('I', 'U', 'D')),
    digest bytea NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (entry, number),
    CONSTRAINT change_belongs_to_an_entry FOREIGN KEY (entry, made_in)
        REFERENCES entry (number, made_in) DEFERRABLE INITIALLY DEFERRED
) PARTITION BY RANGE (entry);
CREATE INDEX change_of_row ON change (row_table, row_key, number);

-- Partitions of ten million entries; `evenhand migrate` keeps four empty ones ahead.
CREATE FUNCTION make_partitions_ahead() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    size constant bigint := 10000000;
    here bigint := (SELECT last_value FROM entry_number) / size;
    part bigint;
    parent text;
BEGIN
    FOR part IN here .. here + 4 LOOP
        FOREACH parent IN ARRAY ARRAY['entry', 'opening', 'change'] LOOP
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)',
                           parent || '_' || part, parent, part * size, (part + 1) * size);
        END LOOP;
    END LOOP;
END $$;
SELECT make_partitions_ahead();

-- Tables outside casework: what is half typed, answers to repeated requests, and the cache.
CREATE TABLE machinery.draft (
    id uuid PRIMARY KEY,
    officer uuid,
    form text NOT NULL,
    wrapped_key bytea NOT NULL,
    answers bytea NOT NULL,
    saved_at timestamptz NOT NULL
);
CREATE INDEX draft_of_officer ON machinery.draft (officer, form);
CREATE TABLE machinery.repeat (
    id uuid PRIMARY KEY,
    officer uuid NOT NULL,
    key_digest bytea NOT NULL,
    request_digest bytea NOT NULL,
    status smallint,
    wrapped_key bytea,
    answer bytea,
    made_at timestamptz NOT NULL,
    UNIQUE (officer, key_digest)
);
CREATE TABLE machinery.cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_expires ON machinery.cache (expires);
