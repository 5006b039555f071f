-- What was restricted because somebody contested it is used again once they were told; or where two
-- people had decided, on a ground in law and in date, that they are not told (E-HOLD-27, E-RST-34).
-- Takes the place of the function in lifting.sql.
CREATE OR REPLACE FUNCTION told_before_lifting() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM person_step AS contested
               WHERE contested.person_id = NEW.id AND what = 'restrict' AND about = 'accuracy_contested'
               AND NOT EXISTS (SELECT FROM person_step AS lifted WHERE lifted.person_id = NEW.id
                   AND lifted.what = 'lift' AND lifted.at >= contested.at
                   AND (lifted.about = 'told' OR (lifted.about = 'not_told' AND EXISTS (
                       SELECT FROM notify_decision AS made WHERE made.person_id = NEW.id
                           AND made.telling = 'restrict' AND made.confirmed_at <= lifted.at
                           AND coalesce(made.replaced_at, lifted.at) >= lifted.at
                           -- A day of grace: which day it is depends on the desk's time zone.
                           AND made.review_on >= (lifted.at AT TIME ZONE 'UTC')::date - 1))))) THEN
        RAISE EXCEPTION 'E-HOLD-27: lifted before they were told' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

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
