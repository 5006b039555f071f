-- What a record says is decided about telling them is what was decided, and is in force (E-NOT-33).
CREATE FUNCTION telling_as_decided() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    about uuid;
BEGIN
    IF TG_TABLE_NAME = 'person' THEN
        about := NEW.id;
    ELSE
        about := NEW.person_id;
    END IF;
    IF EXISTS (SELECT FROM person WHERE id = about AND telling IS NOT NULL AND NOT EXISTS (
            SELECT FROM notify_decision WHERE person_id = about AND replaced_at IS NULL
            AND notify_decision.telling = person.telling
            AND (notify_decision.telling = 'tell' OR confirmed_at IS NOT NULL))) THEN
        RAISE EXCEPTION 'E-NOT-33: nobody decided so whether they are told'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'telling_as_decided';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER telling_as_decided AFTER INSERT OR UPDATE ON person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.telling IS NOT NULL)
    EXECUTE FUNCTION telling_as_decided();
CREATE CONSTRAINT TRIGGER telling_as_decided AFTER UPDATE ON notify_decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.replaced_at IS NOT NULL)
    EXECUTE FUNCTION telling_as_decided();
