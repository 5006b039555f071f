import pytest
from django.apps import apps
from django.db import connection


@pytest.mark.django_db
def test_every_casework_table_is_guarded() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(t.tgname::text) FROM pg_class c"
            " LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal"
            " AND t.tgenabled <> 'D' WHERE c.relnamespace = 'public'::regnamespace"
            " AND c.relkind IN ('r', 'p') GROUP BY 1"
        )
        guards = dict(cursor.fetchall())
    casework = {
        it._meta.db_table for it in apps.get_app_config("store").get_models() if it._meta.managed
    }
    assert casework
    all_three = {"guard", "guard_gone", "guard_whole"}
    assert [it for it in sorted(casework) if all_three - set(guards[it])] == []


@pytest.mark.django_db
def test_every_other_table_is_the_log_or_the_frameworks_own() -> None:
    own = {it._meta.db_table for it in apps.get_app_config("store").get_models()}
    framework = {
        it._meta.db_table
        for app in apps.get_app_configs()
        if app.label != "store"
        for it in app.get_models(include_auto_created=True)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        found = {name for (name,) in cursor.fetchall()}
    assert found - own - framework - {"change", "django_migrations"} == set()
