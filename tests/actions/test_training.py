"""The register of training is the one truth of who approves children's records."""

from datetime import timedelta

import pytest

from evenhand.actions import officers, training
from evenhand.ledger.acts import Act
from evenhand.queries import officers as known
from evenhand.queries import training as asked
from evenhand.queries.history import act_of
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.officers import WORKER, Officer, Role, RoleMissing
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.training import (
    Course,
    NothingToAccept,
    OwnTraining,
    Standing,
    Training,
    TrainingWrong,
)
from evenhand.store.log import EntryRow
from evenhand.store.training import TrainingRow
from tests.builders import ADA, CY, GUS, LIA, MAX, NED, OLA
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db


def at_the_door(desk: Desk, officer: Officer) -> Officer:
    """Give an officer as a token of theirs lets them in now."""
    token = officers.create_token(officer.name.lower(), may_decide=True, acting=desk.by(WORKER))
    found = known.of_token(token, now=desk.now)
    assert found is not None
    return found


def until(desk: Desk, days: int) -> Training:
    today = desk.now.date()
    return Training(today, today + timedelta(days=days))


def test_an_approver_with_child_training_is_one_while_the_register_says_so() -> None:
    desk = Desk()
    desk.by(CY)
    desk.by(MAX)
    training.record("cy", Course.CHILDREN, until(desk, 30), acting=desk.by(MAX))
    assert act_of(EntryRow.objects.latest("number").leaf) is Act.TRAINING_RECORDED
    assert Role.CHILD_APPROVER in at_the_door(desk, CY).roles
    desk.now += timedelta(days=31)
    assert at_the_door(desk, CY).roles == {Role.APPROVER}
    training.record("cy", Course.CHILDREN, until(desk, 700), acting=desk.by(WORKER))
    assert at_the_door(desk, CY).roles == CY.roles


@pytest.mark.parametrize(
    ("username", "course", "days", "by", "rule"),
    [
        ("cy", Course.CHILDREN, 9, ADA, RoleMissing),
        ("max", Course.DATA_PROTECTION, 9, MAX, OwnTraining),
        ("cy", Course.INSTRUCTIONS, 9, MAX, OwnTraining),
        ("cy", Course.CHILDREN, 800, MAX, TrainingWrong),
        ("nobody", Course.CHILDREN, 9, MAX, NotFound),
    ],
)
def test_what_is_not_recorded_so_changes_nothing(
    username: str, course: Course, days: int, by: Officer, rule: type[Refused]
) -> None:
    desk = Desk()
    for officer in (CY, MAX, ADA):
        desk.by(officer)
    acting = desk.by(by)
    with changing_nothing(), refused(rule):
        training.record(username, course, until(desk, days), acting=acting)


def test_the_register_lists_what_everybody_must_have_and_what_is_overdue() -> None:
    desk = Desk()
    for officer in (CY, LIA, OLA):
        desk.by(officer)
    training.record("cy", Course.DATA_PROTECTION, until(desk, 30), acting=desk.by(LIA))
    desk.now += timedelta(days=40)
    today = desk.now.date()
    found = asked.register(today=today, officer=OLA)
    assert [(it.username, it.course, it.standing) for it in found] == [
        ("cy", Course.CHILDREN, Standing.IN_DATE),
        ("cy", Course.DATA_PROTECTION, Standing.OVERDUE),
        ("lia", Course.DATA_PROTECTION, Standing.NONE),
    ]
    with refused(RoleMissing):
        asked.register(today=today, officer=ADA)


def test_the_instructions_in_force_are_accepted_yearly_or_their_reader_decides_nothing() -> None:
    desk = Desk()
    for officer in (GUS, NED):
        desk.by(officer)
    with changing_nothing(), refused(NothingToAccept):
        training.accept(1, acting=desk.by(GUS))
    assert asked.own(today=desk.now.date(), officer=GUS).instructions is None
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    assert at_the_door(desk, GUS).is_instructed
    desk.now += timedelta(days=20)
    assert not at_the_door(desk, GUS).is_instructed
    training.accept(1, acting=desk.by(GUS))
    assert act_of(EntryRow.objects.latest("number").leaf) is Act.INSTRUCTIONS_ACCEPTED
    assert at_the_door(desk, GUS).is_instructed
    mine = asked.own(today=desk.now.date(), officer=GUS)
    assert {it.course: it.standing for it in mine.lines} == {
        Course.DATA_PROTECTION: Standing.NONE,
        Course.INSTRUCTIONS: Standing.IN_DATE,
    }
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    with changing_nothing(), refused(NothingToAccept):
        training.accept(1, acting=desk.by(GUS))
    [_protection, again] = asked.own(today=desk.now.date(), officer=GUS).lines
    assert again.standing is Standing.NONE
    desk.now += timedelta(days=20)
    assert not at_the_door(desk, GUS).is_instructed
    with changing_nothing(), refused(RoleMissing):
        training.accept(2, acting=desk.by(OLA))


def test_training_of_a_role_that_is_over_still_shows_on_the_officers_own_page() -> None:
    desk = Desk()
    desk.by(CY)
    desk.now += timedelta(days=800)
    here = at_the_door(desk, CY)
    found = asked.own(today=desk.now.date(), officer=here)
    assert {it.course: it.standing for it in found.lines}[Course.CHILDREN] is Standing.OVERDUE
    assert TrainingRow.objects.count() == 1
