"""What the public site says of the software is so: its promises are kept, its register is dated."""

from datetime import date
from pathlib import Path

from evenhand.rules.catalogue import every_rule
from evenhand.rules.never import DOES, NEVER
from evenhand.rules.register_beside import BESIDE, BESIDE_FIELDS
from evenhand.rules.register_changes import missing
from evenhand.rules.register_desk import REGISTER
from evenhand.store.published_register import changes

ROOT = Path(__file__).parents[2]
PROMISES = (*DOES, *NEVER)


def test_every_promise_is_kept_by_a_rule_or_a_test() -> None:
    codes = {it.code for it in every_rule()}
    for promise in PROMISES:
        assert promise.rules or promise.tests, promise.text
        assert set(promise.rules) <= codes, promise.text
        assert [it for it in promise.tests if not (ROOT / it).is_file()] == [], promise.text


def test_a_changed_register_has_a_new_line_in_its_log_of_changes() -> None:
    fields = {(it.table, it.column) for it in REGISTER}
    assert missing(changes(), fields, today=date.max) == []


def test_what_stands_beside_the_register_is_not_in_it() -> None:
    assert {it.table for it in REGISTER} & BESIDE.keys() == set()
    assert {(it.table, it.column) for it in REGISTER} & BESIDE_FIELDS.keys() == set()
