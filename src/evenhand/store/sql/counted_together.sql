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

CREATE TRIGGER wait_for_index AFTER INSERT ON entry REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION wait_for_index();

-- As in there_counts.sql, of all that are entered at once. Each opening is found by its key: a join
-- might read all of them.
DROP FUNCTION machinery.act_is_counted();
CREATE FUNCTION machinery.acts_are_counted() RETURNS trigger LANGUAGE plpgsql
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
CREATE TRIGGER acts_are_counted AFTER INSERT ON entry REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.acts_are_counted();
