-- The order of the log. An entry that is committed waits in `log_pending` until the sequencer gives
-- it its index. Its turn is taken while its record is locked, so entries of one record keep their
-- order. A cursor over entry numbers would lose entries: they are committed in another order.
CREATE TABLE machinery.log_pending (
    turn bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry bigint NOT NULL
);
CREATE TABLE machinery.log_index (
    index bigint PRIMARY KEY CHECK (index >= 0),
    entry bigint NOT NULL UNIQUE
);

-- How far the tiles are written, the root there, and why the sequencer stopped, if it did.
CREATE TABLE machinery.log_state (
    id smallint PRIMARY KEY CHECK (id = 1),
    written bigint NOT NULL,
    root bytea NOT NULL CHECK (length(root) = 32),
    fault text NOT NULL DEFAULT '',
    fault_since timestamptz
);
INSERT INTO machinery.log_state (id, written, root) VALUES (1, 0, sha256(''));

CREATE TABLE machinery.log_checkpoint (
    size bigint PRIMARY KEY CHECK (size >= 0),
    checkpoint text NOT NULL,
    signed_at timestamptz NOT NULL,
    cosigned_at timestamptz -- when enough witnesses had cosigned it
);
CREATE INDEX log_checkpoint_signed ON machinery.log_checkpoint (signed_at);
CREATE INDEX log_checkpoint_cosigned ON machinery.log_checkpoint (size) WHERE cosigned_at IS NOT NULL;
CREATE TABLE machinery.log_witness (
    key text PRIMARY KEY,
    size bigint NOT NULL DEFAULT 0,
    heard_at timestamptz,
    fault text NOT NULL DEFAULT '',
    fault_since timestamptz
);
CREATE TABLE machinery.log_key (
    key text PRIMARY KEY,
    since timestamptz NOT NULL
);

-- Entries wait for their indexes in the order of their numbers.
CREATE FUNCTION wait_for_index() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO machinery.log_pending (entry) SELECT number FROM come ORDER BY number;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION wait_for_index() FROM PUBLIC;
INSERT INTO machinery.log_pending (entry) SELECT number FROM entry ORDER BY number;

-- Gives the next indexes to what waits, at most so many; how many it gave. From its commit on they
-- are promises. Whoever asks at the same time waits here, and goes on after it.
CREATE FUNCTION machinery.give_indexes(most integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = machinery, pg_temp AS $$
DECLARE
    next_index bigint;
    given bigint;
BEGIN
    -- An idle desk is asked every second: it takes no lock, which would be a commit on the disk.
    IF NOT EXISTS (SELECT FROM log_pending) THEN
        RETURN 0;
    END IF;
    PERFORM FROM log_state WHERE id = 1 FOR UPDATE;
    SELECT coalesce(max(index) + 1, 0) INTO next_index FROM log_index;
    WITH taken AS (
        DELETE FROM log_pending
        WHERE turn IN (SELECT turn FROM log_pending ORDER BY turn LIMIT most)
        RETURNING turn, entry
    )
    INSERT INTO log_index (index, entry)
    SELECT next_index + row_number() OVER (ORDER BY turn) - 1, entry FROM taken;
    GET DIAGNOSTICS given = ROW_COUNT;
    RETURN given;
END $$;
REVOKE ALL ON FUNCTION machinery.give_indexes(integer) FROM PUBLIC;
