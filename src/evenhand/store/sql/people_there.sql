-- People on record as counts see them. What each person, and each of their records, adds to a count
-- stands in `counted_as` and is worked out anew when something of them changes; the difference is
-- counted. It goes with them.
CREATE TABLE machinery.counted_as (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    whose uuid NOT NULL,
    counted text NOT NULL,
    parts text NOT NULL,
    UNIQUE (whose, counted, parts)
);

-- One person, whose records are joined: how old they were when they were first recorded and what is
-- known of it, each role in force, and why they are suspected. `people_undecided` counts those who may
-- be one with somebody before them, because nobody has decided it yet.
CREATE FUNCTION machinery.counts_of_one(one uuid) RETURNS TABLE (counted text, parts jsonb)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH records AS (
        SELECT * FROM person WHERE one_with = one AND standing IN ('held', 'restricted')
    ), earliest AS (
        SELECT coalesce(age_band, 'not_kept') AS band, CASE WHEN birth_date IS NOT NULL THEN 'birth_date'
            WHEN age_value IS NOT NULL THEN 'age' ELSE 'unknown' END AS known
        FROM records ORDER BY proposed_at, id LIMIT 1
    ), roles AS (
        SELECT role, grounds FROM person_link WHERE person_id IN (SELECT id FROM records)
            AND authorised_at IS NOT NULL AND ended_at IS NULL
    )
    SELECT 'people', jsonb_build_array(band, known) FROM earliest
    UNION SELECT 'people_by_role', jsonb_build_array(role, band) FROM roles, earliest
    UNION SELECT 'people_by_grounds', jsonb_build_array(unnest(grounds)) FROM roles
    UNION SELECT 'people_undecided', '[]' FROM records WHERE EXISTS (
        SELECT FROM person AS other WHERE other.one_with < one AND other.standing IN ('held', 'restricted')
            AND (other.tokens && records.tokens OR EXISTS (SELECT FROM combination WHERE standing = 'proposed'
                AND records.id IN (first_id, second_id) AND other.id IN (first_id, second_id)))
            AND NOT EXISTS (SELECT FROM combination WHERE standing IN ('apart', 'joined')
                AND records.id IN (first_id, second_id) AND other.id IN (first_id, second_id)))
$$;

-- One record: whether the person is told that they are on it. The day is that of its review, or the
-- one on which it was recorded.
CREATE FUNCTION machinery.counts_of_record(its uuid) RETURNS TABLE (counted text, parts jsonb)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT 'telling', CASE
        WHEN made.telling = 'tell' OR it.telling = 'tell' THEN '["told", "", "", false]'::jsonb
        WHEN made.confirmed_at IS NOT NULL THEN jsonb_build_array('withheld', made.ground, made.review_on, it.child)
        ELSE jsonb_build_array('undecided', '', machinery.day_of(it.proposed_at), it.child) END
    FROM person AS it LEFT JOIN notify_decision AS made ON made.person_id = it.id AND made.replaced_at IS NULL
    WHERE it.id = its AND it.standing IN ('held', 'restricted')
$$;

-- Of whom nothing is there any more, nothing is worked out.
CREATE FUNCTION machinery.count_them_anew(ones uuid[], records uuid[]) RETURNS void LANGUAGE plpgsql
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

-- Whoever has the same whole name and birth date may become undecided, or be so no more.
CREATE FUNCTION machinery.person_is_there() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    old_one uuid := CASE WHEN TG_OP <> 'INSERT' THEN OLD.one_with END;
    new_one uuid := CASE WHEN TG_OP <> 'DELETE' THEN NEW.one_with END;
    same bytea[] := CASE WHEN TG_OP <> 'INSERT' THEN OLD.tokens ELSE '{}' END
        || CASE WHEN TG_OP <> 'DELETE' THEN NEW.tokens ELSE '{}' END;
BEGIN
    PERFORM machinery.count_them_anew(
        array_remove(ARRAY[old_one, new_one], NULL) || ARRAY(
            SELECT one_with FROM public.person WHERE tokens && same AND standing IN ('held', 'restricted')),
        ARRAY[coalesce(NEW.id, OLD.id)]);
    RETURN NULL;
END $$;
CREATE TRIGGER person_is_there AFTER INSERT OR DELETE OR
    UPDATE OF standing, one_with, tokens, age_band, birth_date, age_value, telling, child ON person
    FOR EACH ROW EXECUTE FUNCTION machinery.person_is_there();
CREATE FUNCTION machinery.role_is_there() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_them_anew(ARRAY(
        SELECT one_with FROM public.person WHERE id = coalesce(NEW.person_id, OLD.person_id)), '{}');
    RETURN NULL;
END $$;
CREATE TRIGGER role_is_there AFTER INSERT OR DELETE OR UPDATE OF role, grounds, authorised_at, ended_at
    ON person_link FOR EACH ROW EXECUTE FUNCTION machinery.role_is_there();
CREATE FUNCTION machinery.telling_is_there() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_them_anew('{}', ARRAY[coalesce(NEW.person_id, OLD.person_id)]);
    RETURN NULL;
END $$;
CREATE TRIGGER telling_is_there AFTER INSERT OR DELETE OR UPDATE OF confirmed_at, replaced_at
    ON notify_decision FOR EACH ROW EXECUTE FUNCTION machinery.telling_is_there();
CREATE FUNCTION machinery.combination_is_there() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_them_anew(ARRAY(SELECT one_with FROM public.person WHERE id IN
        (coalesce(NEW.first_id, OLD.first_id), coalesce(NEW.second_id, OLD.second_id))), '{}');
    RETURN NULL;
END $$;
CREATE TRIGGER combination_is_there AFTER INSERT OR DELETE OR UPDATE OF standing ON combination
    FOR EACH ROW EXECUTE FUNCTION machinery.combination_is_there();
