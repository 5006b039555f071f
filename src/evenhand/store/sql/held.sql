-- What is held about a person is not destroyed, whoever writes it: neither what was proposed, nor how they
-- are reached, nor why they have a role, nor what was said of them. And nothing of it is destroyed by
-- whoever writes it, but for what is asked to be put right.
CREATE FUNCTION held_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    person uuid := (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
BEGIN
    IF EXISTS (SELECT FROM hold WHERE person_id = person
            AND ended_at IS NULL AND (expires_on IS NULL OR expires_on >= current_date))
        OR EXISTS (SELECT FROM rights_found AS found JOIN rights_request AS asked
            ON asked.id = found.request_id WHERE found.person_id = person
            AND (asked.standing = 'lifted' OR asked.standing = 'open' AND asked.kind <> 'rectification')) THEN
        RAISE EXCEPTION 'E-HOLD-30: what is held about a person is not destroyed'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Wait until the hold has ended.';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER held_is_kept BEFORE UPDATE ON person FOR EACH ROW
    WHEN ((NEW.standing = 'refused' AND OLD.standing <> 'refused')
        OR (NEW.contact IS NULL AND OLD.contact IS NOT NULL))
    EXECUTE FUNCTION held_is_kept('id');
CREATE TRIGGER held_is_kept BEFORE UPDATE ON person_link FOR EACH ROW
    WHEN (NEW.necessity IS NULL AND OLD.necessity IS NOT NULL)
    EXECUTE FUNCTION held_is_kept('person_id');
