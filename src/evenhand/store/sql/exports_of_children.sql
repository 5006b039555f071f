-- What is exported about a child is answered by the data protection officer as well, within the same 72
-- hours. As exports.sql first had them, but for that.

ALTER TABLE export DROP CONSTRAINT export_within_72_hours;
ALTER TABLE export ADD CONSTRAINT export_within_72_hours CHECK (
    (allowed IS NOT TRUE OR answered_at <= at + interval '72 hours')
    AND (dpo_allowed IS NOT TRUE OR dpo_at <= at + interval '72 hours')
    AND coalesce(taken_at, answered_at) <= greatest(answered_at, dpo_at) + interval '72 hours');

CREATE OR REPLACE FUNCTION export_is_step_by_step() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    later constant text[] := ARRAY['version', 'allowed', 'answered_by_id', 'answered_at', 'answer',
        'taken_at', 'package_sha256', 'dpo_allowed', 'dpo_by_id', 'dpo_at', 'dpo_why'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.allowed IS NOT NULL OR NEW.dpo_allowed IS NOT NULL THEN
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

-- As touched.sql first had it, and to answer for an export of a child is a part in it too.
CREATE OR REPLACE FUNCTION has_touched(its_referral uuid, officer uuid) RETURNS boolean LANGUAGE sql
    STABLE SET search_path = public, pg_temp AS $$
    WITH settled AS (SELECT settled_at FROM challenge
        WHERE referral_id = its_referral AND settled_by_id = officer)
    SELECT EXISTS (SELECT FROM referral WHERE id = its_referral
            AND (officer IN (logged_by_id, owner_id, assessed_by_id, approved_by_id)
                OR officer = ANY (assessors)))
        OR EXISTS (SELECT FROM move WHERE referral_id = its_referral AND by_id = officer
            AND NOT (move = 'withdrawn' AND at IN (SELECT settled_at FROM settled)))
        OR EXISTS (SELECT FROM emergency WHERE referral_id = its_referral AND by_id = officer)
        OR EXISTS (SELECT FROM assessment WHERE referral_id = its_referral AND by_id = officer)
        OR EXISTS (SELECT FROM decision WHERE referral_id = its_referral AND by_id = officer)
        OR EXISTS (SELECT FROM notice WHERE referral_id = its_referral
            AND (officer = witness_id OR officer = by_id
                AND NOT (kind = 'withdrawal' AND at IN (SELECT settled_at FROM settled))))
        OR EXISTS (SELECT FROM answer WHERE referral_id = its_referral AND by_id = officer)
        OR EXISTS (SELECT FROM recheck WHERE referral_id = its_referral AND by_id = officer)
        OR EXISTS (SELECT FROM snooze WHERE referral_id = its_referral AND by_id = officer)
        OR EXISTS (SELECT FROM handover WHERE referral_id = its_referral
            AND officer IN (by_id, earlier_owner_id, new_owner_id))
        OR EXISTS (SELECT FROM note WHERE referral_id = its_referral AND by_id = officer)
        OR EXISTS (SELECT FROM capture WHERE referral_id = its_referral AND by_id = officer)
        OR EXISTS (SELECT FROM withholding WHERE referral_id = its_referral AND by_id = officer)
        OR EXISTS (SELECT FROM export WHERE referral_id = its_referral
            AND officer IN (by_id, answered_by_id, dpo_by_id))
$$;
