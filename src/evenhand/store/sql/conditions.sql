-- What a policy document relies on is part of its version, and one that states nothing does not come into force
-- on a desk under Part 3 (rules/conditions.py).
CREATE FUNCTION conditions_stay_stated() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.conditions IS DISTINCT FROM NEW.conditions THEN
        RAISE EXCEPTION 'E-DPIA-59: what a version relies on is never changed' USING ERRCODE = 'check_violation';
    ELSIF OLD.in_force_from IS NULL AND NEW.in_force_from IS NOT NULL AND NEW.kind = 'apd'
            AND NEW.conditions IS NULL AND EXISTS (
                SELECT FROM document_version WHERE kind = 'dpia' AND stage = 'in_force' AND 'part_3' = ANY (claims))
            THEN
        RAISE EXCEPTION 'E-SCH8-06: a policy document states its condition of Schedule 8'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER conditions_stay_stated BEFORE UPDATE ON document_version
    FOR EACH ROW EXECUTE FUNCTION conditions_stay_stated();
