-- Whether an officer did anything on a referral, or has it in their hands: asked by the page that offers a
-- challenge, and below by the database itself. What a settlement does to the referral, the move and the
-- message to the platform, is no part in it: whoever settled one challenge may settle the next. To ask for
-- an export of it, or to answer for one, is a part in it, of a child as well.
CREATE FUNCTION has_touched(its_referral uuid, officer uuid) RETURNS boolean LANGUAGE sql
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

-- A challenge is of what was sent, begins open, and is settled once, by somebody with no part in it.
CREATE FUNCTION challenge_is_settled() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> 'open' THEN
            RAISE EXCEPTION 'E-CHAL-03: a challenge begins open' USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM referral WHERE id = NEW.referral_id AND sent_at IS NOT NULL) THEN
            RAISE EXCEPTION 'E-CHAL-04: nothing was sent that could be challenged'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW; -- Nothing changes; without an entry the guard refuses even that.
    END IF;
    IF OLD.standing <> 'open' OR NEW.standing = 'open'
            OR (OLD.id, OLD.referral_id, OLD.at, OLD.due_on, OLD.words)
                IS DISTINCT FROM (NEW.id, NEW.referral_id, NEW.at, NEW.due_on, NEW.words) THEN
        RAISE EXCEPTION 'E-CHAL-03: a challenge is settled once, and not changed otherwise'
            USING ERRCODE = 'check_violation';
    END IF;
    IF has_touched(NEW.referral_id, NEW.settled_by_id) THEN
        RAISE EXCEPTION 'E-CHAL-02: this officer has worked on the referral'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER challenge_is_settled BEFORE INSERT OR UPDATE ON challenge
    FOR EACH ROW EXECUTE FUNCTION challenge_is_settled();

-- What was told stays told, with the ground and the harm of it: nobody is answered twice, or on another
-- day than the others.
CREATE FUNCTION asking_is_answered() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.told IS NOT NULL THEN
        RAISE EXCEPTION 'E-CHAL-04: nobody is answered as they ask' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.told IS NOT NULL AND (OLD.told, OLD.ground, OLD.harm)
                IS DISTINCT FROM (NEW.told, NEW.ground, NEW.harm)
            OR (OLD.id, OLD.receipt, OLD.content, OLD.day, OLD.answer_on)
                IS DISTINCT FROM (NEW.id, NEW.receipt, NEW.content, NEW.day, NEW.answer_on)) THEN
        RAISE EXCEPTION 'E-CHAL-04: a question is answered once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER asking_is_answered BEFORE INSERT OR UPDATE ON asking
    FOR EACH ROW EXECUTE FUNCTION asking_is_answered();
ALTER TABLE withholding ADD CONSTRAINT withholding_ends_within_90_days
    CHECK (until - (at AT TIME ZONE 'UTC')::date <= 91);

-- Challenges, and those that were upheld, are counted in the month in which it happened.
CREATE FUNCTION machinery.count_challenge(it challenge, step integer) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM machinery.count_in_month('challenged', it.at, step);
    PERFORM machinery.count_in_month('challenge_upheld', it.settled_at, step)
        WHERE it.standing IN ('upheld', 'upheld_in_part');
END $$;

CREATE FUNCTION machinery.challenge_is_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM machinery.count_challenge(OLD, -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM machinery.count_challenge(NEW, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER challenge_is_counted AFTER INSERT OR UPDATE OR DELETE ON challenge
    FOR EACH ROW EXECUTE FUNCTION machinery.challenge_is_counted();

ALTER FUNCTION machinery.count_anew(text) RENAME TO count_answers_anew;
CREATE FUNCTION machinery.count_anew(zone text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    LOCK TABLE public.challenge IN SHARE MODE;
    PERFORM machinery.count_answers_anew(zone);
    INSERT INTO machinery.month_count (month, counted, parts, slot, number)
    SELECT machinery.month_of(happened), what, '', 0, count(*) FROM (
        SELECT 'challenged', at FROM public.challenge
        UNION ALL SELECT 'challenge_upheld', settled_at FROM public.challenge
            WHERE standing IN ('upheld', 'upheld_in_part')
    ) AS everything (what, happened) GROUP BY 1, 2;
END $$;
