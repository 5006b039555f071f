-- The guard, and what compares rows with the changes that it noted. Run after every migration.

-- The SHA-256 of a row as the log keeps it. Who calls it makes the row into JSON, under the settings
-- that stand at the guard: they say how times and bytes are written.
CREATE OR REPLACE FUNCTION row_digest(line jsonb) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(convert_to(jsonb_strip_nulls(line)::text, 'UTF8'))
$$;

-- A row as it is compared. A column that a later version brought, with a value of its own for what was there,
-- is left out while it has that value: else every row from before would differ from what the log noted.
-- What stands here stays here.
CREATE OR REPLACE FUNCTION row_noted(named text, line jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN named = 'document_version' AND line -> 'harms' = '[]' THEN line - 'harms'
        WHEN named = 'export' AND line -> 'child' = 'false' THEN line - 'child'
        WHEN named = 'import_row' AND line -> 'tokens' = '[]' THEN line - 'tokens'
        ELSE line
    END
$$;

-- The guard: no change without an entry of its own, and a digest of every row as stored.
CREATE OR REPLACE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO'
    SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
DECLARE
    named text := current_setting('evenhand.entry', true);
    line jsonb;
BEGIN
    IF named IS NULL OR named = '' THEN
        RAISE EXCEPTION 'E-LOG-52: % of % without a log entry', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'Casework is changed by an act, through the pen.';
    END IF;
    IF EXISTS (SELECT FROM entry WHERE number = named::bigint) THEN
        RAISE EXCEPTION 'E-LOG-52: % of % under log entry %, which is closed', TG_OP, TG_TABLE_NAME, named
            USING ERRCODE = 'insufficient_privilege', HINT = 'Each act has an entry of its own.';
    END IF;
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'E-LOG-52: TRUNCATE of % is never allowed', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    line := to_jsonb(NEW);
    INSERT INTO change (entry, row_table, row_key, operation, digest) VALUES (
        named::bigint, TG_TABLE_NAME, line ->> 'id', left(TG_OP, 1),
        row_digest(row_noted(TG_TABLE_NAME, line)));
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION guard() FROM PUBLIC;

-- The same of what is deleted, and of certificates and traces that come, once for a whole statement. Where
-- many records go at once, each with an entry of its own, `evenhand.entries` says whose row belongs to
-- which; the others, and all rows of a single act, belong to the entry that is named. A statement that
-- changes no row changes nothing.
CREATE OR REPLACE FUNCTION guard_together() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO'
    SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
DECLARE
    named text := nullif(current_setting('evenhand.entry', true), '');
    each jsonb;
    numbers bigint[];
    closed bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM these) THEN
        RETURN NULL;
    ELSIF named IS NULL THEN
        RAISE EXCEPTION 'E-LOG-52: % of % without a log entry', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'Casework is changed by an act, through the pen.';
    END IF;
    each := nullif(current_setting('evenhand.entries', true), '');
    WITH changed AS (
        INSERT INTO change (entry, row_table, row_key, operation, digest)
        SELECT coalesce(each ->> (line ->> 'person_id'), each ->> (line ->> 'id'),
                each ->> (line ->> 'record'), named)::bigint,
            TG_TABLE_NAME, line ->> 'id', left(TG_OP, 1), row_digest(row_noted(TG_TABLE_NAME, line))
        FROM (SELECT to_jsonb(these) AS line FROM these OFFSET 0) AS lines
        RETURNING entry
    )
    SELECT array_agg(DISTINCT changed.entry) INTO numbers FROM changed;
    -- By the keys, also where the log is long: a join might read all of it.
    SELECT number INTO closed FROM entry WHERE number = ANY (numbers) LIMIT 1;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'E-LOG-52: % of % under log entry %, which is closed', TG_OP, TG_TABLE_NAME, closed
            USING ERRCODE = 'insufficient_privilege', HINT = 'Each act has an entry of its own.';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION guard_together() FROM PUBLIC;

-- Compares rows with the last change that the log holds of each: one step through the keys of one
-- table, in their order, at most so many. Under the same settings as the guard. The last change is
-- that of the entry with the greatest index: the tree holds that order, and `change.number` stands
-- in nothing that is signed. Entries that wait for an index come after all that have one, and a row
-- is locked from its change to the end of its act, so of these the numbers are in order.
CREATE OR REPLACE FUNCTION rows_as_logged(
    named text, after text, most integer, OUT read bigint, OUT last text, OUT differing jsonb
) LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO'
    SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
BEGIN
    EXECUTE format($step$
        SELECT count(*), max(row_key),
            jsonb_agg(jsonb_build_array(row_key, operation, stored IS NULL))
                FILTER (WHERE (operation = 'D') <> (stored IS NULL)
                    OR (operation <> 'D' AND stored <> digest))
        FROM (
            SELECT logged.row_key, logged.operation, logged.digest,
                row_digest(row_noted($1, to_jsonb(it))) AS stored
            FROM (
                SELECT DISTINCT ON (row_key) row_key, operation, digest FROM change
                WHERE row_table = $1 AND row_key > $2
                -- By the key of each entry: a join would read the whole index for a step.
                ORDER BY row_key, (SELECT index FROM machinery.log_index AS given
                                   WHERE given.entry = change.entry) DESC NULLS FIRST, number DESC
                LIMIT $3
            ) AS logged
            LEFT JOIN %I AS it ON it.id = CASE
                WHEN logged.row_key ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                THEN logged.row_key::uuid END
            OFFSET 0 -- so that each digest is computed once
        ) AS compared
    $step$, named) INTO read, last, differing USING named, after, most;
END $$;

-- Finds rows of which the log holds no change at all: one step through one table, by key; from the
-- first one on where `after` is null.
CREATE OR REPLACE FUNCTION rows_not_logged(
    named text, after uuid, most integer, OUT read bigint, OUT last text, OUT keys text[]
) LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format($step$
        SELECT count(*), (array_agg(id ORDER BY id DESC))[1]::text,
            array_agg(id::text) FILTER (WHERE NOT EXISTS (
                SELECT FROM change WHERE row_table = $1 AND row_key = id::text))
        FROM (SELECT id FROM %I WHERE $2 IS NULL OR id > $2 ORDER BY id LIMIT $3) AS these
    $step$, named) INTO read, last, keys USING named, after, most;
END $$;
