-- What readers have of people in a quarter is settled once and stays as it is (E-SDC-88).
CREATE FUNCTION people_quarter_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'E-SDC-88: what is published of a quarter stays as it is' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER people_quarter_stays BEFORE UPDATE OR DELETE ON people_quarter
    FOR EACH ROW EXECUTE FUNCTION people_quarter_stays();

-- What was published of a reply stays; of one from before its numbers were kept there, they are written
-- down as its request is erased.
CREATE FUNCTION foi_disclosure_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    filled foi_disclosure := OLD;
BEGIN
    filled.tables := NEW.tables;
    IF NEW IS DISTINCT FROM OLD AND (OLD.tables <> '[]' OR NEW IS DISTINCT FROM filled
            OR NOT EXISTS (SELECT FROM foi_part AS part JOIN foi_request AS asked ON asked.id = part.request_id
                WHERE asked.number = OLD.number AND part.reply = OLD.reply AND part.published <> '')) THEN
        RAISE EXCEPTION 'E-FOI-10: what was entered here is not changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER foi_disclosure_stays BEFORE UPDATE ON foi_disclosure
    FOR EACH ROW EXECUTE FUNCTION foi_disclosure_stays();
