-- Who acted, read from an opening as it is stored. The index below can so never say anything else
-- than the log, and goes when the opening goes.
CREATE FUNCTION opening_who(fields text) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN it ->> 1 = 'who' THEN (it ->> 2)::uuid END
    FROM (
        SELECT convert_from(decode(rpad(translate(word, '-_', '+/'),
            (length(word) + 3) / 4 * 4, '='), 'base64'), 'UTF8')::json AS it
        FROM (SELECT fields::json ->> 1 AS word) AS words
    ) AS disclosed
$$;
CREATE INDEX opening_by_officer ON opening (opening_who(fields), entry);

-- A referral's history is what changed it: looks name no version, and have an index of their own.
DROP INDEX entry_of_record;
CREATE INDEX entry_of_record ON entry (obj, number) WHERE ver IS NOT NULL;
CREATE INDEX entry_of_consultation ON entry (obj, number) WHERE ver IS NULL AND obj IS NOT NULL;

-- Looks of the last days, so that a repeated one is counted and not entered again.
CREATE TABLE machinery.consultation (
    entry bigint PRIMARY KEY,
    officer uuid NOT NULL,
    about uuid NOT NULL,
    why text NOT NULL,
    at timestamptz NOT NULL,
    repeats integer NOT NULL DEFAULT 0
);
CREATE INDEX consultation_of_officer ON machinery.consultation (officer, at);
CREATE INDEX consultation_repeated ON machinery.consultation (at) WHERE repeats > 0;

CREATE TABLE machinery.unread (
    id uuid PRIMARY KEY,
    officer uuid NOT NULL,
    note_id uuid NOT NULL,
    referral uuid NOT NULL,
    at timestamptz NOT NULL,
    UNIQUE (officer, note_id)
);
CREATE INDEX unread_about ON machinery.unread (referral);

CREATE TABLE machinery.preference (
    officer uuid PRIMARY KEY,
    shortcuts boolean NOT NULL DEFAULT true,
    break_after_looks smallint CHECK (break_after_looks > 0),
    break_after_minutes smallint CHECK (break_after_minutes > 0)
);
