"""Handing over and notes, through the API."""

import pytest

from evenhand.rules.officers import Role
from tests.api.callers import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


def test_a_referral_is_handed_over_by_user_name(ada: Caller) -> None:
    bo = Caller("bo", Role.OFFICER)
    one = ada.logged()
    assert ada.get(one).body["owner"] == "Ada"
    given = ada.post(f"{one}/owner", {"officer": "bo", "reason": "I am away.", "version": 1})
    assert (given.status, given.body["version"]) == (200, 2)
    assert bo.get(one).body["owner"] == "Bo"
    stale = bo.post(f"{one}/owner", {"officer": "ada", "reason": "Back.", "version": 1})
    assert (stale.status, stale.body["rule"]) == (409, "E-MOVE-02")


@pytest.mark.parametrize("name", ["nobody", "\x00", "\ud800", "x" * 501, ""])
def test_whom_nobody_knows_gets_nothing(ada: Caller, name: str) -> None:
    one = ada.logged()
    for path, body in (
        ("owner", {"officer": name, "reason": "Why."}),
        ("notes", {"text": "Look.", "mentions": [name]}),
    ):
        answer = ada.post(f"{one}/{path}", body)
        assert answer.status in {400, 422}, answer.body
    assert ada.get(one).body["version"] == 1


def test_notes_are_written_once_and_read_by_colleagues(ada: Caller) -> None:
    bo, ola = Caller("bo", Role.OFFICER), Caller("ola", Role.OVERSEER)
    one = ada.logged()
    for _ in range(2):
        told = ada.post(f"{one}/notes", {"text": "Look at this.", "mentions": ["bo"]}, key="k")
        assert told.status == 200
    [note] = bo.get(f"{one}/notes").body["items"]
    assert (note["by"], note["text"], note["mentions"]) == ("Ada", "Look at this.", ["Bo"])
    assert ola.get(f"{one}/notes").status == 403
    assert ada.get(f"{one}/notes?x=1").status == 422
