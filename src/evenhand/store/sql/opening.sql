-- A restored desk is closed until an administrator proposed and a data protection officer attested
-- to open it. While it is being restored it is closed in another way, and erasures are done again.
CREATE FUNCTION desk_is_closed() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM public.restoration WHERE opened_at IS NULL)
        AND to_regclass('machinery.restoring') IS NULL
$$;

-- No casework on a closed desk, by whatever way it comes (E-OPEN-01). The words and the three acts are
-- those of STILL_DONE and STILL_ENDED in rules/opening.py. Whoever writes names the act in the leaf as
-- they like, so the rows that this entry changed are looked at, too: the guard noted each of them before,
-- and lets none be changed after its entry. When an officer is forgotten on a closed desk, what they were
-- trained in goes as well.
CREATE FUNCTION desk_is_open() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF desk_is_closed() AND EXISTS (
        SELECT FROM (SELECT number, split_part(encode(leaf, 'escape'), '"', 4) AS act FROM come) AS told,
            LATERAL (SELECT CASE
                WHEN split_part(act, '.', 1) IN ('desk', 'officer', 'token', 'key', 'log', 'attempt') THEN
                    ARRAY['officer I', 'officer U', 'token I', 'token U', 'token D', 'absence D', 'training D',
                          'restoration I', 'restoration U', 'record_key I']
                WHEN act = 'platform.endtoken' THEN ARRAY['platform_token U']
                WHEN act = 'platform.endsignoff' THEN ARRAY['sign_off U']
                WHEN act = 'link.revoke' THEN ARRAY['referral U', 'move I']
            END AS changes) AS may
        WHERE changes IS NULL OR EXISTS (
            SELECT FROM change WHERE entry = told.number AND row_table || ' ' || operation <> ALL (changes))) THEN
        RAISE EXCEPTION 'E-OPEN-01: this desk was restored and is not open yet'
            USING ERRCODE = 'check_violation', HINT = 'An administrator proposes, the data protection officer attests.';
    END IF;
    RETURN NULL;
END $$;

-- What a restore found is never changed, and who opened the desk stays (E-OPEN-02).
CREATE FUNCTION restoration_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'E-OPEN-02: a restore stays on record' USING ERRCODE = 'check_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.proposed_by_id IS NOT NULL OR NEW.opened_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'E-OPEN-02: a restored desk begins closed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.opened_by_id IS NOT NULL
        OR (OLD.id, OLD.key_id, OLD.as_of, OLD.restored_at, OLD.tree_size, OLD.tree_root, OLD.lost,
            OLD.erased_again, OLD.beyond, OLD.clock_ran)
        IS DISTINCT FROM
           (NEW.id, NEW.key_id, NEW.as_of, NEW.restored_at, NEW.tree_size, NEW.tree_root, NEW.lost,
            NEW.erased_again, NEW.beyond, NEW.clock_ran) THEN
        RAISE EXCEPTION 'E-OPEN-02: what a restore found is never changed' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.opened_by_id IS NOT NULL AND (OLD.proposed_by_id, OLD.proposed_at, OLD.reason)
        IS DISTINCT FROM (NEW.proposed_by_id, NEW.proposed_at, NEW.reason) THEN
        RAISE EXCEPTION 'E-OPEN-02: it is proposed first, then attested' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.proposed_by_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM officer WHERE id = NEW.proposed_by_id AND 'administrator' = ANY (roles)) THEN
        RAISE EXCEPTION 'E-OPEN-02: an administrator proposes' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.opened_by_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM officer WHERE id = NEW.opened_by_id AND 'dpo' = ANY (roles)) THEN
        RAISE EXCEPTION 'E-OPEN-02: a data protection officer attests' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER restoration_stays BEFORE INSERT OR UPDATE OR DELETE ON restoration
    FOR EACH ROW EXECUTE FUNCTION restoration_stays();
