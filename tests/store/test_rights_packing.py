"""Every column of a pack that could hold a code is put in words, or is a name or a reference."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import TextField

from evenhand.rules.register_desk import REGISTER
from evenhand.rules.rights_pack import SECTIONS, told_of
from evenhand.rules.rights_pack_words import AS_THEY_ARE, VALUES
from evenhand.store.rights_packing import LAW


def test_no_column_of_a_pack_is_given_as_a_code() -> None:
    models = {it._meta.db_table: it for it in apps.get_app_config("store").get_models()}
    coded = set()
    for table in SECTIONS:
        fields = {it.column: it for it in models[table]._meta.local_concrete_fields}
        coded |= {
            f"{table}.{it.column}"
            for it in told_of(table, REGISTER)
            if isinstance(fields[it.column], TextField | ArrayField)
        }
    assert coded == VALUES.keys() | AS_THEY_ARE | LAW
