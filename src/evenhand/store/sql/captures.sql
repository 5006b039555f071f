-- Captures: written once, locked for good, and what becomes of their files.

-- Which files the store has: noted before a file is put there, kept once a capture names it. What
-- is kept no more is swept.
CREATE TABLE machinery.capture_file (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    kept boolean NOT NULL DEFAULT false
);
CREATE INDEX capture_file_going ON machinery.capture_file (at) WHERE NOT kept;

-- What opens a capture that was stopped as illegal imagery. The application reads nothing here, and
-- no backup has it. It is sealed under the key of its referral, and goes with it.
CREATE TABLE machinery.locked_capture (
    id uuid PRIMARY KEY,
    identity bytea NOT NULL
);

CREATE FUNCTION capture_is_needed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM referral WHERE id = NEW.referral_id AND state NOT IN (
        'closed', 'not_for_us', 'duplicate', 'not_referred', 'statutory_route', 'withdrawn');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'E-CAP-02: a capture of a referral that has ended' USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT count(*) FROM capture WHERE referral_id = NEW.referral_id) >= 20 THEN
        RAISE EXCEPTION 'E-CAP-02: more captures than 20 of one referral' USING ERRCODE = 'check_violation';
    END IF;
    UPDATE machinery.capture_file SET kept = true WHERE id = NEW.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'E-CAP-09: a capture without its file' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER capture_is_needed BEFORE INSERT ON capture FOR EACH ROW EXECUTE FUNCTION capture_is_needed();

-- Nothing of a capture changes but that it is locked, once; then its identity is out of reach.
CREATE FUNCTION capture_is_locked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.locked_at IS NOT NULL OR NEW.locked_at IS NULL
            OR (to_jsonb(OLD) - '{identity,locked_at,locked_by_id}'::text[])
                <> (to_jsonb(NEW) - '{identity,locked_at,locked_by_id}'::text[]) THEN
        RAISE EXCEPTION 'E-CAP-07: a capture is locked once, and not changed otherwise'
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO machinery.locked_capture (id, identity) VALUES (OLD.id, OLD.identity);
    RETURN NEW;
END $$;
CREATE TRIGGER capture_is_locked BEFORE UPDATE ON capture FOR EACH ROW EXECUTE FUNCTION capture_is_locked();

-- A capture goes with why somebody looked at it, with what opens it, and with its file.
CREATE FUNCTION capture_goes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM machinery.consultation WHERE about = OLD.id;
    DELETE FROM machinery.locked_capture WHERE id = OLD.id;
    UPDATE machinery.capture_file SET kept = false, at = '-infinity' WHERE id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER capture_goes AFTER DELETE ON capture FOR EACH ROW EXECUTE FUNCTION capture_goes();
