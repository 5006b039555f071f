-- As in foi_replies.sql. A further reply follows a review that was upheld, or corrects what the desk itself found
-- wrong; a review that is withdrawn leaves the reply as it was. Whoever asked keeps their rights while the desk
-- corrects an error; one that was none is taken back. What was found wrong is corrected once, and nothing passes over an approved reply.
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
            AND NOT (OLD.standing = 'replied' AND coalesce((SELECT what = 'error_found'
                    AND NOT EXISTS (SELECT FROM foi_letter WHERE request_id = NEW.id AND kind = 'reply'
                        AND sent_on IS NOT NULL AND foi_letter.at >= last.at)
                FROM foi_step AS last WHERE request_id = NEW.id ORDER BY number DESC LIMIT 1), false)) THEN
        RAISE EXCEPTION 'E-FOI-10: a further reply follows a review, or that the reply was wrong'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.standing = 'open' AND NEW.standing NOT IN ('not_valid', 'transferred', 'withdrawn', 'lapsed')
            AND NOT EXISTS (SELECT FROM foi_letter WHERE request_id = NEW.id AND kind = 'reply'
                AND sent_on IS NOT NULL AND approved_by_id IS NOT NULL) THEN
        RAISE EXCEPTION 'E-FOI-88: no reply to this request was approved and sent'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.standing = 'to_reply_again'
            AND ((SELECT what FROM foi_step WHERE request_id = NEW.id
                    AND what IN ('review_upheld', 'error_found') ORDER BY number DESC LIMIT 1),
                (SELECT what FROM foi_step WHERE request_id = NEW.id ORDER BY number DESC LIMIT 1),
                NEW.standing) IN (
                ('review_upheld', 'review_withdrawn', 'replied'),
                ('error_found', 'error_withdrawn', 'replied'),
                ('error_found', 'review_asked', 'under_review'),
                ('error_found', 'commissioner_asked', 'at_commissioner'))
            AND NOT EXISTS (SELECT FROM foi_letter WHERE request_id = NEW.id AND kind = 'reply'
                AND approved_at IS NOT NULL AND returned_at IS NULL AND sent_on IS NULL) THEN
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

-- Beside those of instructed.sql: replies to requests, and figures. What other decisions the rules refuse, they alone
-- do: most of those name who decided in the log only, and a hold may be ended by the clock.
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON foi_part
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('confirmed_by_id', 'confirmed_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON foi_letter
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('approved_by_id', 'approved_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON rights_letter
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('answered_by_id', 'answered_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON rights_review
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('answered_by_id', 'answered_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON figure
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('published_by_id', 'published_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON erratum
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions(
        'by_id', 'at', 'confirmed_by_id', 'confirmed_at', 'declined_by_id', 'declined_at');
