"""People come on record by two officers, and leave it without a trace when one refuses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.actions import people, people_statements
from evenhand.actions.people_storing import identity_of
from evenhand.ledger.acts import Act
from evenhand.rules.officers import Acting, RoleMissing, TokenMayNotDecide
from evenhand.rules.people import (
    AskedTooLongAgo,
    NotAsItStands,
    NotYourPerson,
    OwnRequest,
    ReferralEnded,
    RoleMissingOrWrong,
    TrainingNeededForPerson,
)
from evenhand.rules.people_grounds import GroundsMissing
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import GradeMissing
from evenhand.rules.referrals import ChangedMeanwhile, NotFound, State
from evenhand.rules.refusals import Refused
from evenhand.rules.retention_schedules import NotOnSchedule
from evenhand.rules.texts import ReasonMissing, TextMissing
from evenhand.store.log import EntryRow
from evenhand.store.people import PersonRow, tokens_of
from evenhand.store.sealing import open_record_key, unsealed
from tests.actions.people import known_person, person, proposed, suspect
from tests.builders import (
    ADA,
    ANSWERS,
    BO,
    CY,
    DEE,
    GUS,
    adult,
    child,
    fact,
    grounds,
    opinion,
    proposal,
)
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def acts_on(reference: str) -> list[str]:
    rows = EntryRow.objects.filter(obj=person(reference).id).order_by("number")
    return [bytes(it.leaf).split(b'"')[3].decode() for it in rows]


def test_a_person_comes_on_record_by_two_officers(desk: Desk) -> None:
    reference = known_person(desk)
    row = person(reference)
    assert (row.standing, row.authorised_by_id, row.version) == ("held", CY.ref, 3)
    assert acts_on(reference) == [Act.PERSON_PROPOSED, Act.STATEMENT_ADDED, Act.PERSON_AUTHORISED]
    link = row.links.get()
    assert (link.role, link.authorised_by_id, link.ended_at) == ("victim", CY.ref, None)
    assert (row.schedule, row.child) == ("D07", False)
    assert (row.start_on, row.review_on < row.max_on) == (desk.now.date(), True)


def test_what_identifies_somebody_is_read_with_their_key_alone(desk: Desk) -> None:
    said = proposal(name=" Noor  Vantage\u0301 ", contact="noor@harbour.example")
    row = person(proposed(desk, said=said))
    key = open_record_key(row.key)
    found = identity_of(row, key)
    assert (found.name, found.age) == ("Noor  Vantag\u00e9", said.age)
    assert unsealed(row, key, "contact") == "noor@harbour.example"
    assert [bytes(it) for it in row.tokens] == tokens_of("noor vantage\u0301", said.age.birth_date)
    assert tokens_of("", said.age.birth_date) == tokens_of("Noor", None) == []
    stored = b"".join(bytes(it or b"") for it in (row.name, row.birth_date, row.contact))
    assert b"Noor" not in stored


def test_an_age_in_years_is_kept_as_told(desk: Desk) -> None:
    said = proposal(age=child(0), best_interests="To be safe.", welfare_reason="They were hurt.")
    row = person(proposed(desk, said=said))
    assert identity_of(row, open_record_key(row.key)).age == said.age
    assert (row.child, row.under_ten) == (True, True)


def test_the_days_of_a_suspect_count_from_the_grounds(desk: Desk) -> None:
    day = desk.now.date() - timedelta(days=30)
    said = proposal(PersonRole.SUSPECT, grounds=grounds(on=day))
    row = person(proposed(desk, said=said))
    assert (row.schedule, row.start_on) == ("D05", day)
    old = replace(said, grounds=grounds(on=desk.now.date() - timedelta(days=366)))
    with refused(NotOnSchedule):
        proposed(desk, said=old)


def proposed_by_bo(desk: Desk) -> str:
    desk.assured()
    return people.propose(desk.log(), proposal(), acting=desk.by(BO))


WRONG: dict[str, tuple[Callable[[Desk], object], type[Refused]]] = {
    "no role": (lambda desk: proposed(desk, said=proposal(None)), RoleMissingOrWrong),
    "no grounds": (
        lambda desk: proposed(
            desk, said=proposal(PersonRole.SUSPECT, grounds=grounds(codes=frozenset()))
        ),
        GroundsMissing,
    ),
    "somebody else's referral": (
        proposed_by_bo,
        NotYourPerson,
    ),
    "a referral that ended": (
        lambda desk: proposed(desk, desk.brought_to(State.WITHDRAWN)),
        ReferralEnded,
    ),
    "no referral": (lambda desk: proposed(desk, "2026-999999"), NotFound),
    "who may not propose": (
        lambda desk: people.propose(desk.log(), proposal(), acting=desk.by(CY)),
        RoleMissing,
    ),
    "who may not authorise": (
        lambda desk: people.authorise(proposed(desk), ANSWERS, acting=desk.by(BO)),
        RoleMissing,
    ),
    "a token without the scope": (
        lambda desk: people.authorise(
            proposed(desk), ANSWERS, acting=desk.by(replace(CY, may_decide=False))
        ),
        TokenMayNotDecide,
    ),
    "an unanswered test question": (
        lambda desk: people.authorise(
            proposed(desk), replace(ANSWERS, role_right=""), acting=desk.by(CY)
        ),
        TextMissing,
    ),
    "a child without training": (
        lambda desk: people.authorise(
            proposed(desk, said=proposal(age=child(), best_interests="To be safe.")),
            ANSWERS,
            acting=desk.by(GUS),
        ),
        TrainingNeededForPerson,
    ),
    "after three days": (
        lambda desk: people.authorise(_too_late(desk), ANSWERS, acting=desk.by(CY)),
        AskedTooLongAgo,
    ),
    "another version": (
        lambda desk: people.authorise(proposed(desk), ANSWERS, seen_version=9, acting=desk.by(CY)),
        ChangedMeanwhile,
    ),
    "twice": (
        lambda desk: people.authorise(known_person(desk), ANSWERS, acting=desk.by(CY)),
        NotAsItStands,
    ),
    "refused without a reason": (
        lambda desk: people.refuse(proposed(desk), " ", acting=desk.by(CY)),
        ReasonMissing,
    ),
    "nobody": (lambda desk: people.refuse("P-22222222", "No.", acting=desk.by(CY)), NotFound),
    "no reference": (lambda desk: people.refuse("P-1", "No.", acting=desk.by(CY)), NotFound),
    "an ungraded assessment": (
        lambda desk: known_person(desk, statement=opinion(grade_of=None)),
        GradeMissing,
    ),
    "a statement about a colleague's person": (
        lambda desk: _say(desk, desk.by(BO)),
        NotYourPerson,
    ),
    "a statement in another referral": (
        lambda desk: people_statements.add(
            known_person(desk), fact(), referral=desk.log(), acting=desk.by(ADA)
        ),
        NotFound,
    ),
}


def _too_late(desk: Desk) -> str:
    reference = proposed(desk)
    desk.now += timedelta(hours=73)
    return reference


def _say(desk: Desk, acting: Acting) -> None:
    referral = desk.log()
    reference = known_person(desk, referral)
    people_statements.add(reference, fact(), referral=referral, acting=acting)


@pytest.mark.parametrize("what", WRONG)
def test_what_a_rule_refuses_is_refused_by_the_act(desk: Desk, what: str) -> None:
    act, rule = WRONG[what]
    for officer in (ADA, BO, CY, GUS):
        desk.by(officer)
    with refused(rule):
        act(desk)


def test_whoever_proposed_does_not_authorise_even_as_an_approver(desk: Desk) -> None:
    reference = proposed(desk)
    both = replace(CY, ref=ADA.ref)
    with changing_nothing(), refused(OwnRequest):
        people.authorise(reference, ANSWERS, acting=desk.by(both))
    with changing_nothing(), refused(OwnRequest):
        people.refuse(reference, "No.", acting=desk.by(both))


def test_of_somebody_refused_nothing_is_left_but_the_reason(desk: Desk) -> None:
    referral = desk.log()
    said = proposal(PersonRole.SUSPECT, contact="")
    reference = proposed(desk, referral, said=said)
    people_statements.add(reference, opinion(), referral=referral, acting=desk.by(ADA))
    before = bytes(person(reference).key.wrapped)
    people.refuse(reference, "A description is enough.", acting=desk.by(CY))
    row = person(reference)
    assert (row.standing, row.name, row.birth_date, row.tokens) == ("refused", None, None, [])
    assert not row.statements.exists()
    link = row.links.get()
    assert (link.offence, link.grounds, link.necessity, link.ended_at) == (
        None, [], None, desk.now
    )  # fmt: skip
    assert bytes(row.key.wrapped) != before
    step = row.steps.get()
    assert unsealed(step, open_record_key(row.key), "reason") == "A description is enough."
    with refused(NotAsItStands):
        people.authorise(reference, ANSWERS, acting=desk.by(CY))


def test_references_follow_no_order(desk: Desk) -> None:
    found = [proposed(desk) for _ in range(5)]
    assert len(set(found)) == 5
    assert found != sorted(found) or found != sorted(found, reverse=True)
    assert PersonRow.objects.count() == 5


def test_an_adult_is_authorised_without_training_for_children(desk: Desk) -> None:
    reference = proposed(desk, said=proposal(age=adult()))
    people.authorise(reference, ANSWERS, acting=desk.by(GUS))
    assert person(reference).standing == "held"


def test_a_suspect_is_counted_as_one_and_a_victim_is_not(desk: Desk) -> None:
    suspect(desk)
    known_person(desk, said=proposal(name="Alba Quince"))
    roles = {it.links.get().role for it in PersonRow.objects.all()}
    assert roles == {"suspect", "victim"}


def test_the_data_protection_officer_proposes_nobody(desk: Desk) -> None:
    with refused(RoleMissing):
        people.propose(desk.log(), proposal(), acting=desk.by(DEE))
