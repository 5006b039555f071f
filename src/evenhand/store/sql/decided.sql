-- What platforms decided, of which ground and why they declined, counted as the other months are:
-- `parts` tells one count from the next. An answer is never changed; where its parts are not known, it
-- came before they were kept, and is not counted.

-- The slot is taken first: whoever has one keeps days from being closed.
CREATE FUNCTION machinery.count_parts_in_month(
    what text, its_parts text, happened timestamptz, step integer
) RETURNS void LANGUAGE plpgsql STRICT AS $$
DECLARE
    its_own smallint := machinery.slot_of_ones_own();
BEGIN
    INSERT INTO machinery.month_count AS kept (month, counted, parts, known_on, slot, number)
    VALUES (machinery.month_of(happened), what, its_parts, machinery.known_today(), its_own, step)
    ON CONFLICT (month, counted, parts, known_on, slot)
    DO UPDATE SET number = kept.number + excluded.number;
END $$;

-- What did not happen, at no moment, is not counted.
CREATE FUNCTION machinery.count_in_month(what text, happened timestamptz, step integer)
    RETURNS void LANGUAGE sql AS $$
    SELECT machinery.count_parts_in_month(what, '', happened, step)
$$;

CREATE FUNCTION machinery.answer_is_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM machinery.count_parts_in_month('decided', NEW.counted_as, NEW.at, 1);
    ELSE
        PERFORM machinery.count_parts_in_month('decided', OLD.counted_as, OLD.at, -1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER answer_is_counted AFTER INSERT OR DELETE ON answer
    FOR EACH ROW EXECUTE FUNCTION machinery.answer_is_counted();

ALTER FUNCTION machinery.count_anew(text) RENAME TO count_steps_anew;
CREATE FUNCTION machinery.count_anew(zone text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    LOCK TABLE public.answer IN SHARE MODE;
    PERFORM machinery.count_steps_anew(zone);
    INSERT INTO machinery.month_count (month, counted, parts, slot, number)
    SELECT machinery.month_of(at), 'decided', counted_as, 0, count(*)
    FROM public.answer WHERE counted_as IS NOT NULL GROUP BY 1, 3;
END $$;
