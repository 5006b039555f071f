-- What was recorded of a breach stands: rows are added, a few columns are filled in once, nothing is
-- changed or removed, and the Commissioner is told late only with reasons (DPA 2018 s.67). What was said
-- of a breach goes when its time is over (D15), three years after closing at the soonest: notes and phases
-- whole, of the people what was said; the facts stay as they were, for good.
CREATE FUNCTION breach_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME IN ('breach_note', 'breach_phase') THEN
        IF EXISTS (SELECT FROM breach WHERE id = OLD.breach_id AND erased_at IS NOT NULL) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'E-BRE-66: what was recorded of a breach stays' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER breach_stays BEFORE DELETE ON breach FOR EACH ROW EXECUTE FUNCTION breach_stays();
CREATE TRIGGER breach_stays BEFORE UPDATE OR DELETE ON breach_note
    FOR EACH ROW EXECUTE FUNCTION breach_stays();
CREATE TRIGGER breach_stays BEFORE UPDATE OR DELETE ON breach_phase
    FOR EACH ROW EXECUTE FUNCTION breach_stays();
CREATE TRIGGER breach_stays BEFORE DELETE ON breach_group
    FOR EACH ROW EXECUTE FUNCTION breach_stays();

CREATE FUNCTION breach_goes_its_way() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (OLD.number, OLD.kinds, OLD.aware_at, OLD.opened_by_id, OLD.opened_at)
        IS DISTINCT FROM
       (NEW.number, NEW.kinds, NEW.aware_at, NEW.opened_by_id, NEW.opened_at)
        OR OLD.erased_at IS NOT NULL
        OR NOT NEW.told @> OLD.told
        OR (OLD.first_told_at IS NOT NULL AND OLD.first_told_at IS DISTINCT FROM NEW.first_told_at)
        OR (OLD.not_told_at IS NOT NULL AND OLD.not_told_at IS DISTINCT FROM NEW.not_told_at) THEN
        RAISE EXCEPTION 'E-BRE-66: what was recorded of a breach stays' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.erased_at IS NOT NULL THEN
        IF OLD.closed_at IS NULL OR NEW.erased_at < OLD.closed_at + interval '3 years'
            OR (OLD.told, OLD.first_told_at, OLD.not_told_at, OLD.closed_by_id, OLD.closed_at)
            IS DISTINCT FROM
               (NEW.told, NEW.first_told_at, NEW.not_told_at, NEW.closed_by_id, NEW.closed_at) THEN
            RAISE EXCEPTION 'E-BRE-66: what was recorded of a breach stays until its time is over'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.key_id, OLD.package) IS DISTINCT FROM (NEW.key_id, NEW.package)
        OR OLD.closed_at IS NOT NULL
        OR (OLD.first_told_at IS NOT NULL AND OLD.late_because IS DISTINCT FROM NEW.late_because)
        OR (OLD.not_told_at IS NOT NULL AND OLD.not_told_because IS DISTINCT FROM NEW.not_told_because) THEN
        RAISE EXCEPTION 'E-BRE-66: what was recorded of a breach stays' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.closed_at IS NOT NULL AND EXISTS (SELECT FROM breach_group
            WHERE breach_id = NEW.id AND told_on IS NULL AND to_tell IN ('tell', 'effort')) THEN
        RAISE EXCEPTION 'E-BRE-67: people are still to be told' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER breach_goes_its_way BEFORE UPDATE ON breach
    FOR EACH ROW EXECUTE FUNCTION breach_goes_its_way();

CREATE FUNCTION breach_group_told_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    is_erased boolean := (SELECT erased_at IS NOT NULL FROM breach WHERE id = OLD.breach_id);
BEGIN
    IF (OLD.breach_id, OLD.whom, OLD.about, OLD.under_18, OLD.to_tell, OLD.ground, OLD.by_id, OLD.at)
        IS DISTINCT FROM
       (NEW.breach_id, NEW.whom, NEW.about, NEW.under_18, NEW.to_tell, NEW.ground, NEW.by_id, NEW.at)
        OR (is_erased AND (OLD.told_on IS DISTINCT FROM NEW.told_on OR num_nonnulls(
            NEW.reasons, NEW.nature, NEW.contact, NEW.consequences, NEW.measures) > 0))
        OR (NOT is_erased AND (OLD.told_on IS NOT NULL OR NEW.reasons IS DISTINCT FROM OLD.reasons)) THEN
        RAISE EXCEPTION 'E-BRE-67: what was settled about people stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER breach_group_told_once BEFORE UPDATE ON breach_group
    FOR EACH ROW EXECUTE FUNCTION breach_group_told_once();

ALTER TABLE breach ADD CONSTRAINT breach_told_late_only_with_reasons
    CHECK (first_told_at IS NULL OR late_because IS NOT NULL OR erased_at IS NOT NULL
        OR first_told_at <= aware_at + interval '72 hours');
ALTER TABLE breach ADD CONSTRAINT breach_known_before_it_is_told
    CHECK (aware_at <= opened_at AND (first_told_at IS NULL OR first_told_at >= aware_at));

CREATE FUNCTION breach_group_has_reasons() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'E-BRE-67: there are reasons for what is settled about people'
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER breach_group_has_reasons BEFORE INSERT ON breach_group
    FOR EACH ROW WHEN (NEW.reasons IS NULL) EXECUTE FUNCTION breach_group_has_reasons();
