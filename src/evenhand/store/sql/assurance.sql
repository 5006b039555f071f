-- A document's text is never changed, a version is never deleted, and what was said of one is only added
-- to. Who advises is a data protection officer, who approves a senior owner.
CREATE FUNCTION document_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'E-APD-05: a version of a document is never deleted' USING ERRCODE = 'check_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.approved_by_id IS NOT NULL OR NEW.in_force_from IS NOT NULL THEN
            RAISE EXCEPTION 'E-DPIA-58: a version is written before it is approved' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.kind, OLD.number, OLD.key_id, OLD.written_by_id, OLD.written_at, OLD.residual, OLD.claims)
        IS DISTINCT FROM
       (NEW.kind, NEW.number, NEW.key_id, NEW.written_by_id, NEW.written_at, NEW.residual, NEW.claims)
        OR (OLD.description, OLD.dangers, OLD.measures, OLD.safeguards, OLD.procedures, OLD.retention)
        IS DISTINCT FROM
       (NEW.description, NEW.dangers, NEW.measures, NEW.safeguards, NEW.procedures, NEW.retention)
        OR (OLD.aims, OLD.consultation, OLD.effects, OLD.actions)
        IS DISTINCT FROM (NEW.aims, NEW.consultation, NEW.effects, NEW.actions)
        OR (OLD.instructions, OLD.parties, OLD.arrangement, OLD.contracts, OLD.information, OLD.objectives)
        IS DISTINCT FROM
       (NEW.instructions, NEW.parties, NEW.arrangement, NEW.contracts, NEW.information, NEW.objectives)
        OR (OLD.in_force_from IS NOT NULL AND (OLD.in_force_from, OLD.review_on, OLD.approved_by_id, OLD.harms)
        IS DISTINCT FROM (NEW.in_force_from, NEW.review_on, NEW.approved_by_id, NEW.harms)) THEN
        RAISE EXCEPTION 'E-DPIA-59: the text of a version is never changed' USING ERRCODE = 'check_violation',
            HINT = 'Write a new version, or a correction.';
    END IF;
    IF NEW.approved_by_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM officer WHERE id = NEW.approved_by_id AND 'senior_owner' = ANY (roles)) THEN
        RAISE EXCEPTION 'E-DPIA-58: a document is approved by a senior owner' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_stays BEFORE INSERT OR UPDATE OR DELETE ON document_version
    FOR EACH ROW EXECUTE FUNCTION document_stays();

CREATE FUNCTION document_word_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'E-DPIA-59: what was said of a document is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.published_at IS NOT NULL
        OR (OLD.document_id, OLD.what, OLD.text, OLD.by_id, OLD.at)
        IS DISTINCT FROM (NEW.document_id, NEW.what, NEW.text, NEW.by_id, NEW.at)) THEN
        RAISE EXCEPTION 'E-DPIA-59: what was said of a document is never changed' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.what IN ('advice', 'ico_advice') AND NOT EXISTS (
        SELECT FROM officer WHERE id = NEW.by_id AND 'dpo' = ANY (roles)) THEN
        RAISE EXCEPTION 'E-DPIA-58: a data protection officer advises' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.published_by_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM officer WHERE id = NEW.published_by_id AND 'senior_owner' = ANY (roles)) THEN
        RAISE EXCEPTION 'E-DPIA-59: a correction is published by a senior owner' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_word_stays BEFORE INSERT OR UPDATE OR DELETE ON document_word
    FOR EACH ROW EXECUTE FUNCTION document_word_stays();
