-- What is held about a person is not destroyed, whoever writes it: neither what was proposed, nor
-- how they are reached, nor why they have a role, nor what was said of them.
CREATE FUNCTION held_is_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM hold WHERE person_id = (to_jsonb(OLD) ->> TG_ARGV[0])::uuid
            AND ended_at IS NULL AND (expires_on IS NULL OR expires_on >= current_date)) THEN
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
CREATE TRIGGER held_is_kept BEFORE DELETE ON person_statement FOR EACH ROW
    EXECUTE FUNCTION held_is_kept('person_id');
