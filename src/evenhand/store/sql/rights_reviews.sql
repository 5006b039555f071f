-- What the law lets be held back is looked at again by two officers; what is lifted is given with a
-- further letter, and until that has left, what the request found is held.

-- A mark stays as it was made, but for what a confirmed review says of it.
DROP TRIGGER rights_stays ON rights_mark;
ALTER TABLE rights_mark DROP CONSTRAINT rights_mark_is_reviewed_within_90_days;
CREATE FUNCTION rights_mark_is_reviewed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.lifted_at IS NOT NULL THEN
            RAISE EXCEPTION 'E-RST-35: what is held back begins so' USING ERRCODE = 'check_violation';
        ELSIF NEW.review_on - (NEW.at AT TIME ZONE 'UTC')::date > 91 THEN
            RAISE EXCEPTION 'E-RST-34: what is held back is looked at again within 90 days'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - ARRAY['review_on', 'lifted_at', 'told_at']
            <> to_jsonb(OLD) - ARRAY['review_on', 'lifted_at', 'told_at'] THEN
        RAISE EXCEPTION 'E-RGT-04: what was entered about a request stays'
            USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.review_on, NEW.lifted_at) IS DISTINCT FROM (OLD.review_on, OLD.lifted_at) AND (
            OLD.lifted_at IS NOT NULL OR NOT EXISTS (
                SELECT FROM rights_review WHERE mark_id = NEW.id AND standing = 'confirmed'
                    AND CASE outcome WHEN 'kept' THEN NEW.lifted_at IS NULL AND review_on = NEW.review_on
                        ELSE answered_at = NEW.lifted_at AND NEW.review_on = OLD.review_on END)) THEN
        RAISE EXCEPTION 'E-RST-35: two officers have not looked at this again'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.told_at IS DISTINCT FROM OLD.told_at AND (OLD.told_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM rights_letter WHERE request_id = NEW.request_id AND kind = 'further'
                AND standing = 'sent' AND sent_at = NEW.told_at)) THEN
        RAISE EXCEPTION 'E-RST-35: no letter that gives this has left'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rights_mark_is_reviewed BEFORE INSERT OR UPDATE ON rights_mark
    FOR EACH ROW EXECUTE FUNCTION rights_mark_is_reviewed();

-- A review is of what an answered request holds back by law; a second officer answers it once.
CREATE FUNCTION rights_review_is_answered() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    answered text[] := ARRAY['standing', 'answered_by_id', 'answered_at', 'answer'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> 'proposed' OR NEW.review_on - (NEW.at AT TIME ZONE 'UTC')::date > 91
                OR NOT EXISTS (SELECT FROM rights_mark AS it JOIN rights_request AS asked
                    ON asked.id = it.request_id WHERE it.id = NEW.mark_id
                    AND (it.request_id, it.person_id) = (NEW.request_id, NEW.person_id)
                    AND it.ground IS NOT NULL AND it.lifted_at IS NULL
                    AND asked.standing IN ('replied', 'lifted')) THEN
            RAISE EXCEPTION 'E-RST-35: only what is held back by law is looked at again'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW IS DISTINCT FROM OLD AND (OLD.standing <> 'proposed'
            OR to_jsonb(NEW) - answered <> to_jsonb(OLD) - answered) THEN
        RAISE EXCEPTION 'E-RST-35: a review is answered once, as it was proposed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rights_review_is_answered BEFORE INSERT OR UPDATE ON rights_review
    FOR EACH ROW EXECUTE FUNCTION rights_review_is_answered();

-- As in rights_withdrawn.sql; and an answered request owes a letter while something is lifted and not given.
CREATE OR REPLACE FUNCTION rights_request_is_answered() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> 'open' THEN
            RAISE EXCEPTION 'E-RGT-04: a request begins open' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW; -- Nothing changes; without an entry the guard refuses even that.
    END IF;
    IF OLD.standing IN ('replied', 'lifted') AND NEW.standing IN ('replied', 'lifted')
            AND to_jsonb(NEW) - 'standing' = to_jsonb(OLD) - 'standing' THEN
        IF (NEW.standing = 'lifted') <> EXISTS (SELECT FROM rights_mark WHERE request_id = NEW.id
                AND lifted_at IS NOT NULL AND told_at IS NULL) THEN
            RAISE EXCEPTION 'E-RST-35: a request owes a letter while something is lifted and not given'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.standing <> 'open' OR (OLD.id, OLD.reference, OLD.receipt, OLD.kind, OLD.received_on,
            OLD.name, OLD.birth_date, OLD.wish) IS DISTINCT FROM (NEW.id, NEW.reference,
            NEW.receipt, NEW.kind, NEW.received_on, NEW.name, NEW.birth_date, NEW.wish)
            OR NEW.standing = 'lifted' THEN
        RAISE EXCEPTION 'E-RGT-04: a request is answered once, and not changed otherwise'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = 'withdrawn' THEN
        IF EXISTS (SELECT FROM rights_letter WHERE request_id = NEW.id AND kind = 'reply'
                AND standing <> 'returned')
                OR NOT EXISTS (SELECT FROM rights_letter WHERE request_id = NEW.id
                AND kind = 'withdrawal') THEN
            RAISE EXCEPTION 'E-RGT-04: a reply waits, or no letter says that it was withdrawn'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM rights_letter WHERE request_id = NEW.id AND kind = 'reply'
            AND standing = 'sent' AND outcome = NEW.outcome) THEN
        RAISE EXCEPTION 'E-RGT-04: no reply to this request has left'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- As in rights_requests.sql; what gives more is proposed to a second officer, too, and only where it is owed.
CREATE OR REPLACE FUNCTION rights_letter_stands() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> (CASE WHEN NEW.kind IN ('reply', 'further') THEN 'proposed' ELSE 'approved' END) THEN
            RAISE EXCEPTION 'E-RGT-05: a letter begins as it is written'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM rights_request WHERE id = NEW.request_id
                AND standing = (CASE NEW.kind WHEN 'further' THEN 'lifted' ELSE 'open' END)) THEN
            RAISE EXCEPTION 'E-RGT-04: this request is answered, or nothing more is owed'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF OLD.standing IN ('sent', 'returned')
            OR (OLD.standing = 'proposed' AND NEW.standing NOT IN ('approved', 'returned'))
            OR (OLD.standing = 'approved' AND NEW.standing NOT IN ('approved', 'sent'))
            OR (OLD.id, OLD.request_id, OLD.kind, OLD.outcome, OLD.subject, OLD.text, OLD.because,
                OLD.by_id, OLD.at) IS DISTINCT FROM (NEW.id, NEW.request_id, NEW.kind, NEW.outcome,
                NEW.subject, NEW.text, NEW.because, NEW.by_id, NEW.at) THEN
        RAISE EXCEPTION 'E-RGT-05: a letter is answered and sent as it was written'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- Every record that was found is held while the request is open, or while more is to be given.
CREATE OR REPLACE FUNCTION rights_found_is_held() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM rights_request WHERE id = OLD.request_id AND standing IN ('open', 'lifted')) THEN
        RAISE EXCEPTION 'E-HOLD-30: a request that found this record is not answered yet'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Answer it first.';
    END IF;
    RETURN OLD;
END $$;
CREATE OR REPLACE FUNCTION held_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    person uuid := (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
BEGIN
    IF EXISTS (SELECT FROM hold WHERE person_id = person
            AND ended_at IS NULL AND (expires_on IS NULL OR expires_on >= current_date))
        OR EXISTS (SELECT FROM rights_found AS found JOIN rights_request AS asked
            ON asked.id = found.request_id WHERE found.person_id = person
            AND (asked.standing = 'lifted' OR asked.standing = 'open' AND asked.kind <> 'rectification')) THEN
        RAISE EXCEPTION 'E-HOLD-30: what is held about a person is not destroyed'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Wait until the hold has ended.';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
