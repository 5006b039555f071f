-- A figure is given once and published once. Beside one that stands another value for the same
-- question and day is published only by a correction that a second person confirmed (E-COR-89).
CREATE FUNCTION figure_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.published_at IS NOT NULL
        OR (OLD.id, OLD.code, OLD.as_at, OLD.question_sha256, OLD.value_sha256, OLD.document,
            OLD.document_sha256, OLD.by_id, OLD.at, OLD.entry)
        IS DISTINCT FROM (NEW.id, NEW.code, NEW.as_at, NEW.question_sha256, NEW.value_sha256, NEW.document,
            NEW.document_sha256, NEW.by_id, NEW.at, NEW.entry) THEN
        RAISE EXCEPTION 'E-COR-89: a figure that was given stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('figure'));
    IF EXISTS (SELECT FROM figure AS other
        WHERE other.question_sha256 = NEW.question_sha256 AND other.id <> NEW.id
            AND other.published_at IS NOT NULL AND NOT EXISTS (
                SELECT FROM erratum WHERE wrong_id = other.id AND confirmed_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'E-COR-89: another value stands for this question and day'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER figure_stays BEFORE UPDATE OR DELETE ON figure
    FOR EACH ROW EXECUTE FUNCTION figure_stays();

-- A correction that waits is confirmed, declined, or taken back by who wrote it, and stays so.
CREATE FUNCTION erratum_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL OR OLD.declined_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
        OR (OLD.id, OLD.wrong_id, OLD.right_id, OLD.why, OLD.by_id, OLD.at)
        IS DISTINCT FROM (NEW.id, NEW.wrong_id, NEW.right_id, NEW.why, NEW.by_id, NEW.at) THEN
        RAISE EXCEPTION 'E-COR-90: a correction stays as it was written' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER erratum_stays BEFORE UPDATE OR DELETE ON erratum
    FOR EACH ROW EXECUTE FUNCTION erratum_stays();
