-- What is there, beside what happened (day_counts.sql): counted in as it comes and out as it goes.

-- Records in the tables, by the system that they come from.
CREATE FUNCTION machinery.record_is_there() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM machinery.count_there('held',
            jsonb_build_array(TG_TABLE_NAME, coalesce(OLD.origin, 'evenhand')), -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM machinery.count_there('held',
            jsonb_build_array(TG_TABLE_NAME, coalesce(NEW.origin, 'evenhand')), 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER record_is_there AFTER INSERT OR DELETE OR UPDATE OF origin ON referral
    FOR EACH ROW EXECUTE FUNCTION machinery.record_is_there();
CREATE TRIGGER record_is_there AFTER INSERT OR DELETE OR UPDATE OF origin ON person
    FOR EACH ROW EXECUTE FUNCTION machinery.record_is_there();

-- Accounts that referrals name, each by its keyed hash only: new ones, and those that are named by one
-- referral or more. Whoever writes or erases an account holds its lock (`same_content.lock`).
CREATE FUNCTION machinery.account_is_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    theirs bytea;
    platform jsonb;
    step integer;
    others bigint;
BEGIN
    FOR theirs, platform, step IN
        SELECT OLD.account, jsonb_build_array(machinery.platform_counted(OLD.platform)), -1
        WHERE TG_OP <> 'INSERT' AND OLD.account IS NOT NULL
        UNION ALL SELECT NEW.account, jsonb_build_array(machinery.platform_counted(NEW.platform)), 1
        WHERE TG_OP <> 'DELETE' AND NEW.account IS NOT NULL
    LOOP
        PERFORM pg_advisory_xact_lock(hashtext('account'), hashtext(theirs::text));
        SELECT count(*) INTO others FROM (SELECT FROM public.referral
            WHERE account = theirs AND id <> coalesce(NEW.id, OLD.id) LIMIT 2) AS named;
        PERFORM machinery.count_there('accounts', platform, step) WHERE others = 0;
        PERFORM machinery.count_there('accounts_again', platform, step) WHERE others = 1;
        PERFORM machinery.count_on_day('account', platform, machinery.day_of(NEW.logged_at), 1)
            WHERE others = 0 AND step = 1;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER account_is_counted AFTER INSERT OR DELETE OR UPDATE OF account ON referral
    FOR EACH ROW EXECUTE FUNCTION machinery.account_is_counted();

-- What was seen gone and is there again. When, the rows beside it say at the end of the act.
CREATE FUNCTION machinery.put_back_is_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
DECLARE
    happened timestamptz := (SELECT max(at) FROM (
        SELECT at FROM public.answer WHERE referral_id = NEW.id
        UNION ALL SELECT at FROM public.recheck WHERE referral_id = NEW.id) AS seen);
BEGIN
    PERFORM machinery.count_on_day('put_back', jsonb_build_array(machinery.platform_counted(NEW.platform),
        NEW.ground, NEW.harm), machinery.day_of(happened), 1)
        WHERE NEW.platform_status = 'reinstated' OR NEW.last_seen = 'visible';
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER put_back_is_counted AFTER UPDATE ON referral DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.removal_since IS NOT NULL AND NEW.removal_since IS NULL)
    EXECUTE FUNCTION machinery.put_back_is_counted();

-- What was done, by the kind of whoever did it, as the log has it. Looks are counted elsewhere.
CREATE FUNCTION machinery.disclosed_in(fields text, place integer) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT convert_from(decode(rpad(translate(told, '-_', '+/'), (length(told) + 3) / 4 * 4, '='), 'base64'),
        'UTF8')::jsonb
    FROM (SELECT fields::jsonb ->> place AS told) AS it
$$;

CREATE FUNCTION machinery.told_of_act(leaf bytea, fields text, OUT parts jsonb, OUT day date)
    LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(convert_from(leaf, 'UTF8')::jsonb ->> 'act',
        CASE machinery.disclosed_in(fields, 1) ->> 2 WHEN '00000000-0000-0000-0000-000000000001' THEN 'worker'
            WHEN '00000000-0000-0000-0000-000000000002' THEN 'public' ELSE 'officer' END),
        machinery.day_of((machinery.disclosed_in(fields, 0) ->> 2)::timestamptz)
$$;

CREATE FUNCTION machinery.act_is_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_on_day('act', told.parts, told.day, 1)
        FROM public.opening, machinery.told_of_act(NEW.leaf, opening.fields) AS told
        WHERE opening.entry = NEW.number;
    RETURN NULL;
END $$;

-- Lines of old systems, as their own tallies count them.
CREATE FUNCTION machinery.count_old_records(its import_tally, times integer) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM machinery.count_on_day('old_system', jsonb_build_array(its.system, its.what), its.day, times);
    PERFORM machinery.count_on_day('created', jsonb_build_array('old_record', its.system), its.day, times)
        WHERE its.what = 'read';
    PERFORM machinery.count_on_day('passed', jsonb_build_array('old_record', its.system), its.day, times)
        WHERE its.what = 'passed';
    PERFORM machinery.count_on_day('disposed', jsonb_build_array('old_record', 'record', its.system, its.what),
        its.day, times) WHERE its.what IN ('rejected', 'erased');
END $$;

CREATE FUNCTION machinery.old_records_are_counted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_old_records(NEW, NEW.count - CASE TG_OP WHEN 'UPDATE' THEN OLD.count ELSE 0 END);
    RETURN NULL;
END $$;
CREATE TRIGGER old_records_are_counted AFTER INSERT OR UPDATE ON import_tally
    FOR EACH ROW EXECUTE FUNCTION machinery.old_records_are_counted();
CREATE FUNCTION machinery.old_record_is_there() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    PERFORM machinery.count_there('held', jsonb_build_array('old_record', OLD.system), -1)
        WHERE TG_OP <> 'INSERT' AND OLD.standing = 'waiting';
    PERFORM machinery.count_there('held', jsonb_build_array('old_record', NEW.system), 1)
        WHERE TG_OP <> 'DELETE' AND NEW.standing = 'waiting';
    RETURN NULL;
END $$;
CREATE TRIGGER old_record_is_there AFTER INSERT OR DELETE OR UPDATE OF standing ON import_row
    FOR EACH ROW EXECUTE FUNCTION machinery.old_record_is_there();

-- Recalls that wait for an answer: when first sent, the last day to be sent on, and the days to answer.
CREATE FUNCTION machinery.recall_open_as(it recall) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(theirs.code, it.why, machinery.day_of(it.sent_at),
        machinery.day_of(it.due_at - interval '1 second'),
        under.recall_days)
    FROM public.disclosure AS given JOIN public.agreement AS under ON under.id = given.agreement_id
        JOIN public.recipient AS theirs ON theirs.id = under.recipient_id
    WHERE given.id = it.disclosure_id AND it.acknowledged_at IS NULL
$$;

CREATE FUNCTION machinery.recall_is_open() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, machinery, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM machinery.count_there('recall_open', machinery.recall_open_as(OLD), -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM machinery.count_there('recall_open', machinery.recall_open_as(NEW), 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER recall_is_open AFTER INSERT OR DELETE OR UPDATE OF sent_at, acknowledged_at, due_at ON recall
    FOR EACH ROW EXECUTE FUNCTION machinery.recall_is_open();
