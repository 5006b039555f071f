-- An export is asked for, then answered by a second officer, then taken, whoever writes it.
-- The rules say the same in words (rules/exports.py).

-- What is exported about a child is answered by the data protection officer as well, within the same hours.
ALTER TABLE export ADD CONSTRAINT export_within_72_hours CHECK (
    (allowed IS NOT TRUE OR answered_at <= at + interval '72 hours')
    AND (dpo_allowed IS NOT TRUE OR dpo_at <= at + interval '72 hours')
    AND coalesce(taken_at, answered_at) <= greatest(answered_at, dpo_at) + interval '72 hours');
ALTER TABLE export ADD CONSTRAINT export_is_taken_with_its_hash
    CHECK ((taken_at IS NULL) = (package_sha256 IS NULL));

CREATE FUNCTION export_is_step_by_step() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    later constant text[] := ARRAY['version', 'allowed', 'answered_by_id', 'answered_at', 'answer',
        'taken_at', 'package_sha256', 'dpo_allowed', 'dpo_by_id', 'dpo_at', 'dpo_why'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.allowed IS NOT NULL OR NEW.dpo_allowed IS NOT NULL OR NEW.taken_at IS NOT NULL THEN
            RAISE EXCEPTION 'E-EXP-01: an export begins as asked for'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    -- Its words go with those of the referral.
    IF to_jsonb(NEW) - later - 'reason' IS DISTINCT FROM to_jsonb(OLD) - later - 'reason'
            OR NEW.reason <> OLD.reason OR (OLD.reason IS NULL AND NEW.reason IS NOT NULL) THEN
        RAISE EXCEPTION 'E-EXP-01: what was asked for is never changed'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.allowed IS NOT NULL AND ((OLD.allowed, OLD.answered_by_id, OLD.answered_at)
            IS DISTINCT FROM (NEW.allowed, NEW.answered_by_id, NEW.answered_at)
            OR NEW.answer <> OLD.answer OR (OLD.answer IS NULL AND NEW.answer IS NOT NULL)) THEN
        RAISE EXCEPTION 'E-EXP-01: an export is answered once' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.dpo_allowed IS NOT NULL AND ((OLD.dpo_allowed, OLD.dpo_by_id, OLD.dpo_at)
            IS DISTINCT FROM (NEW.dpo_allowed, NEW.dpo_by_id, NEW.dpo_at)
            OR NEW.dpo_why <> OLD.dpo_why OR (OLD.dpo_why IS NULL AND NEW.dpo_why IS NOT NULL)) THEN
        RAISE EXCEPTION 'E-EXP-01: the data protection officer answers once'
            USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.taken_at, OLD.package_sha256)
            IS NOT DISTINCT FROM (NEW.taken_at, NEW.package_sha256) THEN
        RETURN NEW;
    END IF;
    IF OLD.allowed IS NOT TRUE OR NEW.taken_at IS NULL THEN
        RAISE EXCEPTION 'E-EXP-01: it is taken once it was allowed, and that stays so'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM referral WHERE id = NEW.referral_id AND state = 'withdrawn') THEN
        RAISE EXCEPTION 'E-EXP-03: the referral was withdrawn' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT NEW.child AND EXISTS (SELECT FROM referral WHERE id = NEW.referral_id AND child) THEN
        RAISE EXCEPTION 'E-EXP-01: nobody was asked to let this leave about a child'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM agreement WHERE id = NEW.agreement_id
            AND signed_at IS NOT NULL AND over_at IS NULL) THEN
        RAISE EXCEPTION 'E-SHR-63: no agreement in force' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER step_by_step BEFORE INSERT OR UPDATE ON export
    FOR EACH ROW EXECUTE FUNCTION export_is_step_by_step();
