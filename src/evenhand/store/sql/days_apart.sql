-- How many days a decision took is counted apart from what was decided. In one count nearly every
-- decision was alone, and a question took as long as there were decisions.
CREATE OR REPLACE FUNCTION machinery.days_of(it answer) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT each.counted, each.parts, machinery.day_of(it.at)
    FROM public.referral AS its, LATERAL (VALUES
        ('answered', jsonb_build_array(machinery.platform_counted(its.platform), its.ground, its.harm, it.outcome)),
        ('decided_after', jsonb_build_array(machinery.platform_counted(its.platform),
            machinery.day_of(it.at) - machinery.day_of(its.sent_at)))
    ) AS each (counted, parts)
    WHERE its.id = it.referral_id AND it.outcome IS NOT NULL
$$;

WITH before AS (
    DELETE FROM machinery.day_count WHERE counted = 'answered' RETURNING day, parts::jsonb AS its, known_on, number
)
INSERT INTO machinery.day_count (counted, day, parts, known_on, slot, number)
SELECT each.counted, day, each.parts::text, known_on, 0, sum(number)
FROM before, LATERAL (VALUES ('answered', its - 4), ('decided_after', jsonb_build_array(its -> 0, its -> 4))
) AS each (counted, parts)
GROUP BY each.counted, day, each.parts, known_on;
