-- How a reporter is reached stays in its vault: no package that holds it leaves.
CREATE FUNCTION reporter_stays_in_the_vault() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF 'contact' = ANY(NEW.fields) AND EXISTS (
        SELECT FROM person_link WHERE person_id = NEW.person_id AND role = 'reporter') THEN
        RAISE EXCEPTION 'E-CON-05: how a reporter is reached leaves in no package'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'disclosure_of_no_reporter';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_in_the_vault BEFORE UPDATE ON disclosure FOR EACH ROW
    WHEN (NEW.standing = 'released' AND OLD.standing <> 'released')
    EXECUTE FUNCTION reporter_stays_in_the_vault();
