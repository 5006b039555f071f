"""What is published exactly, of acts and of work, tells nothing of people and of their requests."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.utils import timezone

from evenhand.actions import figures, sharing
from evenhand.ledger.acts import CLASS_62, Act, Class62
from evenhand.queries.foi_answers import publishable_of
from evenhand.queries.questions import answered
from evenhand.rules.imports import Tally
from evenhand.rules.publishing import SmallNumberWouldShow
from evenhand.rules.publishing_asked import table_of
from evenhand.rules.publishing_tables import About
from evenhand.rules.questions import Answer, By, Question
from evenhand.rules.questions_library import LIBRARY
from evenhand.rules.questions_of_acts import ACTS_ON_NOBODY, STEPS
from evenhand.rules.recalls import Why
from tests.actions.asking_rights import requested, searched
from tests.actions.people import known_person
from tests.actions.sharing import in_force, released
from tests.actions.test_figures import a_day_later
from tests.actions.test_imports import confirmed
from tests.builders import RIA, SID, proposal
from tests.journeys import Desk, changing_nothing, refused

ON_PEOPLE = frozenset(
    {"person", "people", "telling", "statement", "role", "purpose", "package", "recall", "record",
     "content", "review", "hold", "erasure", "look", "trace", "superseded", "originator",
     "emergency", "equality", "note", "poster", "challenge", "challenger", "reporter", "withdrawal",
     "rights", "consultation", "attempt"}
)  # fmt: skip
"""What acts are on whose number would be one of people, of one record, or of one request."""
ALONE = {Act.IMPORT_PERSON_SETTLED, Act.BREACH_FORGOTTEN} | {
    it for it in Act if it.startswith("breach.")
}


def today() -> date:
    return timezone.localdate()


def exact(code: str, *by: By) -> Answer:
    return answered(Question(code=code, as_at=today(), by=by), today=today())


def told_of_work() -> Mapping[tuple[str, ...], int]:
    """Give every number that is published as it is, by each thing that it may be divided by."""
    return {
        (code, by, *line.of): line.number
        for code, it in LIBRARY.items()
        if it.about is About.WORK and not it.published_as
        for by in it.by
        for line in exact(code, by).lines
    }


@pytest.mark.django_db
def test_what_is_done_with_a_person_or_a_request_changes_no_number_that_is_not_hidden() -> None:
    desk = Desk(now=timezone.now())
    referrals, agreement = (desk.log(), desk.log()), in_force(desk)
    told = []
    for referral, name in zip(referrals, ("Ode Marsh", "Ned Oval"), strict=True):
        told.append(told_of_work())
        person = known_person(desk, referral, said=proposal(name=name))
        package = released(desk, person, agreement)
        sharing.recall_one(package, Why.WRONGLY_SENT, acting=desk.by(SID))
        searched(desk, requested(desk))
    assert told_of_work() == told[-1]
    hidden = {code: exact(code).exact for code in ("with_person", "disclosures", "recalls")}
    assert hidden == {"with_person": 2, "disclosures": 2, "recalls": 2}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["acts", "steps"])
def test_acts_on_people_are_published_by_no_door(code: str) -> None:
    desk = Desk(now=timezone.now())
    known_person(desk)
    found = exact(code, By.ACT)
    assert ("person.propose",) in {it.of for it in found.lines}
    assert [shown for _count, shown in publishable_of([found])] == [None]
    with pytest.raises(SmallNumberWouldShow, match="acts on people"):
        table_of(found)
    ref = figures.give(found.question, acting=a_day_later(desk.by(RIA)))
    with refused(SmallNumberWouldShow), changing_nothing():
        figures.publish(ref, acting=desk.by(RIA))


def test_of_every_act_it_is_said_whether_its_number_is_published() -> None:
    of_people = {it for it in Act if it.split(".")[0] in ON_PEOPLE} | ALONE
    looks = {it for it in Act if CLASS_62[it] is Class62.CONSULTATION}
    assert {str(it) for it in {*Act} - looks - of_people} == ACTS_ON_NOBODY
    instead = LIBRARY[LIBRARY["steps"].published_as].only[By.ACT]
    assert instead == STEPS & ACTS_ON_NOBODY


@pytest.mark.django_db
def test_lines_of_old_systems_are_counted_once_and_the_people_in_them_are_hidden() -> None:
    confirmed(Desk(now=timezone.now()))
    assert exact("old_records", By.SYSTEM).exact == sum(
        it.number for it in exact("records_held", By.KIND).lines if it.of == ("old_record",)
    )
    counts = [exact("old_people", By.SYSTEM, By.WHAT), exact("old_roles", By.WHAT)]
    assert any(line.number for it in counts for line in it.lines)
    for found in counts:
        [(_same, shown)] = publishable_of([found])
        assert shown is None or not {1, 2, 3, 4} & {*shown.numbers.values()}
    people = {str(it) for it in Tally if it.startswith(("person", "role"))}
    for code, _by, *of in told_of_work():
        assert code not in {"old_records", "old_left", "old_outcomes"} or not people & {*of}
