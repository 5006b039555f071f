-- What was counted on days that are over, added up by months: a question about whole months reads one line
-- for each month in which something was known, and not its days. Days stay: a question about a part of a
-- month, or as at a day within one, reads those. An act counts as it did.
CREATE TABLE machinery.day_sum (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    counted text NOT NULL,
    month date NOT NULL,
    parts text NOT NULL,
    known_in date NOT NULL,
    number bigint NOT NULL,
    UNIQUE (counted, month, known_in, parts)
) WITH (fillfactor = 50);
CREATE INDEX day_count_by_known ON machinery.day_count (known_on, counted);

-- What was counted from a day on and before another, as known on a day: whole months from their sums, the
-- rest from days. It is one snapshot, in which a day is either added up or not.
CREATE FUNCTION machinery.counted_of(what text, known date, start date, until date)
    RETURNS TABLE (month date, parts text, number bigint) LANGUAGE plpgsql STABLE
    SET search_path = public, machinery, pg_temp AS $$
DECLARE
    -- What was known before this day is read from sums: at the latest all that is added up.
    since date := (SELECT CASE WHEN added_up IS NULL THEN '-infinity' WHEN known >= added_up THEN added_up + 1
        ELSE date_trunc('month', known + 1)::date END FROM machinery.known_since);
    from_day date := coalesce(start, '-infinity');
    to_day date := coalesce(until, 'infinity');
    first date := date_trunc('month', from_day - 1) + interval '1 month';
    after date := date_trunc('month', to_day);
BEGIN
    IF first >= after THEN
        first := to_day;
        after := to_day;
    END IF;
    -- Planned for these very days: how many rows they have differs by thousands.
    RETURN QUERY EXECUTE $with_days$
        SELECT month, parts, number FROM machinery.day_sum
            WHERE counted = $1 AND month >= $5 AND month < $6 AND known_in < $7
        UNION ALL SELECT date_trunc('month', day)::date, parts, number FROM machinery.day_count
            WHERE counted = $1 AND day >= $5 AND day < $6 AND known_on >= $7 AND known_on <= $2
        UNION ALL SELECT date_trunc('month', day)::date, parts, number FROM machinery.day_count
            WHERE counted = $1 AND day >= $3 AND day < $5 AND known_on <= $2
        UNION ALL SELECT date_trunc('month', day)::date, parts, number FROM machinery.day_count
            WHERE counted = $1 AND day >= $6 AND day < $4 AND known_on <= $2
    $with_days$ USING what, known, from_day, to_day, first, after, since;
END $$;

-- Counted anew, nothing is added up.
CREATE OR REPLACE FUNCTION machinery.count_days_before(zone text) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
    DELETE FROM machinery.day_sum;
    UPDATE machinery.known_since SET added_up = NULL;
    SELECT machinery.count_assessed_before(zone);
    SELECT machinery.count_other_days_before(zone)
$$;
