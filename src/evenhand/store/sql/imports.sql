-- A record of an old system leaves quarantine alone, once, and as a referral that exists. A31.
-- It runs after the guard, which has entered the change by then: triggers fire by name.
CREATE FUNCTION leave_alone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> 'waiting' THEN
            RAISE EXCEPTION 'E-IMP-31: a record of an old system begins in quarantine'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.names_person AND NOT EXISTS (
                SELECT FROM document_version WHERE kind = 'dpia' AND stage = 'in_force') THEN
            RAISE EXCEPTION 'E-DPIA-58: no impact assessment in force'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.standing <> OLD.standing THEN
        IF OLD.standing <> 'waiting' THEN
            RAISE EXCEPTION 'E-IMP-32: this record has left quarantine already'
                USING ERRCODE = 'check_violation';
        END IF;
        IF (SELECT count(*) FROM change WHERE row_table = 'import_row'
                AND entry = current_setting('evenhand.entry')::bigint) > 1 THEN
            RAISE EXCEPTION 'E-IMP-31: records of an old system leave quarantine one by one'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.standing = 'passed'
                AND NOT EXISTS (SELECT FROM referral WHERE id = NEW.became) THEN
            RAISE EXCEPTION 'E-IMP-31: a record is passed as a referral that exists'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER leave_alone AFTER INSERT OR UPDATE ON import_row
    FOR EACH ROW EXECUTE FUNCTION leave_alone();

-- D20: nothing stays longer than 90 days.
ALTER TABLE import_run ADD CONSTRAINT import_run_ends_after_90_days CHECK (max_on - start_on <= 90);
