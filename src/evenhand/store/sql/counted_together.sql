-- What goes in one statement is counted out once, and entries that come together are counted in once.
-- What is counted is as before. A statement that took nothing counts nothing, and waits for nobody.

-- As in there_counts.sql, of what is deleted.
CREATE FUNCTION machinery.records_are_gone() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_there('held', jsonb_build_array(TG_TABLE_NAME, system), -records) FROM (
        SELECT coalesce(origin, 'evenhand') AS system, count(*)::integer AS records FROM gone GROUP BY 1
    ) AS these;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER record_is_there AFTER INSERT OR UPDATE OF origin ON referral
    FOR EACH ROW EXECUTE FUNCTION machinery.record_is_there();
CREATE OR REPLACE TRIGGER record_is_there AFTER INSERT OR UPDATE OF origin ON person
    FOR EACH ROW EXECUTE FUNCTION machinery.record_is_there();
CREATE TRIGGER records_are_gone AFTER DELETE ON referral REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.records_are_gone();
CREATE TRIGGER records_are_gone AFTER DELETE ON person REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.records_are_gone();

-- As in people_there.sql. Of whom nothing is there any more, nothing is worked out.
CREATE OR REPLACE FUNCTION machinery.count_them_anew(ones uuid[], records uuid[]) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    line record;
    ones_there uuid[];
    records_there uuid[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('people_count'));
    ones_there := ARRAY(SELECT DISTINCT one_with FROM person WHERE one_with = ANY (ones));
    records_there := ARRAY(SELECT id FROM person WHERE id = ANY (records));
    FOR line IN
        WITH now AS (
            SELECT one AS whose, its.counted, its.parts::text FROM unnest(ones_there) AS one,
                machinery.counts_of_one(one) AS its
            UNION SELECT one, its.counted, its.parts::text FROM unnest(records_there) AS one,
                machinery.counts_of_record(one) AS its
        ), before AS (
            SELECT whose, counted, parts FROM machinery.counted_as
            WHERE (whose = ANY (ones) AND counted <> 'telling') OR (whose = ANY (records) AND counted = 'telling')
        ), gone AS (
            DELETE FROM machinery.counted_as USING (SELECT * FROM before EXCEPT SELECT * FROM now) AS no_more
            WHERE (counted_as.whose, counted_as.counted, counted_as.parts)
                = (no_more.whose, no_more.counted, no_more.parts)
            RETURNING counted_as.counted, counted_as.parts
        ), come AS (
            INSERT INTO machinery.counted_as (whose, counted, parts) SELECT * FROM now EXCEPT SELECT * FROM before
            RETURNING counted, parts
        )
        SELECT counted, parts, sum(step)::integer AS step FROM (
            SELECT counted, parts, -1 AS step FROM gone UNION ALL SELECT counted, parts, 1 FROM come) AS both_ways
        GROUP BY counted, parts HAVING sum(step) <> 0
    LOOP
        PERFORM machinery.count_there(line.counted, line.parts::jsonb, line.step);
    END LOOP;
END $$;
CREATE FUNCTION machinery.people_are_gone() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM gone) THEN
        PERFORM machinery.count_them_anew(
            ARRAY(SELECT one_with FROM gone UNION
                -- By the index, one after the other: no other way is bounded by how many go.
                SELECT same.one_with FROM gone CROSS JOIN LATERAL (
                    SELECT one_with FROM public.person
                    WHERE tokens && gone.tokens AND standing IN ('held', 'restricted') OFFSET 0) AS same),
            ARRAY(SELECT id FROM gone));
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER person_is_there AFTER INSERT OR
    UPDATE OF standing, one_with, tokens, age_band, birth_date, age_value, telling, child ON person
    FOR EACH ROW EXECUTE FUNCTION machinery.person_is_there();
CREATE TRIGGER people_are_gone AFTER DELETE ON person REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.people_are_gone();

-- Roles and what was decided of telling may go while the person stays. Where the person goes in the
-- same statement, so does all that they are counted as.
CREATE FUNCTION machinery.parts_of_people_are_gone() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    ones uuid[];
    records uuid[];
BEGIN
    SELECT array_agg(DISTINCT one_with), array_agg(id) INTO ones, records
        FROM public.person WHERE id IN (SELECT person_id FROM gone);
    IF records IS NULL THEN
        RETURN NULL;
    ELSIF TG_TABLE_NAME = 'person_link' THEN
        PERFORM machinery.count_them_anew(ones, '{}');
    ELSE
        PERFORM machinery.count_them_anew('{}', records);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER role_is_there AFTER INSERT OR UPDATE OF role, grounds, authorised_at, ended_at
    ON person_link FOR EACH ROW EXECUTE FUNCTION machinery.role_is_there();
CREATE TRIGGER roles_are_gone AFTER DELETE ON person_link REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.parts_of_people_are_gone();
CREATE OR REPLACE TRIGGER telling_is_there AFTER INSERT OR UPDATE OF confirmed_at, replaced_at
    ON notify_decision FOR EACH ROW EXECUTE FUNCTION machinery.telling_is_there();
CREATE TRIGGER tellings_are_gone AFTER DELETE ON notify_decision REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.parts_of_people_are_gone();

-- Entries wait for their indexes in the order of their numbers, as before.
CREATE OR REPLACE FUNCTION wait_for_index() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO machinery.log_pending (entry) SELECT number FROM come ORDER BY number;
    RETURN NULL;
END $$;
DROP TRIGGER wait_for_index ON entry;
CREATE TRIGGER wait_for_index AFTER INSERT ON entry REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION wait_for_index();

-- As in there_counts.sql, of all that are entered at once. Each opening is found by its key: a join
-- might read all of them.
DROP TRIGGER act_is_counted ON entry;
DROP FUNCTION machinery.act_is_counted();
CREATE FUNCTION machinery.acts_are_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_on_day('act', told.parts, told.day, told.acts) FROM (
        SELECT its.parts, its.day, count(*)::integer AS acts
        FROM come CROSS JOIN LATERAL (SELECT fields FROM public.opening WHERE entry = come.number OFFSET 0) AS opened,
            machinery.told_of_act(come.leaf, opened.fields) AS its
        WHERE position('"s62":"consultation"'::bytea IN come.leaf) = 0
            AND position('"act":"attempt'::bytea IN come.leaf) = 0
        GROUP BY its.parts, its.day
    ) AS told;
    RETURN NULL;
END $$;
CREATE TRIGGER acts_are_counted AFTER INSERT ON entry REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.acts_are_counted();
