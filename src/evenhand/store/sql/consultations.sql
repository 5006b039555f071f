-- Who acted, read from an opening as it is stored. The index below can so never say anything else than the
-- log, and goes when the opening goes. In a language whose plans PostgreSQL keeps: this one is asked at
-- every entry.
CREATE FUNCTION opening_who(fields text) RETURNS uuid
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    word constant text := fields::json ->> 1;
    disclosed constant json := convert_from(decode(rpad(translate(word, '-_', '+/'),
        (length(word) + 3) / 4 * 4, '='), 'base64'), 'UTF8');
BEGIN
    RETURN CASE WHEN disclosed ->> 1 = 'who' THEN (disclosed ->> 2)::uuid END;
END $$;
CREATE INDEX opening_by_officer ON opening (opening_who(fields), entry);

-- Looks of the last days, so that a repeated one is counted and not entered again.
CREATE TABLE machinery.consultation (
    entry bigint PRIMARY KEY,
    officer uuid NOT NULL,
    about uuid NOT NULL,
    why text NOT NULL,
    at timestamptz NOT NULL,
    repeats integer NOT NULL DEFAULT 0,
    tried text,
    -- Why somebody looked at a person, sealed under the person's key; kept as long as the person is.
    reason bytea
);
CREATE INDEX consultation_of_officer ON machinery.consultation (officer, at);
CREATE INDEX consultation_about ON machinery.consultation (about);

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
    break_after_minutes smallint CHECK (break_after_minutes > 0),
    quiet_until timestamptz
);
