-- A request ends with a reply that left, or because whoever asked withdrew it.

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
    IF OLD.standing <> 'open' OR (OLD.id, OLD.reference, OLD.receipt, OLD.kind, OLD.received_on,
            OLD.name, OLD.birth_date, OLD.wish) IS DISTINCT FROM (NEW.id, NEW.reference,
            NEW.receipt, NEW.kind, NEW.received_on, NEW.name, NEW.birth_date, NEW.wish) THEN
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
