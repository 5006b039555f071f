-- As in told.sql; and a review that is withdrawn leaves the reply as it was.
CREATE OR REPLACE FUNCTION foi_request_moves() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> 'open' THEN
            RAISE EXCEPTION 'E-FOI-10: a request begins open' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END IF;
    IF (OLD.number, OLD.received_on, OLD.channel, OLD.receipt)
            IS DISTINCT FROM (NEW.number, NEW.received_on, NEW.channel, NEW.receipt) THEN
        RAISE EXCEPTION 'E-FOI-10: a request keeps its number and its day'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = OLD.standing THEN
        RETURN NULL;
    END IF;
    IF OLD.standing IN ('not_valid', 'transferred', 'withdrawn', 'lapsed') OR NEW.standing = 'open' THEN
        RAISE EXCEPTION 'E-FOI-10: this request has ended' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = 'to_reply_again' AND OLD.standing <> 'under_review'
            AND NOT (OLD.standing = 'replied' AND coalesce((SELECT what = 'error_found' FROM foi_step
                WHERE request_id = NEW.id ORDER BY number DESC LIMIT 1), false)) THEN
        RAISE EXCEPTION 'E-FOI-10: a further reply follows a review, or that the reply was wrong'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.standing = 'open' AND NEW.standing NOT IN ('not_valid', 'transferred', 'withdrawn', 'lapsed')
            AND NOT EXISTS (SELECT FROM foi_letter WHERE request_id = NEW.id AND kind = 'reply'
                AND sent_on IS NOT NULL AND approved_by_id IS NOT NULL) THEN
        RAISE EXCEPTION 'E-FOI-88: no reply to this request was approved and sent'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.standing = 'to_reply_again' AND NEW.standing = 'replied'
            AND 'review_withdrawn' = (SELECT what FROM foi_step WHERE request_id = NEW.id
                ORDER BY number DESC LIMIT 1)
            AND 'review_upheld' = (SELECT what FROM foi_step WHERE request_id = NEW.id
                AND what IN ('review_upheld', 'error_found') ORDER BY number DESC LIMIT 1) THEN
        RETURN NULL;
    END IF;
    IF OLD.standing = 'to_reply_again' AND (NEW.standing <> 'replied'
            OR NOT EXISTS (SELECT FROM foi_letter WHERE request_id = NEW.id AND kind = 'reply'
                AND sent_on IS NOT NULL AND approved_by_id IS NOT NULL
                AND at >= (SELECT max(at) FROM foi_step WHERE request_id = NEW.id
                    AND what IN ('review_upheld', 'error_found')))) THEN
        RAISE EXCEPTION 'E-FOI-88: no further reply to this request was approved and sent'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

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
