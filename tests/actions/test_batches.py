"""Logging each address of a batch by itself."""

import pytest

from evenhand.actions import batches
from evenhand.actions.batches import Listed
from evenhand.actions.referrals import Continuing
from evenhand.rules.content import AccountNotMeant, Content
from evenhand.rules.intake import LanguageUnknown, RepeatedInBatch, SameContent
from evenhand.rules.officers import RoleMissing
from evenhand.rules.refusals import Refused
from evenhand.store.casework import RefusedIntakeRow
from tests.builders import ADA, OLA, intake
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db
A, B = "https://a.example/1", "https://b.example/2"
ACCOUNT = "https://www.tiktok.com/@made.up"
PRIVATE = "https://discord.gg/abcdef"
JUST_LOG = Continuing()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def listed(*addresses: str, continuing: Continuing = JUST_LOG) -> list[Listed]:
    return [Listed(it, continuing) for it in addresses]


def codes(found: list[str | Refused]) -> list[str]:
    return [it.code if isinstance(it, Refused) else "logged" for it in found]


def test_each_address_is_logged_or_refused_by_itself(desk: Desk) -> None:
    said = intake(observed_at=desk.now)
    pasted = listed(A, "nothing", PRIVATE, B, A, "https://t.me/")
    found = batches.log_each(pasted, said, acting=desk.by(ADA))
    assert codes(found) == ["logged", "E-URL-01", "E-URL-06", "logged", "E-SAME-02", "E-URL-07"]
    assert RefusedIntakeRow.objects.get().count == 1


def test_what_the_desk_has_is_refused_linked_or_gone_on_with(desk: Desk) -> None:
    earlier = desk.log(A)
    said = intake(observed_at=desk.now)
    (no,) = batches.log_each(listed(A), said, acting=desk.by(ADA))
    assert isinstance(no, SameContent)
    linked = listed(A, continuing=Continuing(as_duplicate=True))
    (reference,) = batches.log_each(linked, said, acting=desk.by(ADA))
    assert row(str(reference)).duplicate_of_id == row(earlier).id
    on = listed(A, continuing=Continuing(reason="It is up again."))
    assert codes(batches.log_each(on, said, acting=desk.by(ADA))) == ["logged"]


def test_what_is_wrong_with_all_refuses_all(desk: Desk) -> None:
    by = desk.by(ADA)
    with changing_nothing(), refused(LanguageUnknown):
        batches.log_each(listed(A, B), intake(language="no language"), acting=by)


def test_a_private_place_is_counted_once_however_often_it_is_looked_at(desk: Desk) -> None:
    by = desk.by(ADA)
    found = batches.recognise({1: PRIVATE, 3: A}, acting=by)
    assert isinstance(found[1], Refused)
    assert isinstance(found[3], Content)
    batches.recognise({1: PRIVATE}, counted={PRIVATE}, acting=by)
    assert RefusedIntakeRow.objects.get().count == 1


def test_a_private_place_that_comes_twice_in_one_list_is_counted_once(desk: Desk) -> None:
    batches.recognise({1: PRIVATE, 2: PRIVATE}, acting=desk.by(ADA))
    assert RefusedIntakeRow.objects.get().count == 1


def test_a_whole_account_of_a_list_is_logged_only_where_it_is_meant(desk: Desk) -> None:
    said, meant = intake(observed_at=desk.now), Continuing(whole_account=True)
    (no,) = batches.log_each(listed(ACCOUNT), said, acting=desk.by(ADA))
    assert isinstance(no, AccountNotMeant)
    found = batches.log_each(listed(ACCOUNT, continuing=meant), said, acting=desk.by(ADA))
    assert codes(found) == ["logged"]


def test_the_same_content_twice_is_named_by_the_number_of_the_first(desk: Desk) -> None:
    found = batches.recognise({2: A, 5: f"{A}#top"}, acting=desk.by(ADA))
    assert isinstance(found[5], RepeatedInBatch)
    assert found[5].values == {"first": "2"}


def test_whoever_may_not_log_recognises_nothing(desk: Desk) -> None:
    by = desk.by(OLA)
    with changing_nothing(), refused(RoleMissing):
        batches.recognise({1: PRIVATE}, acting=by)


def test_two_batches_one_after_the_other_know_each_other(desk: Desk) -> None:
    said = intake(observed_at=desk.now)
    batches.log_each(listed(A), said, acting=desk.by(ADA))
    assert codes(batches.log_each(listed(B, A), said, acting=desk.by(ADA))) == [
        "logged",
        "E-SAME-01",
    ]
