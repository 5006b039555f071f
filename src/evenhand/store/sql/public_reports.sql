-- Who used a public door within the last hour, as a keyed hash: to bound how often, and no more.
CREATE TABLE machinery.knock (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    door text NOT NULL,
    caller bytea NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX knock_lately ON machinery.knock (door, at);

-- D24: what nobody settled goes after 30 days. D09: how a reporter is reached, three months at most.
ALTER TABLE public_report ADD CONSTRAINT public_report_ends_after_30_days CHECK (max_on - day <= 30);
ALTER TABLE reporter_contact ADD CONSTRAINT reporter_contact_ends_after_3_months
    CHECK (last_on <= day + interval '3 months');

-- A report is settled once, alone, and by somebody who opened it; it is taken up as a referral that
-- is there. It runs after the guard, which has entered the change by then: triggers fire by name.
CREATE FUNCTION report_is_settled() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing NOT IN ('waiting', 'signposted') THEN
            RAISE EXCEPTION 'E-PREP-02: a report begins unread' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END IF;
    IF NEW.standing = OLD.standing THEN
        RETURN NULL;
    END IF;
    IF OLD.standing NOT IN ('waiting', 'opened') OR NEW.standing = 'waiting' THEN
        RAISE EXCEPTION 'E-PREP-02: this report is settled' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing IN ('logged', 'joined', 'set_aside') THEN
        IF OLD.standing <> 'opened' THEN
            RAISE EXCEPTION 'E-PREP-03: nobody has opened this report' USING ERRCODE = 'check_violation';
        END IF;
        IF (SELECT count(*) FROM change WHERE row_table = 'public_report'
                AND entry = current_setting('evenhand.entry')::bigint) > 1 THEN
            RAISE EXCEPTION 'E-PREP-02: reports are settled one by one' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.became IS NOT NULL AND NOT EXISTS (SELECT FROM referral WHERE id = NEW.became) THEN
        RAISE EXCEPTION 'E-PREP-02: a report is taken up as a referral that exists'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER report_is_settled AFTER INSERT OR UPDATE ON public_report
    FOR EACH ROW EXECUTE FUNCTION report_is_settled();

-- Of child sexual abuse imagery nothing is kept but time, platform and reference: nobody to write to.
CREATE FUNCTION reporter_may_be_told() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public_report WHERE id = NEW.report_id AND standing = 'waiting') THEN
        RAISE EXCEPTION 'E-PREP-01: nobody is reached about this report' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER reporter_may_be_told AFTER INSERT ON reporter_contact
    FOR EACH ROW EXECUTE FUNCTION reporter_may_be_told();
