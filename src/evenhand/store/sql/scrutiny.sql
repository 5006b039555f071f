-- The register of scrutiny from outside is only added to. What was done is said of a recommendation of
-- the same scrutiny, and that there was none only where the register holds none by that day.
CREATE FUNCTION scrutiny_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'E-SCR-04: the register of scrutiny is only added to' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER scrutiny_stays BEFORE UPDATE OR DELETE ON scrutiny
    FOR EACH ROW EXECUTE FUNCTION scrutiny_stays();
CREATE TRIGGER scrutiny_stays BEFORE UPDATE OR DELETE ON scrutiny_word
    FOR EACH ROW EXECUTE FUNCTION scrutiny_stays();
CREATE TRIGGER scrutiny_stays BEFORE UPDATE OR DELETE ON scrutiny_none
    FOR EACH ROW EXECUTE FUNCTION scrutiny_stays();

CREATE FUNCTION scrutiny_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM scrutiny_word
                   WHERE id = NEW.about_id AND scrutiny_id = NEW.scrutiny_id AND what = 'recommendation') THEN
        RAISE EXCEPTION 'E-SCR-03: what was done is said of a recommendation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scrutiny_follows BEFORE INSERT ON scrutiny_word FOR EACH ROW
    WHEN (NEW.about_id IS NOT NULL) EXECUTE FUNCTION scrutiny_follows();

CREATE FUNCTION scrutiny_is_none() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM scrutiny WHERE kind = NEW.kind AND held_on <= NEW.true_on) THEN
        RAISE EXCEPTION 'E-SCR-02: the register holds scrutiny of this kind' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scrutiny_is_none BEFORE INSERT ON scrutiny_none
    FOR EACH ROW EXECUTE FUNCTION scrutiny_is_none();
