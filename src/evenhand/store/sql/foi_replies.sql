-- A further reply follows the first where a review was upheld or the Commissioner decided, is made
-- of parts of its own, and leaves what was said before as it is.
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
    IF NEW.standing = 'to_reply_again' AND OLD.standing <> 'under_review' THEN
        RAISE EXCEPTION 'E-FOI-10: a further reply follows a review' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.standing = 'open' AND NEW.standing NOT IN ('not_valid', 'transferred', 'withdrawn', 'lapsed')
            AND NOT EXISTS (SELECT FROM foi_letter WHERE request_id = NEW.id AND kind = 'reply'
                AND sent_on IS NOT NULL AND approved_by_id IS NOT NULL) THEN
        RAISE EXCEPTION 'E-FOI-88: no reply to this request was approved and sent'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.standing = 'to_reply_again' AND (NEW.standing <> 'replied'
            OR NOT EXISTS (SELECT FROM foi_letter WHERE request_id = NEW.id AND kind = 'reply'
                AND sent_on IS NOT NULL AND approved_by_id IS NOT NULL
                AND at >= (SELECT max(at) FROM foi_step WHERE request_id = NEW.id
                    AND what = 'review_upheld'))) THEN
        RAISE EXCEPTION 'E-FOI-88: no further reply to this request was approved and sent'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- A part or a reply is of the reply that comes next, where there is one to give.
CREATE FUNCTION foi_of_the_next_reply() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM foi_request WHERE id = NEW.request_id
            AND standing IN ('open', 'to_reply_again', 'to_comply'))
        OR NEW.reply <> 1 + (SELECT count(*) FROM foi_letter WHERE request_id = NEW.request_id
            AND kind = 'reply' AND sent_on IS NOT NULL) THEN
        RAISE EXCEPTION 'E-FOI-89: no such reply is to be given now' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER foi_part_is_of_the_next BEFORE INSERT ON foi_part
    FOR EACH ROW EXECUTE FUNCTION foi_of_the_next_reply();
CREATE TRIGGER foi_letter_is_of_the_next BEFORE INSERT ON foi_letter
    FOR EACH ROW WHEN (NEW.kind = 'reply') EXECUTE FUNCTION foi_of_the_next_reply();

-- Once a reply has left, what it says of each part stands; and so does the letter.
CREATE OR REPLACE FUNCTION foi_reply_stands() RETURNS trigger LANGUAGE plpgsql
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
