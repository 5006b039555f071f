-- The last step of a kind since the last reply that left was written, before a step by its number: of reviews,
-- which the Commissioner's decision stands in place of, or of errors that the desk found.
CREATE OR REPLACE FUNCTION foi_last_since(asked uuid, kind text, before integer)
    RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT what FROM foi_step WHERE request_id = asked AND number < before
        AND what = ANY(CASE foi_last_since.kind WHEN 'error' THEN ARRAY['error_found', 'error_withdrawn']
            ELSE ARRAY['review_asked', 'reviewed', 'review_upheld', 'review_withdrawn',
                'commissioner_decided'] END)
        AND at > coalesce((SELECT max(at) FROM foi_letter WHERE request_id = asked
            AND foi_letter.kind = 'reply' AND sent_on IS NOT NULL), '-infinity')
        ORDER BY number DESC LIMIT 1
$$;

-- Where a request stands by what the desk owes, whatever the Commissioner does: a reply that leaves gives all
-- that was owed until it was written, and what was owed beneath a review is owed again after it.
CREATE OR REPLACE FUNCTION foi_owed(asked uuid) RETURNS text LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN NOT EXISTS (SELECT FROM foi_letter WHERE request_id = asked AND kind = 'reply'
                AND sent_on IS NOT NULL) THEN 'open'
            WHEN reviewed = 'review_asked' THEN 'under_review'
            WHEN reviewed = 'review_upheld' OR foi_last_since(asked, 'error', 2147483647) = 'error_found'
                THEN 'to_reply_again'
            ELSE 'replied' END
        FROM foi_last_since(asked, 'review', 2147483647) AS reviewed
$$;

-- A request keeps its number, its day and what it corrects: a reply that is published, and whose own request is
-- erased, or ended since nobody was reached. It never leaves an end, and is replied to by a letter alone that a
-- second officer approved and that has left. It stands where what is owed has it stand: a further reply
-- follows a review that was upheld, or corrects what the desk itself found wrong, once. Nothing passes over
-- an approved reply but that who asked cannot be reached, once it was tried: with that reply, or a question
-- back, and what the Commissioner does, where it does not close the request. A letter was tried once it
-- was posted, or the mail server refused it where no postal address is known, or took it three months ago, which
-- are never fewer than 89 days. The Commissioner is entered once the desk has answered, or is late: twenty working
-- days are never fewer than 26 days.
CREATE OR REPLACE FUNCTION foi_request_moves() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    owed text := foi_owed(NEW.id);
    reviewed text;
    last foi_step;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> 'open' THEN
            RAISE EXCEPTION 'E-FOI-10: a request begins open' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.corrects IS NOT NULL AND (NOT EXISTS (SELECT FROM foi_disclosure WHERE number = NEW.corrects)
                OR EXISTS (SELECT FROM foi_request WHERE number = NEW.corrects AND standing <> 'unreached')) THEN
            RAISE EXCEPTION 'E-FOI-10: nothing is published that only so can be corrected'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END IF;
    IF (OLD.number, OLD.received_on, OLD.channel, OLD.receipt, OLD.corrects)
            IS DISTINCT FROM (NEW.number, NEW.received_on, NEW.channel, NEW.receipt, NEW.corrects) THEN
        RAISE EXCEPTION 'E-FOI-10: a request keeps its number, its day and what it corrects'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = OLD.standing THEN
        RETURN NULL;
    END IF;
    SELECT * INTO last FROM foi_step WHERE request_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF OLD.standing IN ('not_valid', 'transferred', 'withdrawn', 'lapsed', 'unreached') OR (NEW.standing = 'open'
            AND (owed, last.what) IS DISTINCT FROM ('open', 'commissioner_done')) THEN
        RAISE EXCEPTION 'E-FOI-10: this request has ended' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = 'unreached' THEN
        IF last.what IS DISTINCT FROM 'unreached'
                OR OLD.standing NOT IN ('open', 'to_reply_again', 'to_comply')
                OR NOT coalesce((SELECT CASE WHEN sent_on IS NULL THEN failed NOT IN ('', 'fault')
                            AND NOT EXISTS (SELECT FROM foi_requester
                                WHERE request_id = NEW.id AND postal IS NOT NULL)
                        ELSE NOT by_mail OR failed <> '' OR last."on" >= sent_on + 89 END
                    FROM foi_letter WHERE request_id = NEW.id
                        AND (kind = 'reply' AND approved_at IS NOT NULL AND sent_on IS NULL AND returned_at IS NULL
                            OR OLD.standing = 'open' AND kind = 'clarification_asked' AND (SELECT what FROM foi_step
                                WHERE request_id = NEW.id AND what LIKE 'clarification_%'
                                ORDER BY foi_step.number DESC LIMIT 1) = kind)
                    ORDER BY kind = 'reply' DESC, foi_letter.number DESC LIMIT 1), false) THEN
            RAISE EXCEPTION 'E-FOI-10: a letter to who asked can still be sent'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END IF;
    IF NEW.standing = 'replied' AND owed <> 'replied' OR EXISTS (SELECT FROM foi_letter
            WHERE request_id = NEW.id AND kind = 'reply' AND approved_at IS NOT NULL
                AND returned_at IS NULL AND sent_on IS NULL)
            AND (NEW.standing = 'replied'
                OR coalesce(last.what, '') NOT IN ('commissioner_decided', 'commissioner_done')) THEN
        RAISE EXCEPTION 'E-FOI-88: what is owed to this request was not approved and sent'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = 'to_reply_again' AND owed <> 'to_reply_again' THEN
        RAISE EXCEPTION 'E-FOI-10: a further reply follows a review, or that the reply was wrong'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing IN ('not_valid', 'transferred', 'withdrawn', 'lapsed') AND OLD.standing <> 'open'
            OR NEW.standing = 'under_review' AND owed <> 'under_review'
            OR NEW.standing = 'to_comply' AND last.what IS DISTINCT FROM 'commissioner_decided'
            OR NEW.standing = 'at_commissioner' AND last.what IS DISTINCT FROM 'commissioner_asked' THEN
        RAISE EXCEPTION 'E-FOI-10: nothing has this request stand there' USING ERRCODE = 'check_violation';
    END IF;
    reviewed := foi_last_since(NEW.id, 'review', last.number);
    IF OLD.standing = 'to_reply_again' AND NEW.standing = 'under_review'
            AND reviewed = 'review_upheld' THEN
        RAISE EXCEPTION 'E-FOI-10: what a review led to is not reviewed before it left'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing = 'at_commissioner' AND (owed = 'open' OR reviewed IN ('review_asked', 'review_upheld'))
            AND last."on" <= 26 + greatest(NEW.received_on, (SELECT max("on") FROM foi_step
                WHERE request_id = NEW.id AND what = CASE owed WHEN 'open' THEN 'clarification_answered'
                    ELSE 'review_asked' END)) THEN
        RAISE EXCEPTION 'E-FOI-10: what is owed was not late on that day'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER foi_request_moves AFTER INSERT OR UPDATE ON foi_request
    FOR EACH ROW EXECUTE FUNCTION foi_request_moves();

-- Nothing more is asked, and no more time is taken, once a reply is approved and has yet to leave.
CREATE OR REPLACE FUNCTION foi_step_waits() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM foi_letter WHERE request_id = NEW.request_id AND kind = 'reply'
            AND approved_at IS NOT NULL AND returned_at IS NULL AND sent_on IS NULL) THEN
        RAISE EXCEPTION 'E-FOI-10: the reply is approved, and has not left yet'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER foi_step_waits BEFORE INSERT ON foi_step FOR EACH ROW
    WHEN (NEW.what IN ('clarification_asked', 'fee_asked', 'extended')) EXECUTE FUNCTION foi_step_waits();
