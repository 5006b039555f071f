import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from evenhand.rules.register import KEPT, Held, Keep
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.register_rights import RIGHTS
from evenhand.store.fields import SealedField
from evenhand.store.people import PersonRow

BANNED = re.compile(
    r"score|rank|risk|rating|gang|affiliation|associate|nominal|priority|threat|ethnic|religio|note$"
)
NOT_OF_PEOPLE = re.compile(
    r"health|politic|sexual|face|photo|image|voice|address|school|work|vehicle|phone|handle|account"
    r"|device|^ip|location|arrest|search|follow|friend|network|remark|comment|colour|level|count"
)
PEOPLE = {
    "person",
    "person_link",
    "person_statement",
    "person_step",
    "purpose_change",
    "combination",
    "notify_decision",
}
LINES = {(it.table, it.column): it for it in REGISTER}


def tables() -> list[type[models.Model]]:
    return list(apps.get_app_config("store").get_models())


def name_of(model: type[models.Model]) -> str:
    return model._meta.db_table.replace('"', "")


def columns() -> Iterator[tuple[str, "models.Field[object, object]"]]:
    for model in tables():
        for field in model._meta.local_concrete_fields:
            yield name_of(model), field


def test_every_field_is_in_the_register_and_every_line_is_a_field() -> None:
    held = {(table, field.column) for table, field in columns()}
    assert sorted(held - LINES.keys()) == []
    assert sorted(LINES.keys() - held) == []
    assert len(LINES) == len(REGISTER)


def test_the_register_says_sealed_of_the_sealed_fields_and_of_no_other() -> None:
    sealed = {(table, it.column) for table, it in columns() if isinstance(it, SealedField)}
    assert {key for key, line in LINES.items() if line.sealed} == sealed


def test_a_sealed_field_is_personal() -> None:
    assert [it for it in REGISTER if it.sealed and not it.personal] == []


def test_every_record_kind_is_on_the_retention_schedule() -> None:
    assert set(KEPT) == set(Keep)
    assert {it.keep for it in REGISTER} <= set(KEPT)


def test_the_overseer_and_the_data_protection_officer_read_no_words_of_a_case() -> None:
    # What is agreed with a platform or a recipient, said of the desk, or asked of it by law and
    # answered, is about nobody on record. Who asked is: nobody of these reads that.
    of_no_case = {
        "sign_off",
        "platform_version",
        "agreement",
        "document_version",
        "document_word",
        "restoration",
        "breach",
        "breach_note",
        "breach_phase",
        "breach_group",
        "scrutiny",
        "scrutiny_word",
        "foi_request",
        "foi_step",
        "foi_part",
        "foi_letter",
        "yearly_report",
    }
    # The data protection officer is a second officer of what people are answered about their data.
    of_no_case |= {it.table for it in RIGHTS}
    sealed = [it for it in REGISTER if it.sealed and it.table not in of_no_case | PEOPLE]
    readers = {role for it in sealed for role in it.readers}
    assert readers.isdisjoint({"overseer", "dpo", "administrator"})


def test_nobody_outside_reads_a_word_about_a_person() -> None:
    readers = {role for it in REGISTER if it.sealed and it.table in PEOPLE for role in it.readers}
    assert readers
    assert readers.isdisjoint({"overseer", "administrator", "equality_lead", "senior_owner"})


def test_no_column_ranks_a_person_or_holds_what_nobody_looked_at() -> None:
    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    files = (models.FileField, models.JSONField)
    of_people = [(table, it) for table, it in columns() if table in PEOPLE]
    assert {table for table, _it in of_people} == PEOPLE
    assert [it.column for _table, it in of_people if isinstance(it, numbers)] == ["version"]
    assert [it.column for _table, it in of_people if isinstance(it, files)] == []
    assert [it.column for _table, it in of_people if NOT_OF_PEOPLE.search(str(it.column))] == []


def test_no_person_points_to_another() -> None:
    to_people = {
        table
        for table, it in columns()
        if it.remote_field and it.remote_field.model is PersonRow and table in PEOPLE
    }
    assert "person" not in to_people
    assert to_people == PEOPLE - {"person"}


def test_a_line_says_what_it_is_in_words() -> None:
    assert [it.column for it in REGISTER if not it.about or not it.purpose] == []


def test_no_field_has_the_name_of_a_thing_this_house_never_holds() -> None:
    assert [f"{table}.{it.column}" for table, it in columns() if BANNED.search(it.name)] == []


def test_nothing_disappears_with_what_it_points_to() -> None:
    log = {"entry", "opening"}
    allowed = {models.PROTECT}
    wrong = [
        f"{table}.{it.column}"
        for table, it in columns()
        if it.remote_field and it.remote_field.on_delete not in allowed and table not in log
    ]
    assert wrong == []


@pytest.mark.parametrize("line", REGISTER[:1])
def test_a_line_cannot_be_changed_while_the_house_runs(line: Held) -> None:
    with pytest.raises(AttributeError):
        line.table = "another"  # type: ignore[misc]
