-- What the application's role may do. Run after every migration, as the owner; {app} is its name.
GRANT USAGE ON SCHEMA public, machinery TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, machinery TO {app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public, machinery TO {app};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA machinery TO {app};
REVOKE CREATE ON SCHEMA public, machinery FROM PUBLIC;
REVOKE CREATE ON SCHEMA public, machinery FROM {app};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM {app};
DO $$
DECLARE
    log_table regclass;
BEGIN
    FOR log_table IN
        SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
           AND c.relkind IN ('r', 'p') AND c.relname ~ '^(entry|opening|change)(_\d+)?$'
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM {app}', log_table);
        EXECUTE format('GRANT SELECT ON %s TO {app}', log_table);
    END LOOP;
END $$;

-- Not entry.made_in: an entry belongs to the transaction that writes it.
GRANT INSERT (number, obj, ver, leaf, leaf_hash) ON entry TO {app};
GRANT INSERT ON opening TO {app};
SELECT make_partitions_ahead();
-- The order of the log is given by its function alone.
REVOKE ALL ON machinery.log_pending, machinery.log_index FROM {app};
GRANT SELECT ON machinery.log_pending, machinery.log_index TO {app};
-- A key of the log is known for good: what it signed is checked with it.
REVOKE UPDATE, DELETE, TRUNCATE ON machinery.log_key FROM {app};
-- What was closed is closed for good; what is kept of it is moved there by the owner alone.
REVOKE UPDATE, DELETE, TRUNCATE ON machinery.log_closed FROM {app};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE
    ON machinery.log_closed_index, machinery.log_closed_checkpoint FROM {app};
-- What happened is counted by its triggers alone, with their owner's rights.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON machinery.month_count, machinery.people_known,
    machinery.known_since, machinery.day_count, machinery.day_sum, machinery.field_known FROM {app};
REVOKE ALL ON machinery.counted_as FROM {app};
REVOKE EXECUTE ON FUNCTION machinery.count_on_day(text, jsonb, date, integer),
    machinery.count_there(text, jsonb, integer), machinery.count_days_before(text),
    machinery.count_other_days_before(text), machinery.count_assessed_before(text),
    machinery.count_them_anew(uuid[], uuid[]), machinery.note_fields(), machinery.keep_from_counting(),
    machinery.open_days_again(text) FROM PUBLIC, {app};
SELECT machinery.note_fields();
REVOKE EXECUTE ON FUNCTION machinery.count_in_month(text, timestamptz, integer) FROM PUBLIC, {app};
REVOKE EXECUTE ON FUNCTION machinery.count_parts_in_month(text, text, timestamptz, integer)
    FROM PUBLIC, {app};
REVOKE EXECUTE ON FUNCTION machinery.count_anew(text), machinery.count_all_anew(text),
    machinery.count_answers_anew(text), machinery.count_steps_anew(text) FROM PUBLIC, {app};
-- Nobody opens what was stopped as illegal imagery: it is written and removed by triggers alone.
REVOKE ALL ON machinery.locked_capture FROM {app};
-- A certificate of disposal is for good.
REVOKE UPDATE, DELETE, TRUNCATE ON disposal FROM {app};
-- What works with its owner's rights is for the application alone, also where a backup was restored.
DO $$
DECLARE
    its regprocedure;
BEGIN
    FOR its IN SELECT oid FROM pg_proc WHERE prosecdef
        AND pronamespace IN ('public'::regnamespace, 'machinery'::regnamespace)
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', its);
    END LOOP;
END $$;
