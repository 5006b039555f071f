-- The day in UTC: no caller says which it is.
CREATE FUNCTION machinery.utc_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'UTC')::date
$$;

-- Takes all slots, so that nobody counts until the transaction ends. It waits for none of them: where one
-- is taken it lets go of all, and tries anew for half a second. Says whether it has them.
CREATE FUNCTION machinery.keep_from_counting() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE 'days are closed in transactions that are read committed' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    FOR attempt IN 1..50 LOOP
        BEGIN
            FOR slot IN 0..63 LOOP
                IF NOT pg_try_advisory_xact_lock(hashtext('month_count'), slot) THEN
                    RAISE lock_not_available;
                END IF;
            END LOOP;
            RETURN true;
        EXCEPTION WHEN lock_not_available THEN
            PERFORM pg_sleep(0.01);
        END;
    END LOOP;
    RETURN false;
END $$;

-- For the owner, after a clock ran ahead and is right again: opens all days, and takes what is known on
-- days to come as known today. The worker closes what is over again.
CREATE FUNCTION machinery.open_days_again(zone text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    today date;
BEGIN
    IF NOT machinery.keep_from_counting() THEN
        RAISE 'somebody is counting just now: try again' USING ERRCODE = 'lock_not_available';
    END IF;
    PERFORM set_config('evenhand.zone', zone, true);
    DELETE FROM machinery.day_sum;
    UPDATE machinery.known_since SET added_up = NULL;
    today := machinery.known_today();
    UPDATE machinery.known_since SET day = least(day, today);
    WITH ahead AS (
        DELETE FROM machinery.day_count WHERE known_on > today RETURNING counted, day, parts, number
    )
    INSERT INTO machinery.day_count AS kept (counted, day, parts, known_on, slot, number)
    SELECT counted, least(day, today), parts, today, 0, sum(number) FROM ahead GROUP BY 1, 2, 3
    ON CONFLICT (counted, day, parts, known_on, slot) DO UPDATE SET number = kept.number + excluded.number;
    WITH ahead AS (
        DELETE FROM machinery.month_count WHERE known_on > today RETURNING month, counted, parts, number
    )
    INSERT INTO machinery.month_count AS kept (month, counted, parts, known_on, slot, number)
    SELECT month, counted, parts, today, 0, sum(number) FROM ahead GROUP BY 1, 2, 3
    ON CONFLICT (month, counted, parts, known_on, slot) DO UPDATE SET number = kept.number + excluded.number;
    DELETE FROM machinery.people_known WHERE known_on > today;
    INSERT INTO machinery.people_known (system, known_on, records, people)
    SELECT system, today, records, people FROM people_count
    ON CONFLICT (system, known_on) DO UPDATE SET records = excluded.records, people = excluded.people;
END $$;

-- Whether a sum of a count is not what its days give: none is. Each count is a statement of its own.
CREATE FUNCTION machinery.sums_differ(what text) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = public, machinery, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM (
            SELECT month, parts, known_in, number FROM machinery.day_sum WHERE counted = what
            UNION ALL SELECT date_trunc('month', day)::date, parts, date_trunc('month', known_on)::date, -number
            FROM machinery.day_count
            WHERE counted = what AND known_on <= (SELECT added_up FROM machinery.known_since)
        ) AS both_sides (month, parts, known_in, number)
        GROUP BY month, parts, known_in HAVING sum(number) <> 0
    )
$$;
