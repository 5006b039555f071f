-- Certificates and traces of many who go come in two statements, each row under the entry of whose it is;
-- and certificates are counted in once a statement. What is written and counted is as before.

-- As in together.sql. Whose a trace is stands nowhere but in `evenhand.entries`, for this transaction.
CREATE OR REPLACE FUNCTION certify_each(
    entries bigint[], certificates text[], records uuid[], systems text[], schedules text[],
    since date[], last_days date[], traces bytea[], today date, moment timestamptz
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    ids uuid[] := ARRAY(SELECT gen_random_uuid() FROM generate_series(1, cardinality(entries)));
BEGIN
    PERFORM set_config('evenhand.entries', (current_setting('evenhand.entries')::jsonb
        || (SELECT jsonb_object_agg(id, entry) FROM unnest(ids, entries) AS these (id, entry)))::text, true);
    INSERT INTO disposal (id, reference, record, kind, what, system, schedule, because, created_on, max_on, day, at)
    SELECT gen_random_uuid(), certificate, record, 'person', 'record', system, schedule, 'not_released',
        created_on, max_on, today, moment
    FROM unnest(certificates, records, systems, schedules, since, last_days)
        AS given (certificate, record, system, schedule, created_on, max_on);
    INSERT INTO disposed_trace (id, trace, day)
    SELECT id, trace, today FROM unnest(ids, traces) AS given (id, trace) WHERE trace IS NOT NULL;
END $$;

-- As in day_counts.sql, of all certificates that come at once.
DROP TRIGGER days_of_disposal ON disposal;
CREATE FUNCTION machinery.days_of_disposals_are_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_on_day(counted, parts, day, step) FROM (
        SELECT its.counted, its.parts, its.day, count(*)::integer AS step
        FROM come CROSS JOIN LATERAL machinery.days_of(ROW(come.*)::disposal) AS its
        GROUP BY its.counted, its.parts, its.day
    ) AS these;
    RETURN NULL;
END $$;
CREATE TRIGGER days_of_disposal AFTER INSERT ON disposal REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.days_of_disposals_are_counted();

-- As in held.sql and rights_reviews.sql, of all that was said and goes at once.
CREATE FUNCTION held_words_are_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM gone JOIN hold ON hold.person_id = gone.person_id
            WHERE hold.ended_at IS NULL AND (hold.expires_on IS NULL OR hold.expires_on >= current_date))
        OR EXISTS (SELECT FROM gone JOIN rights_found AS found ON found.person_id = gone.person_id
            JOIN rights_request AS asked ON asked.id = found.request_id
            WHERE asked.standing = 'lifted' OR asked.standing = 'open' AND asked.kind <> 'rectification') THEN
        RAISE EXCEPTION 'E-HOLD-30: what is held about a person is not destroyed'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Wait until the hold has ended.';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER held_is_kept ON person_statement;
CREATE TRIGGER held_is_kept AFTER DELETE ON person_statement REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION held_words_are_kept();
