-- Timestamps of captures: as they came, and gone with their capture.

-- Why there was none when the worker last asked. It stands beside the file: no act of the log.
ALTER TABLE machinery.capture_file
    ADD COLUMN time_asked_at timestamptz,
    ADD COLUMN no_time text;

CREATE FUNCTION capture_time_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN -- Without an entry the guard refuses even that.
        RAISE EXCEPTION 'E-CAP-07: the timestamp of a capture is not changed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER capture_time_stays BEFORE UPDATE ON capture_time
    FOR EACH ROW EXECUTE FUNCTION capture_time_stays();

CREATE FUNCTION capture_time_goes() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM capture_time WHERE id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER capture_time_goes AFTER DELETE ON capture
    FOR EACH ROW EXECUTE FUNCTION capture_time_goes();
