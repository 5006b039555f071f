-- Counts that are told apart by several parts are also added up by each part alone: most questions ask for
-- one of them or for none, and read a line for each of its values in place of one for each combination.
-- How many parts tell a count apart never changes.
ALTER TABLE machinery.day_sum ADD COLUMN place smallint;
ALTER TABLE machinery.day_sum DROP CONSTRAINT day_sum_counted_month_known_in_parts_key;
ALTER TABLE machinery.day_sum ADD CONSTRAINT day_sum_once
    UNIQUE NULLS NOT DISTINCT (counted, place, month, known_in, parts);

-- The parts of a count one by one, each with its place; of one part or none, nothing more is kept.
CREATE FUNCTION machinery.parts_alone(parts text) RETURNS TABLE (place smallint, part text)
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (its.number - 1)::smallint, jsonb_build_array(its.part)::text
    FROM jsonb_array_elements(parts::jsonb) WITH ORDINALITY AS its (part, number)
    WHERE jsonb_array_length(parts::jsonb) > 1
$$;

INSERT INTO machinery.day_sum (counted, month, place, parts, known_in, number)
SELECT kept.counted, kept.month, its.place, its.part, kept.known_in, sum(kept.number)
FROM (SELECT DISTINCT parts FROM machinery.day_sum) AS each
    CROSS JOIN machinery.parts_alone(each.parts) AS its JOIN machinery.day_sum AS kept USING (parts)
GROUP BY 1, 2, 3, 4, 5;

-- Closes the next day on which something was counted, or that ends a quarter, with all slots held: what was known
-- on it is committed then, and whoever counts next finds it closed. It says whether there was one. It is over both
-- in the zone that the caller names and in UTC. So no caller closes a day that is not over by naming a zone, and a
-- clock that runs ahead closes few days on which nothing was counted yet. Only what several slots counted
-- is put together: one line stays as it is. So are the counts of months that came to be known until
-- then: whoever counts them has a slot as well, and nothing is known on a closed day any more.
CREATE OR REPLACE FUNCTION machinery.add_up_a_day(zone text) RETURNS boolean LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    next date;
    before date;
BEGIN
    PERFORM set_config('evenhand.zone', zone, true);
    FOR look IN 1..2 LOOP
        SELECT least(machinery.end_of_quarter_after(coalesce(added_up, day - 1)),
            (SELECT min(known_on) FROM machinery.day_count WHERE known_on > coalesce(added_up, '-infinity'))),
            coalesce(added_up, '-infinity') INTO next, before FROM machinery.known_since;
        IF next IS NULL OR next >= least(machinery.known_today(), machinery.utc_today()) THEN
            RETURN false;
        END IF;
        -- The second look sees what was committed while somebody still counted.
        IF look = 1 AND NOT machinery.keep_from_counting() THEN
            RETURN false;
        END IF;
    END LOOP;
    WITH apart AS (
        DELETE FROM machinery.day_count WHERE known_on = next AND (counted, day, parts) IN (
            SELECT counted, day, parts FROM machinery.day_count WHERE known_on = next
            GROUP BY 1, 2, 3 HAVING count(*) > 1 OR sum(number) = 0)
        RETURNING counted, day, parts, number
    )
    INSERT INTO machinery.day_count (counted, day, parts, known_on, slot, number)
    SELECT counted, day, parts, next, 0, sum(number) FROM apart GROUP BY 1, 2, 3 HAVING sum(number) <> 0;
    WITH together AS (
        SELECT counted, date_trunc('month', day) AS month, parts, sum(number) AS number
        FROM machinery.day_count WHERE known_on = next GROUP BY 1, 2, 3 HAVING sum(number) <> 0
    ), alone AS (
        SELECT counted, month, its.place, its.part, sum(number) AS number
        FROM together, machinery.parts_alone(parts) AS its GROUP BY 1, 2, 3, 4 HAVING sum(number) <> 0
    )
    INSERT INTO machinery.day_sum AS kept (counted, month, place, parts, known_in, number)
    SELECT counted, month, NULL, parts, date_trunc('month', next), number FROM together
    UNION ALL SELECT counted, month, place, part, date_trunc('month', next), number FROM alone
    ON CONFLICT (counted, place, month, known_in, parts) DO UPDATE SET number = kept.number + excluded.number;
    WITH apart AS (
        DELETE FROM machinery.month_count
        WHERE known_on > before AND known_on <= next AND (month, counted, parts, known_on) IN (
            SELECT month, counted, parts, known_on FROM machinery.month_count
            WHERE known_on > before AND known_on <= next GROUP BY 1, 2, 3, 4 HAVING count(*) > 1)
        RETURNING month, counted, parts, known_on, number
    )
    INSERT INTO machinery.month_count (month, counted, parts, known_on, slot, number)
    SELECT month, counted, parts, known_on, 0, sum(number) FROM apart GROUP BY 1, 2, 3, 4;
    UPDATE machinery.known_since SET added_up = next;
    RETURN true;
END $$;

-- What was counted from a day on and before another, as known on a day: whole months from their sums, the
-- rest from days. It is one snapshot, in which a day is either added up or not. Of one place, where parts are
-- several, it is that part alone. Where nobody asks for months it is added up over all.
DROP FUNCTION machinery.counted_of(text, date, date, date);
CREATE FUNCTION machinery.counted_of(
    what text, known date, start date, until date, by_month boolean, one_place integer
) RETURNS TABLE (month date, parts text, number bigint) LANGUAGE plpgsql STABLE
    SET search_path = public, machinery, pg_temp AS $$
DECLARE
    -- What was known before this day is read from sums: at the latest all that is added up.
    since date := (SELECT CASE WHEN added_up IS NULL THEN '-infinity' WHEN known >= added_up THEN added_up + 1
        ELSE date_trunc('month', known + 1)::date END FROM machinery.known_since);
    from_day date := coalesce(start, '-infinity');
    to_day date := coalesce(until, 'infinity');
    first date := date_trunc('month', from_day - 1) + interval '1 month';
    after date := date_trunc('month', to_day);
    in_sums text := $rows$
        SELECT month, parts, number FROM machinery.day_sum
            WHERE counted = $1 AND place IS NULL AND month >= $5 AND month < $6 AND known_in < $7
    $rows$;
    in_days text := $rows$
        SELECT date_trunc('month', day)::date AS month, parts, number FROM machinery.day_count
            WHERE counted = $1 AND day >= $5 AND day < $6 AND known_on >= $7 AND known_on <= $2
        UNION ALL SELECT date_trunc('month', day)::date, parts, number FROM machinery.day_count
            WHERE counted = $1 AND day >= $3 AND day < $5 AND known_on <= $2
        UNION ALL SELECT date_trunc('month', day)::date, parts, number FROM machinery.day_count
            WHERE counted = $1 AND day >= $6 AND day < $4 AND known_on <= $2
    $rows$;
    found text;
BEGIN
    IF first >= after THEN
        first := to_day;
        after := to_day;
    END IF;
    IF one_place IS NOT NULL THEN
        in_sums := replace(in_sums, 'place IS NULL', 'place = $8');
        in_days := format($rows$
            SELECT its.month, jsonb_build_array(its.parts::jsonb -> $8)::text, its.number FROM (
                SELECT month, parts, sum(number)::bigint AS number FROM (%s) AS each GROUP BY 1, 2 OFFSET 0
            ) AS its
        $rows$, in_days);
    END IF;
    found := in_sums || ' UNION ALL ' || in_days;
    IF NOT by_month THEN
        found := format('SELECT NULL::date, parts, sum(number)::bigint FROM (%s) AS its GROUP BY parts', found);
    END IF;
    -- Planned for these very days: how many rows they have differs by thousands.
    RETURN QUERY EXECUTE found USING what, known, from_day, to_day, first, after, since, one_place;
END $$;

-- Whether a sum of a count is not what its days give, or what its parts give one by one: none is. Each count is
-- a statement of its own.
CREATE OR REPLACE FUNCTION machinery.sums_differ(what text) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = public, machinery, pg_temp AS $$
    WITH days AS (
        SELECT date_trunc('month', day)::date AS month, parts, date_trunc('month', known_on)::date AS known_in,
            sum(number) AS number
        FROM machinery.day_count
        WHERE counted = what AND known_on <= (SELECT added_up FROM machinery.known_since) GROUP BY 1, 2, 3
    )
    SELECT EXISTS (
        SELECT FROM (
            SELECT month, place, parts, known_in, number FROM machinery.day_sum WHERE counted = what
            UNION ALL SELECT month, NULL, parts, known_in, -number FROM days
            UNION ALL SELECT month, its.place, its.part, known_in, -number
            FROM days, machinery.parts_alone(days.parts) AS its
        ) AS both_sides (month, place, parts, known_in, number)
        GROUP BY month, place, parts, known_in HAVING sum(number) <> 0
    )
$$;
