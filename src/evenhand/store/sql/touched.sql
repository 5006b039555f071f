-- As challenges.sql first had it, but for two things. What a settlement does to the referral, the move
-- and the message to the platform, is no part in it: whoever settled one challenge may settle the
-- next. And to ask for an export of it, or to answer for one, is a part in it.
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
            AND officer IN (by_id, answered_by_id))
$$;
