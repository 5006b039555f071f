"""Makes the tables ready: migrations as their owner, the guard on every table, the rights.

The guard and the rights are written anew each time, so a desk that is there already has the newest.
"""

from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections

SQL = Path(__file__).parent / "sql"
QUEUE = "procrastinate"
COME_TOGETHER = frozenset({"disposal", "disposed_trace"})
"""Tables to which a statement adds a thousand rows, each of another entry of the log."""
ROWS = (
    "CREATE OR REPLACE TRIGGER guard AFTER {what} ON {name} FOR EACH ROW EXECUTE FUNCTION guard()"
)
TOGETHER = (
    "CREATE OR REPLACE TRIGGER guard_{trigger} AFTER {what} ON {name} REFERENCING {which} TABLE AS"
    " these FOR EACH STATEMENT EXECUTE FUNCTION guard_together()"
)


def prepare_tables() -> None:
    """Migrate as the owner, guard every casework table, and grant the application its rights.

    Needs the connection ``owner`` (EVENHAND_OWNER_URL). Safe to run again at any time.
    """
    owner = connections["owner"]
    application = connections[DEFAULT_DB_ALIAS].settings_dict["USER"]
    with owner.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS machinery")
        cursor.execute("SET search_path = public, machinery")
    call_command("migrate", "contenttypes", database="owner", verbosity=0, interactive=False)
    with owner.cursor() as cursor:
        cursor.execute("SET search_path = machinery, public")
    call_command("migrate", QUEUE, database="owner", verbosity=0, interactive=False)
    with owner.cursor() as cursor:
        cursor.execute("SET search_path = public, machinery")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    with owner.cursor() as cursor:
        for name in ("keys.sql", "guard.sql"):
            cursor.execute((SQL / name).read_text(encoding="utf-8"))
        for table in guarded_tables():
            name = owner.ops.quote_name(table)
            together = table in COME_TOGETHER
            cursor.execute(
                ROWS.format(what="UPDATE" if together else "INSERT OR UPDATE", name=name)
            )
            cursor.execute(TOGETHER.format(trigger="gone", what="DELETE", which="OLD", name=name))
            if together:
                cursor.execute(
                    TOGETHER.format(trigger="come", what="INSERT", which="NEW", name=name)
                )
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER guard_whole BEFORE TRUNCATE ON {name}"
                " FOR EACH STATEMENT EXECUTE FUNCTION guard()"
            )
        # Of desks from before certificates came together.
        cursor.execute("DROP FUNCTION IF EXISTS guard_gone()")
        rights = (SQL / "rights.sql").read_text(encoding="utf-8")
        cursor.execute(rights.replace("{app}", owner.ops.quote_name(application)))
    owner.close()


def guarded_tables() -> list[str]:
    """Name the casework tables: every managed table of this app."""
    return sorted(
        model._meta.db_table
        for model in apps.get_app_config("store").get_models()
        if model._meta.managed
    )
