-- The log's tables and the machinery. Run once, as the owner.
CREATE SCHEMA IF NOT EXISTS machinery;

-- From which day on it is kept on which day each count came to be known, and until which day, the last
-- one included, what was known is added up. Nothing can be known on such a day any more, whatever a
-- transaction that began on it, or a clock, takes for today: the day is closed.
CREATE TABLE machinery.known_since (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    day date NOT NULL,
    added_up date
);
CREATE FUNCTION machinery.known_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT greatest((now() AT TIME ZONE
        coalesce(nullif(current_setting('evenhand.zone', true), ''), 'UTC'))::date,
        (SELECT added_up + 1 FROM machinery.known_since))
$$;
INSERT INTO machinery.known_since (day) VALUES (machinery.known_today());

CREATE SEQUENCE entry_number AS bigint;
CREATE SEQUENCE referral_number AS bigint;

-- What every entry is held to, said so that PostgreSQL answers quickly: one pattern of this length took
-- longer to match than everything else about an entry.
CREATE FUNCTION leaf_holds_no_words(leaf bytea) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    part constant text[] := string_to_array(encode(leaf, 'escape'), '"');
BEGIN
    RETURN array_length(part, 1) = 21 AND part[1] = '{'
        AND part[2] = 'act' AND part[3] = ':' AND part[4] ~ '^[a-z]+\.[a-z]+$' AND part[5] = ','
        AND part[6] = 'day' AND part[7] = ':' AND part[8] ~ '^\d{4}-\d\d-\d\d$' AND part[9] = ','
        AND part[10] = 'f' AND part[11] = ':' AND part[12] ~ '^[A-Za-z0-9_-]+$'
        AND length(part[12]) = 43 AND part[13] = ','
        AND part[14] = 'n' AND part[15] ~ '^:[1-9]\d?,$'
        AND part[16] = 's62' AND part[17] = ':' AND part[18] IN ('collection', 'alteration',
            'consultation', 'disclosure', 'combination', 'erasure', 'none') AND part[19] = ','
        AND part[20] = 'v' AND part[21] = ':1}';
END $$;

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
    CONSTRAINT entry_leaf_holds_no_words CHECK (leaf_holds_no_words(leaf) IS TRUE)
) PARTITION BY RANGE (number);

-- A referral's history is what changed it: looks name no version, and have an index of their own.
CREATE INDEX entry_of_record ON entry (obj, number) WHERE ver IS NOT NULL;
CREATE INDEX entry_of_consultation ON entry (obj, number) WHERE ver IS NULL AND obj IS NOT NULL;

CREATE TABLE opening (
    entry bigint NOT NULL PRIMARY KEY,
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
    PRIMARY KEY (entry, number)
) PARTITION BY RANGE (entry);
CREATE INDEX change_of_row ON change (row_table, row_key, number);

-- Tables outside casework: what is half typed, answers to repeated requests, saved lists, and the
-- cache.
CREATE TABLE machinery.draft (
    id uuid PRIMARY KEY,
    officer uuid,
    form text NOT NULL,
    wrapped_key bytea NOT NULL,
    answers bytea NOT NULL,
    saved_at timestamptz NOT NULL,
    about text[]
);
CREATE INDEX draft_of_officer ON machinery.draft (officer, form);
CREATE INDEX draft_about ON machinery.draft USING gin (about);
CREATE TABLE machinery.repeat (
    id uuid PRIMARY KEY,
    officer uuid NOT NULL,
    key_digest bytea NOT NULL,
    request_digest bytea NOT NULL,
    status smallint,
    wrapped_key bytea,
    answer bytea,
    made_at timestamptz NOT NULL,
    about text[] NOT NULL DEFAULT '{}',
    UNIQUE (officer, key_digest)
);
CREATE INDEX repeat_about ON machinery.repeat USING gin (about);
CREATE TABLE machinery.saved_list (
    id uuid PRIMARY KEY,
    officer uuid NOT NULL,
    wrapped_key bytea NOT NULL,
    filters bytea NOT NULL,
    saved_at timestamptz NOT NULL
);
CREATE INDEX saved_list_of_officer ON machinery.saved_list (officer, saved_at);
CREATE TABLE machinery.cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_expires ON machinery.cache (expires);
