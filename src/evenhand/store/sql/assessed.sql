-- How many referrals were assessed in each quarter, and how many of them sent: by one thing at a time, so
-- that no count can be joined to a record. A referral counts in a quarter by its last assessment of it.
-- It stays counted when its record is disposed of.
CREATE FUNCTION machinery.quarter_of(happened timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT date_trunc('quarter', machinery.day_of(happened))::date
$$;

CREATE FUNCTION machinery.assessed_as(its referral, them assessment) RETURNS TABLE (parts jsonb)
    LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(way, category, its.sent_at IS NOT NULL) FROM (VALUES
        ('all', ''), ('ground', them.ground), ('harm', them.harm), ('language', its.language),
        ('platform', machinery.platform_counted(its.platform))) AS one_of_each (way, category)
    UNION ALL SELECT jsonb_build_array('expression', category, its.sent_at IS NOT NULL)
        FROM unnest(CASE them.expression WHEN '{}' THEN ARRAY['none'] ELSE them.expression END) AS category
$$;

CREATE FUNCTION machinery.assessment_is_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    its referral;
    earlier assessment;
    quarter date := machinery.quarter_of(NEW.at);
BEGIN
    SELECT * INTO its FROM public.referral WHERE id = NEW.referral_id;
    SELECT * INTO earlier FROM public.assessment WHERE referral_id = NEW.referral_id AND id <> NEW.id
        AND machinery.quarter_of(at) = quarter ORDER BY at DESC, number DESC LIMIT 1;
    PERFORM machinery.count_on_day('assessed', parts, quarter, -1)
        FROM machinery.assessed_as(its, earlier) WHERE earlier.id IS NOT NULL;
    PERFORM machinery.count_on_day('assessed', parts, quarter, 1) FROM machinery.assessed_as(its, NEW);
    RETURN NULL;
END $$;
CREATE TRIGGER assessment_is_counted AFTER INSERT ON assessment
    FOR EACH ROW EXECUTE FUNCTION machinery.assessment_is_counted();

CREATE FUNCTION machinery.assessed_is_sent() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    them assessment;
BEGIN
    FOR them IN SELECT DISTINCT ON (machinery.quarter_of(at)) * FROM public.assessment
            WHERE referral_id = NEW.id ORDER BY machinery.quarter_of(at), at DESC, number DESC LOOP
        PERFORM machinery.count_on_day('assessed', parts, machinery.quarter_of(them.at), -1)
            FROM machinery.assessed_as(OLD, them);
        PERFORM machinery.count_on_day('assessed', parts, machinery.quarter_of(them.at), 1)
            FROM machinery.assessed_as(NEW, them);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER assessed_is_sent AFTER UPDATE OF sent_at ON referral FOR EACH ROW
    WHEN ((OLD.sent_at IS NULL) <> (NEW.sent_at IS NULL)) EXECUTE FUNCTION machinery.assessed_is_sent();

-- What there is when this is first counted. Of assessments that are gone by then the log has the act and
-- the day, and nothing else: they are counted as missing.
CREATE FUNCTION machinery.count_assessed_before(zone text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM set_config('evenhand.zone', zone, true);
    INSERT INTO machinery.day_count (counted, day, parts, slot, number)
    SELECT 'assessed', machinery.quarter_of((rows.them).at), its.parts::text, 0, count(*)
    FROM (
        SELECT theirs, them FROM public.assessment AS them JOIN public.referral AS theirs ON theirs.id = them.referral_id
        WHERE them.id IN (SELECT DISTINCT ON (referral_id, machinery.quarter_of(at)) id FROM public.assessment
            ORDER BY referral_id, machinery.quarter_of(at), at DESC, number DESC)
        OFFSET 0
    ) AS rows, machinery.assessed_as(rows.theirs, rows.them) AS its
    GROUP BY 2, 3;
    INSERT INTO machinery.day_count (counted, day, parts, slot, number)
    SELECT 'assessed_missing', quarter, '[]', 0, sum(step)
    FROM (
        SELECT date_trunc('quarter', at AT TIME ZONE 'UTC')::date AS quarter, -1 AS step FROM public.assessment
        UNION ALL
        SELECT date_trunc('quarter', (convert_from(leaf, 'UTF8')::jsonb ->> 'day')::date)::date, 1
            FROM public.entry WHERE position('"act":"assessment.submit"'::bytea IN leaf) > 0
    ) AS both_sides GROUP BY quarter HAVING sum(step) > 0;
END $$;
ALTER FUNCTION machinery.count_days_before(text) RENAME TO count_other_days_before;
CREATE FUNCTION machinery.count_days_before(zone text) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
    SELECT machinery.count_assessed_before(zone);
    SELECT machinery.count_other_days_before(zone)
$$;
