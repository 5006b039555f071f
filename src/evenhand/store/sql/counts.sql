-- What the desk did in each month, kept in the transaction of whatever happened, so that no act can
-- forget it and a page reads a few rows however many referrals there are. A month is the desk's own:
-- the pen names its time zone. What is disposed of is taken out here and stays in `tally`.
CREATE TABLE machinery.month_count (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    month date NOT NULL,
    counted text NOT NULL,
    slot smallint NOT NULL,
    number bigint NOT NULL,
    parts text NOT NULL DEFAULT '',
    known_on date NOT NULL DEFAULT machinery.known_today(),
    UNIQUE (month, counted, parts, known_on, slot)
) WITH (fillfactor = 50);

-- Each transaction adds to a slot that it has for itself until its end: nobody waits for the count of
-- somebody else. A month is the sum of its slots. Whoever takes a slot and then reads which day is open
-- must see what was committed before: under another isolation it would read the day as its transaction
-- began.
CREATE FUNCTION machinery.slot_of_ones_own() RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
    slot integer := pg_backend_pid() % 64;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE 'counts are kept in transactions that are read committed' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    FOR turn IN 1..64 LOOP
        EXIT WHEN pg_try_advisory_xact_lock(hashtext('month_count'), slot);
        slot := (slot + 1) % 64;
    END LOOP;
    PERFORM pg_advisory_xact_lock(hashtext('month_count'), slot);
    RETURN slot;
END $$;

CREATE FUNCTION machinery.month_of(happened timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT date_trunc('month', happened AT TIME ZONE
        coalesce(nullif(current_setting('evenhand.zone', true), ''), 'UTC'))::date
$$;

CREATE FUNCTION machinery.count_referral(it referral, step integer) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM machinery.count_in_month('logged', it.logged_at, step);
    PERFORM machinery.count_in_month('looks', CASE WHEN it.counted_look THEN it.logged_at END, step);
    PERFORM machinery.count_in_month('removals', it.removal_since, step);
    PERFORM machinery.count_in_month('emergency_later', (
        SELECT min(at) FROM public.emergency
        WHERE referral_id = it.id AND it.triage IS DISTINCT FROM 'emergency'), step);
END $$;

CREATE FUNCTION machinery.referral_is_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM machinery.count_referral(OLD, -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM machinery.count_referral(NEW, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER referral_is_counted AFTER INSERT OR DELETE ON referral
    FOR EACH ROW EXECUTE FUNCTION machinery.referral_is_counted();
CREATE TRIGGER referral_is_counted_anew AFTER UPDATE ON referral FOR EACH ROW
    WHEN ((OLD.logged_at, OLD.counted_look, OLD.removal_since, OLD.triage IS NOT DISTINCT FROM 'emergency')
        IS DISTINCT FROM
        (NEW.logged_at, NEW.counted_look, NEW.removal_since, NEW.triage IS NOT DISTINCT FROM 'emergency'))
    EXECUTE FUNCTION machinery.referral_is_counted();

CREATE FUNCTION machinery.count_move(it move, step integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM machinery.count_in_month(it.move, it.at, step) WHERE it.move IN (
        'triage_proceed', 'triage_not_for_us', 'triage_duplicate', 'triage_emergency', 'withdrawn');
END $$;

CREATE FUNCTION machinery.count_decision(it decision, step integer) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM machinery.count_in_month('not_referred', it.at, step) WHERE it.decision = 'refuse';
END $$;

CREATE FUNCTION machinery.count_notice(it notice, step integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM machinery.count_in_month('referred', it.settled_at, step)
    WHERE it.kind = 'referral' AND it.delivery = 'accepted';
END $$;
DO $$
DECLARE
    step text;
BEGIN
    FOREACH step IN ARRAY ARRAY['move', 'decision', 'notice'] LOOP
        EXECUTE format($made$
            CREATE FUNCTION machinery.%1$s_is_counted() RETURNS trigger LANGUAGE plpgsql
                SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $body$
            BEGIN
                IF TG_OP <> 'INSERT' THEN
                    PERFORM machinery.count_%1$s(OLD, -1);
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    PERFORM machinery.count_%1$s(NEW, 1);
                END IF;
                RETURN NULL;
            END $body$;
            CREATE TRIGGER %1$s_is_counted AFTER INSERT OR UPDATE OR DELETE ON %1$I
                FOR EACH ROW EXECUTE FUNCTION machinery.%1$s_is_counted();
        $made$, step);
    END LOOP;
END $$;

-- Of a referral whose first look had found no emergency, the first record of one counts.
CREATE FUNCTION machinery.emergency_is_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT min(changed.at) AS these, (
            SELECT min(at) FROM public.emergency WHERE referral_id = referral.id
                AND emergency.id NOT IN (SELECT id FROM changed)) AS others
        FROM changed JOIN public.referral ON referral.id = changed.referral_id
        WHERE referral.triage IS DISTINCT FROM 'emergency' GROUP BY referral.id
    LOOP
        PERFORM machinery.count_in_month('emergency_later', one.others,
            CASE TG_OP WHEN 'INSERT' THEN -1 ELSE 1 END);
        PERFORM machinery.count_in_month('emergency_later', least(one.these, one.others),
            CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER emergency_is_counted AFTER INSERT ON emergency REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.emergency_is_counted();
CREATE TRIGGER emergency_is_counted_no_more AFTER DELETE ON emergency REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.emergency_is_counted();

-- Counts everything anew, while nobody writes: for rows that were there before they were counted, and
-- for a desk whose time zone was corrected.
CREATE FUNCTION machinery.count_anew(zone text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    LOCK TABLE public.referral, public.move, public.decision, public.notice, public.emergency
        IN SHARE MODE;
    PERFORM set_config('evenhand.zone', zone, true);
    DELETE FROM machinery.month_count;
    INSERT INTO machinery.month_count (month, counted, slot, number)
    SELECT machinery.month_of(happened), what, 0, count(*) FROM (
        SELECT 'logged', logged_at FROM public.referral
        UNION ALL SELECT 'looks', logged_at FROM public.referral WHERE counted_look
        UNION ALL SELECT 'removals', removal_since FROM public.referral WHERE removal_since IS NOT NULL
        UNION ALL SELECT 'emergency_later', min(emergency.at)
            FROM public.emergency JOIN public.referral ON referral.id = referral_id
            WHERE triage IS DISTINCT FROM 'emergency' GROUP BY referral_id
        UNION ALL SELECT move, at FROM public.move WHERE move IN (
            'triage_proceed', 'triage_not_for_us', 'triage_duplicate', 'triage_emergency', 'withdrawn')
        UNION ALL SELECT 'not_referred', at FROM public.decision WHERE decision = 'refuse'
        UNION ALL SELECT 'referred', settled_at FROM public.notice
            WHERE kind = 'referral' AND delivery = 'accepted' AND settled_at IS NOT NULL
    ) AS everything (what, happened) GROUP BY 1, 2;
END $$;
