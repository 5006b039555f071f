-- What the law lets be held back is looked at again by two officers; what is lifted is given with a
-- further letter, and until that has left, what the request found is held.

-- A mark stays as it was made, but for what a confirmed review says of it.
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
