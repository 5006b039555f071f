-- A recall of what was restricted ends once that may be used again: whoever was told is told so. Such a notice
-- asks for no answer, and is no recall (rules/recalls.py).
CREATE OR REPLACE FUNCTION machinery.days_of(it recall) RETURNS TABLE (counted text, parts jsonb, day date)
    LANGUAGE sql STABLE AS $$
    SELECT 'recalled', jsonb_build_array(theirs.code, it.why, step.name), step.day
    FROM (VALUES ('begun', machinery.day_of(it.at)), ('sent', machinery.day_of(it.sent_at)),
            ('acknowledged', it.acknowledged_on)) AS step (name, day)
        CROSS JOIN public.disclosure AS given JOIN public.agreement AS under ON under.id = given.agreement_id
        JOIN public.recipient AS theirs ON theirs.id = under.recipient_id
    WHERE given.id = it.disclosure_id AND step.day IS NOT NULL AND it.why <> 'lifted'
$$;

CREATE OR REPLACE FUNCTION machinery.recall_open_as(it recall) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(theirs.code, it.why, machinery.day_of(it.sent_at),
        machinery.day_of(it.due_at - interval '1 second'),
        under.recall_days)
    FROM public.disclosure AS given JOIN public.agreement AS under ON under.id = given.agreement_id
        JOIN public.recipient AS theirs ON theirs.id = under.recipient_id
    WHERE given.id = it.disclosure_id AND it.acknowledged_at IS NULL AND it.ended_at IS NULL
        AND it.why <> 'lifted'
$$;
DROP TRIGGER recall_is_open ON recall;
CREATE TRIGGER recall_is_open
    AFTER INSERT OR DELETE OR UPDATE OF sent_at, acknowledged_at, due_at, ended_at ON recall
    FOR EACH ROW EXECUTE FUNCTION machinery.recall_is_open();

DROP TRIGGER sent_first ON recall;
CREATE TRIGGER sent_first BEFORE DELETE ON recall
    FOR EACH ROW WHEN (OLD.sent_at IS NULL AND OLD.ended_at IS NULL) EXECUTE FUNCTION never_deleted();

-- What was never sent and has ended keeps nobody on record.
CREATE OR REPLACE FUNCTION disclosure_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
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
        EXISTS (SELECT FROM recall WHERE disclosure_id = NEW.id AND sent_at IS NULL AND ended_at IS NULL)
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
