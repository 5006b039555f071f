-- FOIA 2000 s.77: what a request is about is held while something can follow. A hold ends by itself only
-- after that; before, one officer asks for it and another one ends it, as with any hold. 40 working days
-- to ask for a review are never fewer than 54 days, three months to complain or to appeal never fewer than
-- 89. The Commissioner can be asked after a review that was withdrawn, too, after a further reply that a review
-- led to, and where a reply reached nobody.
CREATE OR REPLACE FUNCTION foi_hold_lasts() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    asked foi_request;
BEGIN
    SELECT it.* INTO asked FROM foi_request AS it JOIN foi_hold AS held ON held.request_id = it.id
        WHERE held.id = OLD.id;
    IF NOT FOUND THEN
        RETURN NEW;
    END IF;
    IF (NEW.kind, NEW.expires_on, NEW.referral_id, NEW.person_id)
            IS DISTINCT FROM (OLD.kind, OLD.expires_on, OLD.referral_id, OLD.person_id) THEN
        RAISE EXCEPTION 'E-HOLD-30: a hold of a request for information has no other end'
            USING ERRCODE = 'insufficient_privilege', HINT = 'It ends with the request.';
    END IF;
    IF OLD.asked_at IS NULL AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND (
        asked.standing IN ('open', 'under_review', 'to_reply_again', 'at_commissioner', 'to_comply')
        OR NEW.ended_at::date < (SELECT max(sent_on) + CASE WHEN EXISTS (SELECT FROM foi_step
                WHERE request_id = asked.id AND what = 'review_upheld') THEN 89 ELSE 54 END
            FROM foi_letter WHERE request_id = asked.id AND kind = 'reply')
        OR NEW.ended_at::date < (SELECT max("on") + 89 FROM foi_step WHERE request_id = asked.id
            AND what IN ('reviewed', 'review_withdrawn', 'commissioner_done', 'unreached'))) THEN
        RAISE EXCEPTION 'E-HOLD-30: what was asked for is held while a review can follow'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Wait until nothing can follow any more.';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER foi_hold_lasts BEFORE UPDATE ON hold
    FOR EACH ROW EXECUTE FUNCTION foi_hold_lasts();

-- No hold that stands loses the request that it is for before a colleague was asked to end it.
CREATE OR REPLACE FUNCTION foi_hold_is_of_its_request() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    ELSIF NOT EXISTS (SELECT FROM hold WHERE id = OLD.id AND ended_at IS NULL AND asked_at IS NULL) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'E-HOLD-30: a hold that stands is of its request'
        USING ERRCODE = 'insufficient_privilege', HINT = 'A colleague is asked to end it first.';
END $$;
CREATE OR REPLACE TRIGGER foi_hold_is_of_its_request BEFORE UPDATE OR DELETE ON foi_hold
    FOR EACH ROW EXECUTE FUNCTION foi_hold_is_of_its_request();
