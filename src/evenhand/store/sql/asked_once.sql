-- What is asked of each entry, and of each who goes, is asked once of all that come in one statement, and of
-- an entry no more is read than is counted. What is refused and counted is as before.

-- As in training.sql, of all entries of a statement.
DROP TRIGGER desk_is_open ON entry;
CREATE OR REPLACE FUNCTION desk_is_open() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF desk_is_closed() AND EXISTS (
        SELECT FROM (SELECT number, split_part(encode(leaf, 'escape'), '"', 4) AS act FROM come) AS told,
            LATERAL (SELECT CASE
                WHEN split_part(act, '.', 1) IN ('desk', 'officer', 'token', 'key', 'log', 'attempt') THEN
                    ARRAY['officer I', 'officer U', 'token I', 'token U', 'token D', 'absence D', 'training D',
                          'restoration I', 'restoration U', 'record_key I']
                WHEN act = 'platform.endtoken' THEN ARRAY['platform_token U']
                WHEN act = 'platform.endsignoff' THEN ARRAY['sign_off U']
                WHEN act = 'link.revoke' THEN ARRAY['referral U', 'move I']
            END AS changes) AS may
        WHERE changes IS NULL OR EXISTS (
            SELECT FROM change WHERE entry = told.number AND row_table || ' ' || operation <> ALL (changes))) THEN
        RAISE EXCEPTION 'E-OPEN-01: this desk was restored and is not open yet'
            USING ERRCODE = 'check_violation', HINT = 'An administrator proposes, the data protection officer attests.';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER desk_is_open AFTER INSERT ON entry REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION desk_is_open();

-- As in counted_together.sql. What is disclosed has no quotation mark in it, and of what comes nothing is erased
-- yet: so its place is found without reading the rest. Of entries from before, `told_of_act` tells.
CREATE FUNCTION machinery.said_in(disclosed text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif(convert_from(decode(rpad(translate(disclosed, '-_', '+/'), (length(disclosed) + 3) / 4 * 4, '='),
        'base64'), 'UTF8'), '')::json ->> 2
$$;
CREATE OR REPLACE FUNCTION machinery.acts_are_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_on_day('act', jsonb_build_array(act, who), day, acts) FROM (
        SELECT split_part(encode(come.leaf, 'escape'), '"', 4) AS act,
            CASE machinery.said_in(split_part(opened.fields, '"', 4))
                WHEN '00000000-0000-0000-0000-000000000001' THEN 'worker'
                WHEN '00000000-0000-0000-0000-000000000002' THEN 'public' ELSE 'officer' END AS who,
            machinery.day_of(machinery.said_in(split_part(opened.fields, '"', 2))::timestamptz) AS day,
            count(*)::integer AS acts
        FROM come CROSS JOIN LATERAL (SELECT fields FROM public.opening WHERE entry = come.number OFFSET 0) AS opened
        WHERE position('"s62":"consultation"'::bytea IN come.leaf) = 0
            AND position('"act":"attempt'::bytea IN come.leaf) = 0
        GROUP BY 1, 2, 3
    ) AS told;
    RETURN NULL;
END $$;

-- As in together.sql. Who stays of those that were one with somebody who goes is found once.
CREATE OR REPLACE FUNCTION people_go() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    ones constant uuid[] := ARRAY(SELECT DISTINCT one_with FROM gone);
    it record;
BEGIN
    IF EXISTS (SELECT FROM gone WHERE NOT EXISTS (
            SELECT FROM disposal WHERE record = gone.id AND what = 'record')) THEN
        RAISE EXCEPTION 'E-CNT-29: a record is not deleted without a certificate of its disposal'
            USING ERRCODE = 'insufficient_privilege', HINT = 'One officer proposes, another releases.';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('people_count'));
    FOR it IN
        WITH stays AS MATERIALIZED (
            SELECT one_with, coalesce(origin, 'evenhand') AS system FROM person
            WHERE one_with = ANY (ones) AND standing IN ('held', 'restricted')
        )
        SELECT named, count(*) AS records, count(DISTINCT gone.one_with) FILTER (WHERE NOT EXISTS (
            SELECT FROM stays WHERE stays.one_with = gone.one_with AND named IN ('', stays.system))) AS people
        FROM gone CROSS JOIN unnest(ARRAY['', coalesce(gone.origin, 'evenhand')]) AS named
        WHERE gone.standing IN ('held', 'restricted')
        GROUP BY named ORDER BY named
    LOOP
        UPDATE people_count SET records = records - it.records, people = people - it.people
            WHERE system = it.named;
    END LOOP;
    RETURN NULL;
END $$;
