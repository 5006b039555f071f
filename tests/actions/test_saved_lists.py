"""An officer's saved lists: their own, sealed, and outside casework."""

from uuid import uuid4

import pytest
from django.db import connection

from evenhand.actions import officers, saved_lists
from evenhand.queries import saved_lists as asking
from evenhand.rules.officers import WORKER, Officer, RoleMissing
from evenhand.rules.referrals import NotFound
from evenhand.rules.saved_lists import MOST_LISTS, ListsFull, NothingToSave
from evenhand.rules.texts import TextMissing
from evenhand.store.machinery import SavedListRow
from tests.builders import ADA, BO, MAX
from tests.journeys import Desk, changing_nothing

pytestmark = pytest.mark.django_db
MINE = {"state": "logged", "officer": "ada"}


def names(officer: Officer = ADA) -> list[str]:
    return [it.name for it in asking.of(officer)]


def test_a_list_is_kept_renamed_and_removed_without_touching_casework() -> None:
    desk = Desk()
    acting = desk.by(ADA)
    with changing_nothing():
        saved_lists.add(" Mine ", MINE, acting=acting)
        [kept] = asking.of(ADA)
        assert (kept.name, kept.filters) == ("Mine", MINE)
        saved_lists.rename(kept.ref, "My own", acting=acting)
        [kept] = asking.of(ADA)
        assert (kept.name, kept.filters) == ("My own", MINE)
        saved_lists.remove(kept.ref, acting=acting)
        assert names() == []


def test_lists_come_by_name_and_each_officer_has_their_own() -> None:
    desk = Desk()
    for name in ("b", "A", "c"):
        saved_lists.add(name, MINE, acting=desk.by(ADA))
    theirs = saved_lists.add("Bo's", MINE, acting=desk.by(BO))
    assert (names(ADA), names(BO)) == (["A", "b", "c"], ["Bo's"])
    with pytest.raises(NotFound):
        saved_lists.remove(theirs, acting=desk.by(ADA))
    with pytest.raises(NotFound):
        saved_lists.rename(uuid4(), "x", acting=desk.by(ADA))
    assert names(BO) == ["Bo's"]


def test_what_may_not_be_kept_is_not() -> None:
    desk = Desk()
    with pytest.raises(NothingToSave):
        saved_lists.add("Words", {"q": "knife"}, acting=desk.by(ADA))
    with pytest.raises(TextMissing):
        saved_lists.add("", MINE, acting=desk.by(ADA))
    ref = saved_lists.add("Mine", MINE, acting=desk.by(ADA))
    with pytest.raises(TextMissing):
        saved_lists.rename(ref, " ", acting=desk.by(ADA))
    for _ in range(MOST_LISTS - 1):
        saved_lists.add("Mine", MINE, acting=desk.by(ADA))
    with pytest.raises(ListsFull):
        saved_lists.add("One more", MINE, acting=desk.by(ADA))
    assert len(names()) == MOST_LISTS


def test_who_lists_nothing_saves_nothing() -> None:
    desk = Desk()
    with pytest.raises(RoleMissing):
        saved_lists.add("Mine", MINE, acting=desk.by(MAX))
    with pytest.raises(RoleMissing):
        saved_lists.remove(uuid4(), acting=desk.by(MAX))
    with pytest.raises(RoleMissing):
        asking.of(MAX)


def test_a_name_is_sealed() -> None:
    saved_lists.add("Zauberwort", MINE, acting=Desk().by(ADA))
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(it)::text FROM machinery.saved_list it")
        [(stored,)] = cursor.fetchall()
    assert "Zauberwort" not in stored
    assert b"Zauberwort" not in bytes(SavedListRow.objects.get().filters)


def test_the_lists_of_who_leaves_are_forgotten() -> None:
    desk = Desk()
    saved_lists.add("Mine", MINE, acting=desk.by(ADA))
    saved_lists.add("Bo's", MINE, acting=desk.by(BO))
    officers.retire("ada", acting=desk.by(WORKER))
    assert (names(ADA), names(BO)) == ([], ["Bo's"])
