-- A correction is answered once: it is confirmed, or it is declined with a reason, and stays so.
CREATE OR REPLACE FUNCTION erratum_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL OR OLD.declined_at IS NOT NULL
        OR (OLD.id, OLD.wrong_id, OLD.right_id, OLD.why, OLD.by_id, OLD.at)
        IS DISTINCT FROM (NEW.id, NEW.wrong_id, NEW.right_id, NEW.why, NEW.by_id, NEW.at) THEN
        RAISE EXCEPTION 'E-COR-90: a correction stays as it was written' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
