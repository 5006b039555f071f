-- What happened on each day and what was there, kept in the transaction of whatever happened, so that a
-- question is answered from days and not from rows. `day` is the day on which it happened, `known_on`
-- the one on which the desk came to know it. What happened stays counted when its record is disposed
-- of; what is there is counted out as it goes. `parts` is a list: it tells one count from the next.
CREATE TABLE machinery.day_count (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    counted text NOT NULL,
    day date NOT NULL,
    parts text NOT NULL,
    known_on date NOT NULL DEFAULT machinery.known_today(),
    slot smallint NOT NULL,
    number bigint NOT NULL,
    UNIQUE (counted, day, parts, known_on, slot)
) WITH (fillfactor = 50);

CREATE FUNCTION machinery.day_of(happened timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (happened AT TIME ZONE coalesce(nullif(current_setting('evenhand.zone', true), ''), 'UTC'))::date
$$;

-- The slot is taken first: whoever has one keeps days from being closed.
CREATE FUNCTION machinery.count_on_day(what text, its_parts jsonb, happened date, step integer)
    RETURNS void LANGUAGE plpgsql STRICT AS $$
DECLARE
    its_own smallint := machinery.slot_of_ones_own();
BEGIN
    INSERT INTO machinery.day_count AS kept (counted, day, parts, known_on, slot, number)
    VALUES (what, happened, its_parts::text, machinery.known_today(), its_own, step)
    ON CONFLICT (counted, day, parts, known_on, slot) DO UPDATE SET number = kept.number + excluded.number;
END $$;

CREATE FUNCTION machinery.count_there(what text, its_parts jsonb, step integer) RETURNS void LANGUAGE sql AS $$
    SELECT machinery.count_on_day(what, its_parts, machinery.known_today(), step)
$$;

-- The host of any other site may say what it shows.
CREATE FUNCTION machinery.platform_counted(code text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN code ~ '[.:\[]' THEN 'other' ELSE code END
$$;

-- What each row says that happened.
CREATE FUNCTION machinery.days_of(it referral) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'created', jsonb_build_array('referral', coalesce(it.origin, 'evenhand')), machinery.day_of(it.logged_at)
    UNION ALL SELECT 'logged', jsonb_build_array(it.source, machinery.platform_counted(it.platform),
        coalesce(it.origin, 'evenhand')), machinery.day_of(it.logged_at)
    UNION ALL SELECT 'removed', jsonb_build_array(machinery.platform_counted(it.platform), it.ground, it.harm,
        it.platform_status), machinery.day_of(it.removal_since) WHERE it.removal_since IS NOT NULL
    UNION ALL SELECT 'no_answer', jsonb_build_array(machinery.platform_counted(it.platform), it.ground, it.harm),
        machinery.day_of(it.state_since) WHERE it.state = 'no_response'
$$;

CREATE FUNCTION machinery.days_of(it person) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'created', jsonb_build_array('person', coalesce(it.origin, 'evenhand')), machinery.day_of(it.proposed_at)
$$;

-- The last two parts: whether it is the first request of the referral, and of the content.
CREATE FUNCTION machinery.days_of(it notice) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'referred', jsonb_build_array(machinery.platform_counted(its.platform), its.ground, its.harm,
        NOT EXISTS (SELECT FROM public.notice AS other WHERE other.referral_id = its.id AND other.id <> it.id
            AND other.kind = 'referral' AND other.delivery = 'accepted' AND other.settled_at < it.settled_at),
        NOT EXISTS (SELECT FROM public.referral AS same JOIN public.notice AS other ON other.referral_id = same.id
            WHERE same.same_content = its.same_content AND other.id <> it.id AND other.kind = 'referral'
            AND other.delivery = 'accepted' AND other.settled_at < it.settled_at)
    ), machinery.day_of(it.settled_at)
    FROM public.referral AS its WHERE its.id = it.referral_id
        AND it.kind = 'referral' AND it.delivery = 'accepted' AND it.settled_at IS NOT NULL
$$;

-- How many days a decision took, from the first request on, is counted apart from what was decided. In one
-- count nearly every decision was alone, and a question took as long as there were decisions.
CREATE FUNCTION machinery.days_of(it answer) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT each.counted, each.parts, machinery.day_of(it.at)
    FROM public.referral AS its, LATERAL (VALUES
        ('answered', jsonb_build_array(machinery.platform_counted(its.platform), its.ground, its.harm, it.outcome)),
        ('decided_after', jsonb_build_array(machinery.platform_counted(its.platform),
            machinery.day_of(it.at) - machinery.day_of(its.sent_at)))
    ) AS each (counted, parts)
    WHERE its.id = it.referral_id AND it.outcome IS NOT NULL
$$;

CREATE FUNCTION machinery.days_of(it disposal) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'disposed', jsonb_build_array(it.kind, it.what, it.system, it.because), it.day
$$;

-- The last part: whether it is the first about this person.
CREATE FUNCTION machinery.days_of(it disclosure) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'disclosed', jsonb_build_array(theirs.code, under.reference, coalesce(it.purpose, 'prevent_harm_by_removal'),
        NOT EXISTS (SELECT FROM public.disclosure AS other JOIN public.person AS whom ON whom.id = other.person_id
            WHERE whom.one_with = (SELECT one_with FROM public.person WHERE id = it.person_id)
            AND other.id <> it.id AND other.released_at < it.released_at)
    ), machinery.day_of(it.released_at)
    FROM public.agreement AS under JOIN public.recipient AS theirs ON theirs.id = under.recipient_id
    WHERE under.id = it.agreement_id AND it.released_at IS NOT NULL
$$;

CREATE FUNCTION machinery.days_of(it export) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'exported', jsonb_build_array(theirs.code, under.reference, it.purpose), machinery.day_of(it.answered_at)
    FROM public.agreement AS under JOIN public.recipient AS theirs ON theirs.id = under.recipient_id
    WHERE under.id = it.agreement_id AND it.taken_at IS NOT NULL
$$;

CREATE FUNCTION machinery.days_of(it purpose_change) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'other_purpose', jsonb_build_array(it.purpose, 'asked'), machinery.day_of(it.asked_at)
    UNION ALL SELECT 'other_purpose', jsonb_build_array(it.purpose, CASE WHEN it.approved THEN 'allowed' ELSE 'refused' END),
        machinery.day_of(it.answered_at) WHERE it.approved IS NOT NULL
$$;

CREATE FUNCTION machinery.days_of(it recall) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'recalled', jsonb_build_array(theirs.code, it.why, step.name), step.day
    FROM (VALUES ('begun', machinery.day_of(it.at)), ('sent', machinery.day_of(it.sent_at)),
            ('acknowledged', it.acknowledged_on)) AS step (name, day)
        CROSS JOIN public.disclosure AS given JOIN public.agreement AS under ON under.id = given.agreement_id
        JOIN public.recipient AS theirs ON theirs.id = under.recipient_id
    WHERE given.id = it.disclosure_id AND step.day IS NOT NULL
$$;

-- With how the desk came to know of the content.
CREATE FUNCTION machinery.days_of(it person_link) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'with_person', jsonb_build_array(its.source), machinery.day_of(it.authorised_at)
    FROM public.referral AS its WHERE its.id = it.referral_id AND it.authorised_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM public.person_link AS other WHERE other.referral_id = its.id
            AND other.id <> it.id AND (other.authorised_at, other.id) < (it.authorised_at, it.id))
$$;

DO $$
DECLARE
    step text;
    changed text;
BEGIN
    FOR step, changed IN SELECT * FROM (VALUES
        ('referral', 'platform_status, state, removal_since, ground, harm, origin'),
        ('person', 'origin'),
        ('notice', 'delivery, settled_at'),
        ('answer', 'outcome'),
        ('disposal', 'id'),
        ('disclosure', 'released_at'),
        ('export', 'taken_at'),
        ('purpose_change', 'approved'),
        ('recall', 'sent_at, acknowledged_on'),
        ('person_link', 'authorised_at')
    ) AS several (step, changed) LOOP
        EXECUTE format($made$
            CREATE FUNCTION machinery.days_of_%1$s_are_counted() RETURNS trigger LANGUAGE plpgsql
                SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $body$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    PERFORM machinery.count_on_day(counted, parts, day, 1) FROM machinery.days_of(NEW);
                ELSE
                    PERFORM machinery.count_on_day(counted, parts, day, -1) FROM (
                        SELECT * FROM machinery.days_of(OLD) EXCEPT ALL SELECT * FROM machinery.days_of(NEW)) AS gone;
                    PERFORM machinery.count_on_day(counted, parts, day, 1) FROM (
                        SELECT * FROM machinery.days_of(NEW) EXCEPT ALL SELECT * FROM machinery.days_of(OLD)) AS come;
                END IF;
                RETURN NULL;
            END $body$;
            CREATE TRIGGER days_of_%1$s AFTER INSERT ON %1$I
                FOR EACH ROW EXECUTE FUNCTION machinery.days_of_%1$s_are_counted();
            CREATE TRIGGER days_of_%1$s_anew AFTER UPDATE OF %2$s ON %1$I
                FOR EACH ROW EXECUTE FUNCTION machinery.days_of_%1$s_are_counted();
        $made$, step, changed);
    END LOOP;
END $$;
