-- How old somebody on record is was known within two years before it was recorded, and nobody stops being a
-- child on record by a day alone, whoever writes it (rules/people_ages.py: TOLD_WITHIN). A birth date does not
-- grow old. A day of grace: which day it is depends on the desk's time zone. The ages themselves are sealed.
CREATE FUNCTION age_fits() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    recorded_on date := (NEW.proposed_at AT TIME ZONE 'UTC')::date;
BEGIN
    IF NEW.birth_date IS NULL AND NEW.standing <> 'refused'
            AND (NEW.age_as_at + interval '2 years')::date < recorded_on THEN
        RAISE EXCEPTION 'E-AGE-76: an age of more than two years before it is recorded'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.age_as_at > recorded_on + 1 THEN
        RAISE EXCEPTION 'E-AGE-76: an age of a day to come' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER age_fits_new BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION age_fits();
CREATE TRIGGER age_fits BEFORE UPDATE ON person FOR EACH ROW
    WHEN ((NEW.age_as_at, NEW.birth_date, NEW.age_value)
        IS DISTINCT FROM (OLD.age_as_at, OLD.birth_date, OLD.age_value))
    EXECUTE FUNCTION age_fits();

CREATE FUNCTION child_stays_one() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'E-AGE-76: no child any more, and the age is the same' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER child_stays_one BEFORE UPDATE ON person FOR EACH ROW
    WHEN (OLD.child AND NOT NEW.child
        AND (NEW.birth_date, NEW.age_value) IS NOT DISTINCT FROM (OLD.birth_date, OLD.age_value))
    EXECUTE FUNCTION child_stays_one();
