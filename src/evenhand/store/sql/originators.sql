-- Whoever wrong data came from is told once; who is not told yet stays for as long as the person.
CREATE FUNCTION originator_is_told_once() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.told_on IS NOT NULL
            OR (OLD.person_id, OLD.about, OLD.body, OLD.their_reference, OLD.by_id, OLD.at, OLD.due_at)
            IS DISTINCT FROM
            (NEW.person_id, NEW.about, NEW.body, NEW.their_reference, NEW.by_id, NEW.at, NEW.due_at) THEN
        RAISE EXCEPTION 'E-RECALL-20: whom wrong data came from, and that they were told, stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'originator_is_told_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER originator_is_told_once BEFORE UPDATE ON originator_notice
    FOR EACH ROW EXECUTE FUNCTION originator_is_told_once();

-- Asked at the end: with the person, who goes once everybody was told, it goes, too.
CREATE FUNCTION originator_told_first() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM person WHERE id = OLD.person_id) THEN
        RAISE EXCEPTION 'E-RECALL-18: the body that wrong data came from was not told'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'originator_told_first';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER originator_told_first AFTER DELETE ON originator_notice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.told_on IS NULL) EXECUTE FUNCTION originator_told_first();
