-- Through which referral somebody comes on record or is accused, and when that is too late, whoever writes it
-- (rules/people.py, rules/retention_schedules.py). Whoever is on record may stop being a suspect at any time.
CREATE FUNCTION recorded_through() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    is_first boolean := NOT EXISTS (SELECT FROM person_link WHERE person_id = NEW.person_id
        AND id <> NEW.id AND authorised_at IS NOT NULL);
BEGIN
    IF (is_first OR NEW.role IN ('suspect', 'convicted')) AND EXISTS (SELECT FROM referral
            WHERE id = NEW.referral_id AND state IN ('closed', 'not_for_us', 'duplicate', 'not_referred',
                'statutory_route', 'withdrawn')) THEN
        RAISE EXCEPTION 'E-PERS-02: nobody works on this referral' USING ERRCODE = 'check_violation';
    END IF;
    IF is_first AND (SELECT 'political' = ANY (expression) FROM assessment
            WHERE referral_id = NEW.referral_id ORDER BY number DESC LIMIT 1) THEN
        RAISE EXCEPTION 'E-RET-22: political expression is kept of nobody' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recorded_through BEFORE INSERT ON person_link
    FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION recorded_through();
CREATE TRIGGER authorised_through BEFORE UPDATE ON person_link
    FOR EACH ROW WHEN (NEW.authorised_at IS NOT NULL AND OLD.authorised_at IS NULL)
    EXECUTE FUNCTION recorded_through();

-- A day of grace: which day it is depends on the desk's time zone.
CREATE FUNCTION recorded_in_time() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.review_on < (coalesce(NEW.authorised_at, NEW.proposed_at) AT TIME ZONE 'UTC')::date - 1 THEN
        RAISE EXCEPTION 'E-RET-21: its first review would be over' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recorded_in_time BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION recorded_in_time();
CREATE TRIGGER authorised_in_time BEFORE UPDATE ON person
    FOR EACH ROW WHEN (NEW.authorised_at IS NOT NULL AND OLD.authorised_at IS NULL)
    EXECUTE FUNCTION recorded_in_time();
