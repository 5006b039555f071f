-- A record is used for another purpose only once a second officer has allowed it (A08).
CREATE FUNCTION purpose_is_answered_once() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.approved IS NOT NULL THEN
        RAISE EXCEPTION 'E-PUR-08: another purpose is asked for first' USING ERRCODE = 'check_violation';
    ELSIF TG_OP = 'UPDATE' AND (OLD.approved IS NOT NULL
            OR (OLD.person_id, OLD.purpose, OLD.law, OLD.necessity, OLD.proportionality, OLD.asked_by_id)
            IS DISTINCT FROM
            (NEW.person_id, NEW.purpose, NEW.law, NEW.necessity, NEW.proportionality, NEW.asked_by_id)) THEN
        RAISE EXCEPTION 'E-PUR-08: what was asked for another purpose stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER purpose_is_answered_once BEFORE INSERT OR UPDATE ON purpose_change
    FOR EACH ROW EXECUTE FUNCTION purpose_is_answered_once();

CREATE FUNCTION purpose_is_allowed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM purpose_change
                   WHERE person_id = NEW.person_id AND purpose = NEW.purpose AND approved) THEN
        RAISE EXCEPTION 'E-PUR-08: nobody allowed this purpose' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER purpose_is_allowed BEFORE INSERT OR UPDATE ON disclosure FOR EACH ROW
    WHEN (NEW.purpose IS NOT NULL AND NEW.person_id IS NOT NULL
        AND NEW.standing NOT IN ('refused', 'dropped'))
    EXECUTE FUNCTION purpose_is_allowed();
