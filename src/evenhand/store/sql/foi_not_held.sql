-- FOIA 2000 s.1(1)(a): “not held” is not said of totals and fields, nor of what stood in a register of the desk
-- on the day of receipt: a document that was in force, scrutiny, or that there was none, what goes on by itself.
CREATE OR REPLACE FUNCTION foi_not_held_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    received date := (SELECT received_on FROM foi_request WHERE id = NEW.request_id);
    is_held boolean := NEW.wants IN ('total', 'field') OR CASE coalesce(NEW.held_in, 'none')
        WHEN 'none' THEN false
        WHEN 'operations' THEN true
        WHEN 'scrutiny' THEN EXISTS (SELECT FROM scrutiny WHERE machinery.day_of(at) <= received)
            OR EXISTS (SELECT FROM scrutiny_none WHERE machinery.day_of(at) <= received)
        ELSE EXISTS (SELECT FROM document_version WHERE kind = NEW.held_in AND in_force_from <= received)
    END;
BEGIN
    IF is_held THEN
        RAISE EXCEPTION 'E-FOI-82: the desk’s own records answer this part' USING ERRCODE = 'check_violation',
            HINT = 'Answer it from the register, or say which exemption applies.';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER foi_not_held_is_true BEFORE INSERT OR UPDATE ON foi_part
    FOR EACH ROW WHEN (NEW.treatment = 'not_held') EXECUTE FUNCTION foi_not_held_is_true();
