-- Many people go in one statement, each under an entry of their own: what was asked of each row is asked
-- of all of them once. What is asked, and what comes of it, is as before.

-- Writes the certificate of each, and the trace of whom it names wholly, under the entry of each. The last
-- of these entries stays named: what belongs to all of them, as the tallies do, is under it. Whose a trace
-- is stands nowhere but in `evenhand.entries`, for this transaction.
CREATE FUNCTION certify_each(
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

CREATE OR REPLACE TRIGGER person_is_counted BEFORE INSERT OR UPDATE ON person
    FOR EACH ROW EXECUTE FUNCTION person_is_counted();

-- People go with a certificate or not at all (E-CNT-29), and are counted out: who is on record no longer
-- in any record that was joined with theirs is one person less, on the desk and of each old system. Who
-- stays of those that were one with somebody who goes is found once.
CREATE FUNCTION people_go() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
CREATE TRIGGER people_go AFTER DELETE ON person REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION people_go();

CREATE TRIGGER person_leaves_others AFTER DELETE ON person REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION person_leaves_others();
