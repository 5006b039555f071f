-- D27 to D29: how long requests for information, who asked, and what is published are kept at most.
ALTER TABLE foi_request ADD CONSTRAINT foi_request_ends_after_3_years
    CHECK (max_on <= closed_on + interval '36 months');
ALTER TABLE foi_disclosure ADD CONSTRAINT foi_disclosure_ends_after_10_years
    CHECK (max_on <= replied_on + interval '10 years');

-- A request keeps its number and its day, never leaves an end, and is replied to by a letter alone that a
-- second officer approved and that has left. A further reply follows a review that was upheld, or corrects
-- what the desk itself found wrong; a review that is withdrawn leaves the reply as it was. Whoever asked
-- keeps their rights while the desk corrects an error; one that was none is taken back. What was found
-- wrong is corrected once, and nothing passes over an approved reply.
CREATE FUNCTION foi_request_moves() RETURNS trigger LANGUAGE plpgsql
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
CREATE TRIGGER foi_request_moves AFTER INSERT OR UPDATE ON foi_request
    FOR EACH ROW EXECUTE FUNCTION foi_request_moves();

-- A step stands as it was entered; so does what was published.
CREATE FUNCTION foi_stays_as_it_was() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW; -- Nothing changes; without an entry the guard refuses even that.
    END IF;
    RAISE EXCEPTION 'E-FOI-10: what was entered here is not changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER foi_step_stays BEFORE UPDATE ON foi_step
    FOR EACH ROW EXECUTE FUNCTION foi_stays_as_it_was();

-- Once a reply has left, what it says of each part stands; and so does the letter.
CREATE FUNCTION foi_reply_stands() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'foi_letter' THEN
        IF OLD.sent_on IS NOT NULL OR (OLD.text, OLD.published, OLD.kind, OLD.reply)
                IS DISTINCT FROM (NEW.text, NEW.published, NEW.kind, NEW.reply) THEN
            RAISE EXCEPTION 'E-FOI-89: a letter is not changed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.reply <> OLD.reply OR EXISTS (SELECT FROM foi_letter WHERE request_id = OLD.request_id
            AND kind = 'reply' AND reply = OLD.reply AND returned_at IS NULL) THEN
        RAISE EXCEPTION 'E-FOI-89: a reply says this already' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER foi_letter_stands BEFORE UPDATE ON foi_letter
    FOR EACH ROW EXECUTE FUNCTION foi_reply_stands();
CREATE TRIGGER foi_part_stands BEFORE UPDATE ON foi_part
    FOR EACH ROW EXECUTE FUNCTION foi_reply_stands();
