-- The equality tally (A79): counts alone, by quarter. It is outside the guard and the log on purpose: an
-- entry would tell when and by whom somebody was counted, and so beside which record.
CREATE TABLE machinery.equality_tally (
    id uuid PRIMARY KEY,
    quarter date NOT NULL CHECK (quarter = date_trunc('quarter', quarter)::date),
    part text NOT NULL CHECK (part IN ('poster', 'suspect', 'victim', 'witness')),
    basis text NOT NULL CHECK (basis IN ('perceived', 'stated', 'not_asked')),
    answer text NOT NULL CHECK (answer ~ '^[a-z]{0,2}[0-9]?$'),
    number integer NOT NULL CHECK (number > 0),
    UNIQUE (quarter, part, basis, answer)
);

-- A count of the equality tally goes three years after its quarter at the soonest (D18).
CREATE FUNCTION machinery.equality_is_added_to() RETURNS trigger LANGUAGE plpgsql
    SET search_path = machinery, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.number <> 1 THEN
            RAISE EXCEPTION 'E-EQ-79: one is counted at a time' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.quarter + interval '3 years 3 months' <= current_date THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' OR (OLD.id, OLD.quarter, OLD.part, OLD.basis, OLD.answer, OLD.number + 1)
        IS DISTINCT FROM (NEW.id, NEW.quarter, NEW.part, NEW.basis, NEW.answer, NEW.number) THEN
        RAISE EXCEPTION 'E-EQ-79: the tally is only added to' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER equality_is_added_to BEFORE INSERT OR UPDATE OR DELETE ON machinery.equality_tally
    FOR EACH ROW EXECUTE FUNCTION machinery.equality_is_added_to();
