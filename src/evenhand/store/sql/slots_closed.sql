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
    ), together AS (
        INSERT INTO machinery.day_count (counted, day, parts, known_on, slot, number)
        SELECT counted, day, parts, next, 0, sum(number) FROM apart GROUP BY 1, 2, 3 HAVING sum(number) <> 0
    )
    INSERT INTO machinery.day_sum AS kept (counted, month, parts, known_in, number)
    SELECT counted, date_trunc('month', day), parts, date_trunc('month', next), sum(number)
    FROM machinery.day_count WHERE known_on = next GROUP BY 1, 2, 3 HAVING sum(number) <> 0
    ON CONFLICT (counted, month, known_in, parts) DO UPDATE SET number = kept.number + excluded.number;
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

-- Days are closed with all slots held: what is to be put together is found by the day on which it was known.
CREATE INDEX month_count_by_known ON machinery.month_count (known_on);
