"""SQL that makes the journal evidence: used by migrations of every app that has states.

A state change needs its own event, written in the same transaction, for the same object, version,
old and new state. Events cannot be changed, removed or reordered. A role that does not own the
tables cannot take these guards away.
"""

from django.db import migrations

APPEND_SQL = """
CREATE FUNCTION journal_lock_chain(wanted uuid)
RETURNS TABLE(length bigint, sha256 varchar, sm3 varchar)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.length, c.sha256, c.sm3 FROM public.journal_chain c WHERE c.id = wanted FOR UPDATE
$$;

CREATE FUNCTION journal_new_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.length <> 0 OR NEW.sha256 <> repeat('0', 64) OR NEW.sm3 <> repeat('0', 64) THEN
    RAISE EXCEPTION 'a chain begins empty' USING ERRCODE = 'XF001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER journal_new_chain BEFORE INSERT ON journal_chain
  FOR EACH ROW EXECUTE FUNCTION journal_new_chain();

CREATE FUNCTION journal_append() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE head public.journal_chain; body jsonb;
BEGIN
  SELECT * INTO head FROM public.journal_chain WHERE id = NEW.chain_id FOR UPDATE;
  body := NEW.canonical::jsonb;
  IF NEW.seq <> head.length + 1 THEN
    RAISE EXCEPTION 'event % does not follow % in its chain', NEW.seq, head.length
      USING ERRCODE = 'XF002';
  END IF;
  IF NEW.sha256 <> encode(sha256(decode(head.sha256, 'hex') || convert_to(NEW.canonical, 'UTF8')), 'hex')
  THEN RAISE EXCEPTION 'event % does not link to its chain', NEW.seq USING ERRCODE = 'XF002';
  END IF;
  IF ARRAY(SELECT json_object_keys(NEW.canonical::json)) <> ARRAY['actor', 'at', 'basis', 'calendar',
       'chain', 'data', 'day', 'documents', 'kind', 'law', 'leaves', 'object', 'schema', 'seq']
     OR ARRAY(SELECT json_object_keys(NEW.canonical::json->'actor'))
        <> ARRAY['capacity', 'id', 'office']
     OR body->>'schema' IS DISTINCT FROM '1'
  THEN RAISE EXCEPTION 'event % is not of schema 1', NEW.seq USING ERRCODE = 'XF002';
  END IF;
  IF jsonb_typeof(body->'object') <> 'null' AND (
       ARRAY(SELECT json_object_keys(NEW.canonical::json->'object'))
       <> ARRAY['from', 'id', 'table', 'to', 'version']
       OR num_nulls(body->'object'->>'id', body->'object'->>'table', body->'object'->>'to',
                    body->'object'->>'version') > 0)
  THEN RAISE EXCEPTION 'event % tells half a change', NEW.seq USING ERRCODE = 'XF002';
  END IF;
  IF (body->>'chain')::uuid IS DISTINCT FROM NEW.chain_id
     OR (body->>'seq')::bigint IS DISTINCT FROM NEW.seq
     OR body->>'kind' IS DISTINCT FROM NEW.kind
     OR (body->'actor'->>'id')::uuid IS DISTINCT FROM NEW.actor_id
     OR body->'actor'->>'capacity' IS DISTINCT FROM NEW.capacity
     OR (body->>'at')::timestamptz IS DISTINCT FROM NEW.at
     OR body->>'day' IS DISTINCT FROM to_char(NEW.at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')
     OR coalesce(body->'object'->>'table', '') <> NEW.object_table
     OR (body->'object'->>'id')::uuid IS DISTINCT FROM NEW.object_id
     OR (body->'object'->>'version')::int IS DISTINCT FROM NEW.object_version
     OR body->'object'->>'from' IS DISTINCT FROM NEW.from_state
     OR body->'object'->>'to' IS DISTINCT FROM NEW.to_state
  THEN RAISE EXCEPTION 'columns of event % differ from its text', NEW.seq USING ERRCODE = 'XF002';
  END IF;
  NEW.transaction_id := pg_current_xact_id()::text::bigint;
  UPDATE public.journal_chain SET length = NEW.seq, sha256 = NEW.sha256, sm3 = NEW.sm3
    WHERE id = NEW.chain_id;
  RETURN NEW;
END $$;
CREATE TRIGGER journal_append BEFORE INSERT ON journal_event
  FOR EACH ROW EXECUTE FUNCTION journal_append();

CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: the journal is evidence', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'XF003';
END $$;
CREATE TRIGGER journal_event_kept BEFORE UPDATE OR DELETE ON journal_event
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_event_not_truncated BEFORE TRUNCATE ON journal_event
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_chain_kept BEFORE DELETE ON journal_chain
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_chain_not_truncated BEFORE TRUNCATE ON journal_chain
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_leaf_not_truncated BEFORE TRUNCATE ON journal_leaf
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE FUNCTION journal_event_is_true() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_version int; now_state text;
BEGIN
  IF NEW.object_version IS NULL THEN RETURN NULL; END IF;
  EXECUTE format('SELECT version, state FROM %I WHERE id = $1', NEW.object_table)
    INTO now_version, now_state USING NEW.object_id;
  IF now_version IS NULL OR now_version < NEW.object_version
     OR (now_version = NEW.object_version AND now_state IS DISTINCT FROM NEW.to_state) THEN
    RAISE EXCEPTION 'event % tells of a change of % that did not happen', NEW.kind, NEW.object_table
      USING ERRCODE = 'XF004';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_event_is_true AFTER INSERT ON journal_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_event_is_true();

CREATE FUNCTION journal_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.version <> 1 THEN
      RAISE EXCEPTION '% begins with version 1', TG_TABLE_NAME USING ERRCODE = 'XF005';
    END IF;
  ELSIF NEW.id <> OLD.id THEN
    RAISE EXCEPTION 'the key of % never changes', TG_TABLE_NAME USING ERRCODE = 'XF005';
  ELSIF NEW.version <> OLD.version + 1
        AND NOT (NEW.version = OLD.version AND NEW.state = OLD.state) THEN
    RAISE EXCEPTION 'a state change of % raises its version by one', TG_TABLE_NAME
      USING ERRCODE = 'XF005';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION journal_refuse_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what % % rests on changes only with a state change and its event',
    TG_TABLE_NAME, NEW.id USING ERRCODE = 'XF009';
END $$;

CREATE FUNCTION journal_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old_state text := NULL;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.version = OLD.version THEN RETURN NULL; END IF;
    old_state := OLD.state;
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM journal_event e
    WHERE e.object_table = TG_TABLE_NAME AND e.object_id = NEW.id
      AND e.object_version = NEW.version AND e.from_state IS NOT DISTINCT FROM old_state
      AND e.to_state = NEW.state
      AND e.transaction_id = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'state change of % % from % to % has no event of its own',
      TG_TABLE_NAME, NEW.id, old_state, NEW.state USING ERRCODE = 'XF006';
  END IF;
  RETURN NULL;
END $$;
"""

APPEND_UNDO = """
DROP TRIGGER journal_event_is_true ON journal_event;
DROP TRIGGER journal_leaf_not_truncated ON journal_leaf;
DROP TRIGGER journal_chain_not_truncated ON journal_chain;
DROP TRIGGER journal_chain_kept ON journal_chain;
DROP TRIGGER journal_event_not_truncated ON journal_event;
DROP TRIGGER journal_event_kept ON journal_event;
DROP TRIGGER journal_append ON journal_event;
DROP TRIGGER journal_new_chain ON journal_chain;
DROP FUNCTION journal_guard_state();
DROP FUNCTION journal_refuse_fact();
DROP FUNCTION journal_guard_version();
DROP FUNCTION journal_event_is_true();
DROP FUNCTION journal_refuse();
DROP FUNCTION journal_append();
DROP FUNCTION journal_new_chain();
DROP FUNCTION journal_lock_chain(uuid);
"""


def guard_states(table: str) -> migrations.RunSQL:
    """Return the operation that ties every state change of a table to its own event.

    The table needs the columns ``id uuid``, ``version integer`` and ``state``. Its rows can then
    be neither deleted nor truncated.
    """
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER guard_version BEFORE INSERT OR UPDATE ON {table}
          FOR EACH ROW EXECUTE FUNCTION journal_guard_version();
        CREATE CONSTRAINT TRIGGER guard_state AFTER INSERT OR UPDATE ON {table}
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_guard_state();
        CREATE TRIGGER guard_kept BEFORE DELETE ON {table}
          FOR EACH ROW EXECUTE FUNCTION journal_refuse();
        CREATE TRIGGER guard_not_truncated BEFORE TRUNCATE ON {table}
          FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
        """,
        f"""
        DROP TRIGGER guard_not_truncated ON {table};
        DROP TRIGGER guard_kept ON {table};
        DROP TRIGGER guard_state ON {table};
        DROP TRIGGER guard_version ON {table};
        """,
    )


def tie_facts(
    table: str, *columns: str, name: str = "guard_facts", free_in: tuple[str, ...] = ()
) -> migrations.RunSQL:
    """Return the operation that lets columns change only together with the state's version.

    So a term or a decision cannot be rewritten behind the event that told it. ``free_in`` names
    the states in which they are still a draft.
    """
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    free = "".join(f" AND OLD.state <> '{state}'" for state in free_in)
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW
          WHEN (NEW.version = OLD.version{free} AND ({old}) IS DISTINCT FROM ({new}))
          EXECUTE FUNCTION journal_refuse_fact();
        """,
        f"DROP TRIGGER {name} ON {table}",
    )


def keep_rows(table: str, *, frozen: bool = False) -> migrations.RunSQL:
    """Return the operation that refuses to delete or truncate a table, or also to update it."""
    verbs = "UPDATE OR DELETE" if frozen else "DELETE"
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER guard_kept BEFORE {verbs} ON {table}
          FOR EACH ROW EXECUTE FUNCTION journal_refuse();
        CREATE TRIGGER guard_not_truncated BEFORE TRUNCATE ON {table}
          FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
        """,
        f"DROP TRIGGER guard_not_truncated ON {table}; DROP TRIGGER guard_kept ON {table};",
    )
