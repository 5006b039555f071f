-- What readers have of people in a quarter is settled once and stays as it is (E-SDC-88).
CREATE FUNCTION people_quarter_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'E-SDC-88: what is published of a quarter stays as it is' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER people_quarter_stays BEFORE UPDATE OR DELETE ON people_quarter
    FOR EACH ROW EXECUTE FUNCTION people_quarter_stays();

-- A correction that waits is confirmed, declined, or taken back by who wrote it, and stays so.
CREATE OR REPLACE FUNCTION erratum_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL OR OLD.declined_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
        OR (OLD.id, OLD.wrong_id, OLD.right_id, OLD.why, OLD.by_id, OLD.at)
        IS DISTINCT FROM (NEW.id, NEW.wrong_id, NEW.right_id, NEW.why, NEW.by_id, NEW.at) THEN
        RAISE EXCEPTION 'E-COR-90: a correction stays as it was written' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- A further reply follows a review that was upheld, or corrects what the desk itself found wrong.
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

-- What was published of a reply stays; of one from before its numbers were kept there, they are written
-- down as its request is erased.
CREATE FUNCTION foi_disclosure_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    filled foi_disclosure := OLD;
BEGIN
    filled.tables := NEW.tables;
    IF NEW IS DISTINCT FROM OLD AND (OLD.tables <> '[]' OR NEW IS DISTINCT FROM filled) THEN
        RAISE EXCEPTION 'E-FOI-10: what was entered here is not changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER foi_disclosure_stays ON foi_disclosure;
CREATE TRIGGER foi_disclosure_stays BEFORE UPDATE ON foi_disclosure
    FOR EACH ROW EXECUTE FUNCTION foi_disclosure_stays();
