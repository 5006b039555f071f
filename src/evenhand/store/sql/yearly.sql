-- A yearly report never changes once it was prepared, but that somebody else publishes it, once; it is
-- never deleted. Who publishes it is a senior owner.
CREATE FUNCTION yearly_report_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'E-YEAR-03: a report is never deleted' USING ERRCODE = 'check_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.published_at IS NOT NULL THEN
            RAISE EXCEPTION 'E-YEAR-03: a report is prepared before it is published'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.published_at IS NOT NULL
            OR to_jsonb(NEW) - '{version,published_by_id,published_at}'::text[]
            IS DISTINCT FROM to_jsonb(OLD) - '{version,published_by_id,published_at}'::text[] THEN
        RAISE EXCEPTION 'E-YEAR-03: what a report says is never changed'
            USING ERRCODE = 'check_violation', HINT = 'Prepare another edition.';
    END IF;
    IF NEW.published_by_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM officer WHERE id = NEW.published_by_id AND 'senior_owner' = ANY (roles)) THEN
        RAISE EXCEPTION 'E-YEAR-03: a senior owner publishes a report'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM yearly_report WHERE kind = NEW.kind AND last_month = NEW.last_month
            AND number > NEW.number) THEN
        RAISE EXCEPTION 'E-YEAR-03: a newer edition was prepared' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER yearly_report_stays BEFORE INSERT OR UPDATE OR DELETE ON yearly_report
    FOR EACH ROW EXECUTE FUNCTION yearly_report_stays();
