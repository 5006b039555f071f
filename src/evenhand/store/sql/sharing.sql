-- What must never leave the desk cannot be stored as released, and an agreement is never rewritten.
-- The rules say the same in words (rules/agreements.py, rules/sharing.py, rules/recalls.py).

CREATE FUNCTION agreement_stays_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - ARRAY['signed_by_id', 'signed_at', 'over_at']
        IS DISTINCT FROM to_jsonb(OLD) - ARRAY['signed_by_id', 'signed_at', 'over_at'] THEN
        RAISE EXCEPTION 'E-SHR-64: an agreement is not changed; it gets a new version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_stays_as_written';
    END IF;
    IF (OLD.signed_by_id IS NOT NULL AND NEW.signed_by_id IS DISTINCT FROM OLD.signed_by_id)
        OR (OLD.over_at IS NOT NULL AND NEW.over_at IS DISTINCT FROM OLD.over_at) THEN
        RAISE EXCEPTION 'E-SHR-64: what was signed or ended stays so'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_stays_as_written';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER as_written BEFORE UPDATE ON agreement
    FOR EACH ROW EXECUTE FUNCTION agreement_stays_as_written();

ALTER TABLE agreement ADD CONSTRAINT agreement_reviewed_within_a_year
    CHECK (review_on <= (proposed_at AT TIME ZONE 'UTC')::date + 367);
ALTER TABLE opened_kind ADD CONSTRAINT opened_kind_within_a_year
    CHECK (expires_on <= (asked_at AT TIME ZONE 'UTC')::date + 367);
ALTER TABLE disclosure ADD CONSTRAINT disclosure_within_72_hours CHECK (
    coalesce(approved_at, built_at) <= built_at + interval '72 hours'
    AND coalesce(dpo_at, built_at) <= built_at + interval '72 hours'
    AND coalesce(released_at, built_at) <= built_at + interval '72 hours');

-- Says why a package may not leave now; null where it may.
CREATE FUNCTION disclosure_fault(it disclosure) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    terms agreement;
    about person;
    joined person_link;
    -- A day of grace: which day it is depends on the desk's time zone.
    day date := (it.released_at AT TIME ZONE 'UTC')::date - 1;
    closed constant text[] := ARRAY['housing', 'education', 'employer', 'immigration', 'council'];
BEGIN
    SELECT * INTO terms FROM agreement WHERE id = it.agreement_id;
    SELECT * INTO about FROM person WHERE id = it.person_id;
    SELECT * INTO joined FROM person_link WHERE id = it.link_id;
    IF NOT EXISTS (SELECT FROM document_version WHERE kind = 'dpia' AND stage = 'in_force') THEN
        RETURN 'E-DPIA-58: no impact assessment in force';
    END IF;
    IF terms.signed_at IS NULL OR terms.over_at IS NOT NULL OR terms.review_on < day THEN
        RETURN 'E-SHR-63: no agreement in date';
    END IF;
    IF NOT it.fields <@ terms.fields OR NOT coalesce(joined.role = ANY(terms.roles), false) THEN
        RETURN 'E-SHR-63: more than was agreed';
    END IF;
    IF joined.person_id IS DISTINCT FROM about.id OR joined.ended_at IS NOT NULL THEN
        RETURN 'E-QUAL-16: not the role that the person has';
    END IF;
    IF NOT it.recipient_person = ANY(terms.named) THEN
        RETURN 'E-CTR-62: to nobody whom the agreement names';
    END IF;
    IF terms.kind = ANY(closed) AND (about.child OR NOT EXISTS (
        SELECT FROM opened_kind WHERE kind = terms.kind AND approved_at IS NOT NULL
            AND ended_at IS NULL AND expires_on >= day)) THEN
        RETURN 'E-PUR-09: this kind of recipient is closed';
    END IF;
    IF about.standing IS DISTINCT FROM 'held' OR about.review_on < day
        OR cardinality(about.contested) > 0 THEN
        RETURN 'E-QUAL-16: the record is not in force or past its review';
    END IF;
    IF about.child AND (NOT it.child OR it.dpo_by_id IS NULL OR it.compelling IS NULL) THEN
        RETURN 'E-CHD-75: two approvers and a compelling reason';
    END IF;
    IF cardinality(it.statements) <> (SELECT count(*) FROM person_statement
        WHERE id = ANY(it.statements) AND person_id = about.id AND link_id = joined.id
            AND standing = 'standing'
            AND verified_at BETWEEN it.released_at - interval '7 days' AND it.released_at) THEN
        RETURN 'E-QUAL-16: a statement is not verified, not in force or of another person';
    END IF;
    IF EXISTS (SELECT FROM person_statement WHERE id = ANY(it.statements) AND (
        grade_information = 'E' OR handling NOT IN ('P', 'C')
        OR (handling = 'C' AND cardinality(handling_conditions) = 0)
        OR ('S2' = ANY(handling_conditions) AND NOT id = ANY(it.consented)))) THEN
        RETURN 'E-HND-20: the handling code of a statement forbids it';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION disclosure_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fault text;
    was text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.standing END;
    -- What erasing the person empties, and what the later steps fill in.
    later text[] := ARRAY['standing', 'version', 'approved_by_id', 'approved_at',
        'approved_why', 'dpo_by_id', 'dpo_at', 'dpo_why', 'refused_why', 'released_at', 'package',
        'package_sha256'];
    emptied constant text[] := ARRAY['person_id', 'link_id', 'consent', 'reason', 'compelling',
        'document', 'package', 'approved_why', 'dpo_why', 'refused_why'];
BEGIN
    IF was IS NULL AND NEW.standing <> 'built' THEN
        RAISE EXCEPTION 'E-SHR-66: a disclosure begins as built'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'disclosure_step_by_step';
    END IF;
    IF was IN ('released', 'refused', 'dropped') AND (NEW.standing <> was
        OR to_jsonb(NEW) - emptied IS DISTINCT FROM to_jsonb(OLD) - emptied) THEN
        RAISE EXCEPTION 'E-SHR-66: what has come to its end stays so'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'disclosure_step_by_step';
    END IF;
    IF NEW.person_id IS NULL THEN
        later := later || emptied;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later THEN
        RAISE EXCEPTION 'E-SHR-65: a package is never altered after it was built'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'disclosure_never_altered';
    END IF;
    IF NEW.person_id IS NULL AND OLD.person_id IS NOT NULL AND (
        EXISTS (SELECT FROM recall WHERE disclosure_id = NEW.id AND sent_at IS NULL)
        OR (NEW.standing = 'released' AND NOT EXISTS (
            SELECT FROM recall WHERE disclosure_id = NEW.id AND why = 'erased'))) THEN
        RAISE EXCEPTION 'E-RECALL-18: the recipient was not told'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'disclosure_recalled_first';
    END IF;
    IF NEW.standing = 'released' AND was <> 'released' THEN
        fault := CASE WHEN was <> 'approved' THEN 'E-SHR-66: not approved'
            ELSE disclosure_fault(NEW) END;
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION '%', fault
                USING ERRCODE = 'check_violation', CONSTRAINT = 'disclosure_may_leave';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER step_by_step BEFORE INSERT OR UPDATE ON disclosure
    FOR EACH ROW EXECUTE FUNCTION disclosure_guarded();

CREATE FUNCTION never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'E-RECALL-18: a recall that is not sent, and what it is about, stay'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'recall_sent_first';
END $$;
CREATE TRIGGER sent_first BEFORE DELETE ON recall
    FOR EACH ROW WHEN (OLD.sent_at IS NULL) EXECUTE FUNCTION never_deleted();
