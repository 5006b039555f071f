-- Many people go in one statement, each under an entry of their own: what was asked of each row is asked
-- of all of them once. What is asked, and what comes of it, is as before.

-- Writes the certificate of each, and the trace of whom it names wholly, under the entry of each. The
-- last of these entries stays named: what belongs to all of them, as the tallies do, is under it.
CREATE FUNCTION certify_each(
    entries bigint[], certificates text[], records uuid[], systems text[], schedules text[],
    since date[], last_days date[], traces bytea[], today date, moment timestamptz
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    it record;
BEGIN
    FOR it IN SELECT * FROM unnest(entries, certificates, records, systems, schedules, since, last_days, traces)
            AS given (entry, certificate, record, system, schedule, since, last_day, trace) LOOP
        PERFORM set_config('evenhand.entry', it.entry::text, true);
        INSERT INTO disposal (id, reference, record, kind, what, system, schedule, because, created_on, max_on, day, at)
        VALUES (gen_random_uuid(), it.certificate, it.record, 'person', 'record', it.system, it.schedule,
            'not_released', it.since, it.last_day, today, moment);
        IF it.trace IS NOT NULL THEN
            INSERT INTO disposed_trace (id, trace, day) VALUES (gen_random_uuid(), it.trace, today);
        END IF;
    END LOOP;
END $$;

-- As in unique.sql, but for what is deleted.
CREATE OR REPLACE FUNCTION person_is_counted() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    today date;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.one_with := NEW.id;
        today := (NEW.proposed_at AT TIME ZONE 'UTC')::date - 1;
        IF NOT EXISTS (SELECT FROM document_version WHERE kind = 'dpia' AND stage = 'in_force'
                       AND review_on + 60 >= today) THEN
            RAISE EXCEPTION 'E-DPIA-58: no impact assessment in force' USING ERRCODE = 'check_violation';
        ELSIF EXISTS (SELECT FROM document_version WHERE stage = 'awaiting_ico') THEN
            RAISE EXCEPTION 'E-DPIA-60: the Commissioner has not advised' USING ERRCODE = 'check_violation';
        ELSIF NOT EXISTS (SELECT FROM document_version WHERE kind = 'apd' AND stage = 'in_force'
                          AND review_on >= today) THEN
            RAISE EXCEPTION 'E-APD-05: no policy document in force' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.standing IN ('held', 'restricted')) = (NEW.standing IN ('held', 'restricted'))
        AND (OLD.one_with, OLD.origin) IS NOT DISTINCT FROM (NEW.one_with, NEW.origin) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.standing IN ('held', 'restricted') THEN
        PERFORM count_person(OLD.id, OLD.one_with, OLD.origin, -1);
    END IF;
    IF NEW.standing IN ('held', 'restricted') THEN
        PERFORM count_person(NEW.id, NEW.one_with, NEW.origin, 1);
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER person_is_counted BEFORE INSERT OR UPDATE ON person
    FOR EACH ROW EXECUTE FUNCTION person_is_counted();

-- People go with a certificate or not at all (E-CNT-29), and are counted out: who is on record no longer
-- in any record that was joined with theirs is one person less, on the desk and of each old system.
CREATE FUNCTION people_go() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    it record;
BEGIN
    IF EXISTS (SELECT FROM gone WHERE NOT EXISTS (
            SELECT FROM disposal WHERE record = gone.id AND what = 'record')) THEN
        RAISE EXCEPTION 'E-CNT-29: a record is not deleted without a certificate of its disposal'
            USING ERRCODE = 'insufficient_privilege', HINT = 'One officer proposes, another releases.';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('people_count'));
    FOR it IN
        SELECT named, count(*) AS records, count(DISTINCT one_with) FILTER (WHERE is_last) AS people
        FROM (
            SELECT named, gone.one_with, NOT EXISTS (
                SELECT FROM person AS other WHERE other.one_with = gone.one_with
                    AND other.standing IN ('held', 'restricted')
                    AND (named = '' OR coalesce(other.origin, 'evenhand') = named)) AS is_last
            FROM gone CROSS JOIN unnest(ARRAY['', coalesce(gone.origin, 'evenhand')]) AS named
            WHERE gone.standing IN ('held', 'restricted')
        ) AS these GROUP BY named ORDER BY named
    LOOP
        UPDATE people_count SET records = records - it.records, people = people - it.people
            WHERE system = it.named;
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER record_goes ON person;
CREATE TRIGGER people_go AFTER DELETE ON person REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION people_go();

-- As in retention.sql, of each who goes and of whom something was decided with another.
CREATE OR REPLACE FUNCTION person_leaves_others() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    who uuid;
    others uuid[];
BEGIN
    FOR who IN SELECT id FROM gone WHERE EXISTS (SELECT FROM combination WHERE first_id = gone.id)
            OR EXISTS (SELECT FROM combination WHERE second_id = gone.id) ORDER BY id LOOP
        SELECT array_agg(CASE WHEN first_id = who THEN second_id ELSE first_id END ORDER BY id)
            INTO others FROM combination WHERE standing = 'joined' AND who IN (first_id, second_id);
        DELETE FROM combination WHERE standing = 'proposed' AND first_id = ANY (others) AND second_id = ANY (others);
        UPDATE combination SET reason = NULL, answer = NULL,
            first_id = CASE WHEN first_id = who THEN others[1] ELSE first_id END,
            second_id = CASE WHEN second_id = who THEN others[1] ELSE second_id END
            WHERE standing = 'joined' AND who IN (first_id, second_id)
                AND others[1] NOT IN (first_id, second_id);
        DELETE FROM combination WHERE who IN (first_id, second_id);
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER person_leaves_others ON person;
CREATE TRIGGER person_leaves_others AFTER DELETE ON person REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION person_leaves_others();
