-- As in foi_held.sql; the Commissioner can be asked after a review that was withdrawn, too.
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
        OR NEW.ended_at::date < (SELECT max(sent_on) + 54 FROM foi_letter
            WHERE request_id = asked.id AND kind = 'reply')
        OR NEW.ended_at::date < (SELECT max("on") + 89 FROM foi_step
            WHERE request_id = asked.id AND what IN ('reviewed', 'review_withdrawn', 'commissioner_done'))) THEN
        RAISE EXCEPTION 'E-HOLD-30: what was asked for is held while a review can follow'
            USING ERRCODE = 'insufficient_privilege', HINT = 'Wait until nothing can follow any more.';
    END IF;
    RETURN NEW;
END $$;
