-- What was there before days were counted is counted once, while nobody writes. What was disposed of
-- before counts with its certificate; when it was made the certificate says. Acts are counted from
-- the log. It is all known from today on.
CREATE FUNCTION machinery.count_days_before(zone text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    those text;
BEGIN
    PERFORM set_config('evenhand.zone', zone, true);
    FOREACH those IN ARRAY ARRAY['referral', 'person', 'notice', 'answer', 'disposal', 'disclosure', 'export',
            'purpose_change', 'recall', 'person_link'] LOOP
        EXECUTE format($several$
            INSERT INTO machinery.day_count (counted, day, parts, slot, number)
            SELECT its.counted, its.day, its.parts::text, 0, count(*)
            FROM (SELECT it FROM public.%I AS it OFFSET 0) AS rows, machinery.days_of(rows.it) AS its
            GROUP BY 1, 2, 3
            ON CONFLICT (counted, day, parts, known_on, slot)
            DO UPDATE SET number = day_count.number + excluded.number
        $several$, those);
    END LOOP;
    PERFORM machinery.count_on_day('created', jsonb_build_array(kind, system), created_on, 1)
        FROM public.disposal WHERE what = 'record';
    INSERT INTO machinery.day_count (counted, day, parts, slot, number)
    SELECT 'held', machinery.known_today(), jsonb_build_array(kind, coalesce(origin, 'evenhand'))::text, 0, count(*)
    FROM (SELECT 'referral' AS kind, origin FROM public.referral
        UNION ALL SELECT 'person', origin FROM public.person) AS records GROUP BY 3;
    INSERT INTO machinery.day_count (counted, day, parts, slot, number)
    SELECT 'act', told.day, told.parts::text, 0, count(*)
    FROM public.entry JOIN public.opening ON opening.entry = entry.number,
        machinery.told_of_act(entry.leaf, opening.fields) AS told
    WHERE position('"s62":"consultation"'::bytea IN leaf) = 0
        AND position('"act":"attempt'::bytea IN leaf) = 0
    GROUP BY 2, 3;
    PERFORM machinery.count_old_records(it, it.count) FROM public.import_tally AS it;
    PERFORM machinery.count_there('held', jsonb_build_array('old_record', system), 1)
        FROM public.import_row WHERE standing = 'waiting';
    PERFORM machinery.count_there('recall_open', machinery.recall_open_as(it), 1) FROM public.recall AS it;
    PERFORM machinery.count_them_anew(ARRAY[one_with], ARRAY[id]) FROM public.person;
    IF EXISTS (SELECT FROM machinery.day_count) THEN
        UPDATE machinery.known_since SET day = machinery.known_today();
    END IF;
END $$;
