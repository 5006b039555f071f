-- The register of training is only added to. Of an officer who left it goes with their name (D19).
CREATE FUNCTION training_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- A day of grace: which day it is depends on the desk's time zone.
        IF NEW.done_on > (NEW.at AT TIME ZONE 'UTC')::date + 1 THEN
            RAISE EXCEPTION 'E-TRN-01: training of a day to come' USING ERRCODE = 'check_violation';
        ELSIF NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT FROM document_version
                WHERE id = NEW.document_id AND kind = 'instructions' AND stage = 'in_force') THEN
            RAISE EXCEPTION 'E-TRN-03: no instructions in force' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' AND EXISTS (
            SELECT FROM officer WHERE id = OLD.officer_id AND name = 'Former officer') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'E-TRN-01: the register of training is only added to' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER training_stays BEFORE INSERT OR UPDATE OR DELETE ON training
    FOR EACH ROW EXECUTE FUNCTION training_stays();

-- The newest line that was on record on that day counts, with a day of grace on both sides: who is trained
-- anew was trained before as well.
CREATE FUNCTION is_child_trained(who uuid, day date) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT day BETWEEN done_on - 1 AND valid_until + 1 FROM training
        WHERE officer_id = who AND course = 'children' AND (at AT TIME ZONE 'UTC')::date <= day + 1
        ORDER BY at DESC, id DESC LIMIT 1), false)
$$;
