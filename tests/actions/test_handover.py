"""Work changes hands with a reason and an entry of its own, and nobody leaves work behind."""

import pytest

from evenhand.actions import handover, officers
from evenhand.ledger.acts import Act
from evenhand.queries import referral as one_referral
from evenhand.queries.handover import work_of
from evenhand.rules.handover import (
    MOST_AT_ONCE,
    CannotWorkOnIt,
    NothingToHandOver,
    OwnedAlready,
    TooManyAtOnce,
    WorkLeftBehind,
)
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, NotFound, State
from evenhand.rules.texts import ReasonMissing, TextMissing, TextUnreadable
from evenhand.store.log import EntryRow
from evenhand.store.officers import OfficerRow
from tests.builders import ADA, BO, CY, DEE, MAX, OLA, acting, as_reader
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, BO, CY, DEE):
        desk.add(officer)
    return desk


def acts_of(reference: str) -> list[str]:
    return [
        bytes(it.leaf).decode().partition('"act":"')[2].partition('"')[0]
        for it in EntryRow.objects.filter(obj=row(reference).id, ver__isnull=False).order_by(
            "number"
        )
    ]


def test_a_referral_goes_from_hand_to_hand_with_a_reason(desk: Desk) -> None:
    reference = desk.log()
    handover.hand_over(reference, "bo", "Ada is away.", acting=desk.by(CY))
    handover.hand_over(reference, "cy", "I take it.", acting=desk.by(CY))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.owner.name == "Cy"
    assert [(it.earlier_owner, it.new_owner, it.by, it.reason) for it in read.handovers] == [
        ("Ada", "Bo", "Cy", "Ada is away."),
        ("Bo", "Cy", "Cy", "I take it."),
    ]
    assert acts_of(reference) == [Act.REFERRAL_LOGGED, *[Act.REFERRAL_HANDED_OVER] * 2]
    assert read.logged_by == "Ada"


def test_the_overseer_sees_that_it_changed_hands_and_not_why(desk: Desk) -> None:
    reference = desk.log()
    handover.hand_over(reference, "bo", "Ada is away.", acting=desk.by(CY))
    [given] = one_referral.one(reference, acting=as_reader(OLA)).handovers
    assert (given.new_owner, given.reason) == ("Bo", None)


def test_a_hand_over_that_may_not_be_changes_nothing(desk: Desk) -> None:
    reference, ended = desk.log(), desk.brought_to(State.WITHDRAWN)
    version = row(reference).version
    for rule, who, what, to, reason, seen in (
        (RoleMissing, DEE, reference, "bo", "Why.", None),
        (ReasonMissing, ADA, reference, "bo", " ", None),
        (TextMissing, ADA, reference, "", "Why.", None),
        (TextUnreadable, ADA, reference, "\ud800", "Why.", None),
        (CannotWorkOnIt, ADA, reference, "nobody", "Why.", None),
        (CannotWorkOnIt, ADA, reference, "dee", "Why.", None),
        (OwnedAlready, ADA, reference, "ada", "Why.", None),
        (ChangedMeanwhile, ADA, reference, "bo", "Why.", version + 1),
        (NothingToHandOver, ADA, ended, "bo", "Why.", None),
        (NotFound, ADA, "2026-999999", "bo", "Why.", None),
    ):
        with changing_nothing(), refused(rule):
            handover.hand_over(what, to, reason, seen_version=seen, acting=acting(who, desk.now))


def test_several_go_together_or_not_at_all_and_each_has_its_entry(desk: Desk) -> None:
    several = [desk.log() for _ in range(3)]
    ended = desk.brought_to(State.WITHDRAWN)
    desk.by(ADA)
    with changing_nothing(), refused(NothingToHandOver):
        handover.hand_over_several([*several, ended], "bo", "Away.", acting=desk.by(ADA))
    assert handover.hand_over_several(several, "bo", "Away.", acting=desk.by(ADA)) == 3
    assert [acts_of(it)[-1] for it in several] == [Act.REFERRAL_HANDED_OVER] * 3
    assert [it.reference for it in work_of(BO.ref, officer=ADA).lines] == several
    assert not work_of(BO.ref, officer=ADA).more


def test_several_are_some_and_not_endless_and_for_who_may(desk: Desk) -> None:
    for rule, who, references in (
        (TooManyAtOnce, ADA, []),
        (TooManyAtOnce, ADA, [f"2026-{it:06d}" for it in range(MOST_AT_ONCE + 1)]),
        (RoleMissing, DEE, ["2026-000001"]),
    ):
        with changing_nothing(), refused(rule):
            handover.hand_over_several(references, "bo", "Why.", acting=acting(who, desk.now))


def test_work_is_listed_as_much_as_goes_at_once(desk: Desk) -> None:
    [first, *_others] = [desk.log() for _ in range(MOST_AT_ONCE + 1)]
    found = work_of(ADA.ref, officer=BO)
    assert (len(found.lines), found.more, found.lines[0].reference) == (MOST_AT_ONCE, True, first)
    with refused(RoleMissing):
        work_of(ADA.ref, officer=MAX)


def test_nobody_leaves_work_behind(desk: Desk) -> None:
    several = [desk.log() for _ in range(2)]
    ended = desk.brought_to(State.WITHDRAWN)
    with changing_nothing(), refused(WorkLeftBehind) as told:
        officers.retire("ada", acting=desk.by(WORKER))
    assert str(told.value) == "Ada still has 2 open referrals."
    for wrong in ("dee", "nobody", "ada"):
        with changing_nothing(), refused((CannotWorkOnIt, OwnedAlready)):  # type: ignore[arg-type]
            officers.retire("ada", hand_over_to=wrong, acting=desk.by(WORKER))
    assert officers.retire("ada", hand_over_to="bo", acting=desk.by(WORKER)) == 2
    assert OfficerRow.objects.get(id=ADA.ref).retired_at is not None
    assert {row(it).owner_id for it in several} == {BO.ref}
    assert row(ended).owner_id == ADA.ref
    [given] = one_referral.one(several[0], acting=as_reader(BO)).handovers
    assert (given.by, given.reason) == (None, "The officer has left the desk.")
    assert officers.retire("cy", acting=desk.by(WORKER)) == 0
