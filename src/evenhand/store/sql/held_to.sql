-- What leaves has the document by which its recipient can judge it, and something in it (E-QUAL-17).
CREATE FUNCTION package_is_whole() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'E-QUAL-17: a package without its document or without anything in it'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'package_is_whole';
END $$;
CREATE TRIGGER package_is_whole BEFORE INSERT OR UPDATE ON disclosure FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND NEW.standing IN ('built', 'proposed', 'approved', 'released')
        AND (NEW.document IS NULL OR cardinality(NEW.fields) = 0))
    EXECUTE FUNCTION package_is_whole();

-- A transfer abroad rests on a basis. A desk has one home: what goes there is no transfer, and
-- nothing else is (E-TRF-68).
CREATE FUNCTION transfer_is_founded() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.country !~ '^[A-Z]{2}$'
        OR NEW.transfer NOT IN ('at_home', 'approved', 'safeguards', 'special_circumstances')
        OR EXISTS (SELECT FROM agreement WHERE (transfer = 'at_home') <> (NEW.transfer = 'at_home')
                   AND country = NEW.country)
        OR EXISTS (SELECT FROM agreement WHERE transfer = 'at_home' AND NEW.transfer = 'at_home'
                   AND country <> NEW.country) THEN
        RAISE EXCEPTION 'E-TRF-68: the basis of the transfer does not fit the country'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_is_founded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER transfer_is_founded BEFORE INSERT ON agreement
    FOR EACH ROW EXECUTE FUNCTION transfer_is_founded();
