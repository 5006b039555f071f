"""A record is put right by two officers, restricted by one, and used again by two."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings

from evenhand.actions import (
    people_contacts,
    people_corrections,
    people_restrictions,
    people_roles,
    people_statements,
    retention,
)
from evenhand.actions.people_corrections import Why
from evenhand.actions.people_storing import Identity, identity_of
from evenhand.queries import people
from evenhand.rules.assessments import LawMissing
from evenhand.rules.assurance import NoAssessmentInForce
from evenhand.rules.officers import WORKER, Acting, RoleMissing
from evenhand.rules.people import (
    BOTH_WITHIN,
    ContactNotKept,
    InterestsMissing,
    NotAsItStands,
    NotYourPerson,
    OwnRequest,
    Proposal,
    Restriction,
    TrainingNeededForPerson,
)
from evenhand.rules.people_ages import Age, AgeBasis, AgeWrong, UnderTen
from evenhand.rules.people_changes import NewRole, NotToldBeforeLifting, RoleChange
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.retention import Restricted
from evenhand.rules.texts import ReasonMissing
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key, unsealed
from tests.actions.people import known_person, no_assessment_in_force, person
from tests.builders import (
    ADA,
    BO,
    CY,
    DEE,
    GUS,
    RIA,
    SAM,
    adult,
    child,
    fact,
    grounds,
    proposal,
)
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
WHY = Why(reason="The document says otherwise.")
SUSPECT = NewRole(role=PersonRole.SUSPECT, necessity="The police ask for it.", grounds=grounds())
AS_VICTIM = NewRole(role=PersonRole.VICTIM, necessity="They must be warned.")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, BO, CY, GUS, SAM, DEE, RIA):
        desk.by(officer)
    return desk


@pytest.fixture
def referral(desk: Desk) -> str:
    return desk.log()


@pytest.fixture
def victim(desk: Desk, referral: str) -> str:
    return known_person(desk, referral, said=proposal(contact="noor@harbour.example"))


def asked(desk: Desk, victim: str, referral: str, new: NewRole = SUSPECT) -> None:
    today = desk.now.date()
    if not new.grounds.is_empty and new.grounds.on:
        new = replace(new, grounds=replace(new.grounds, on=today))
    people_roles.ask(victim, new, referral=referral, acting=desk.by(ADA))


def identity(victim: str) -> Identity:
    row = person(victim)
    return identity_of(row, open_record_key(row.key))


def test_a_role_that_nobody_answers_for_within_72_hours_is_taken_back(
    desk: Desk, victim: str, referral: str
) -> None:
    asked(desk, victim, referral)
    late = Acting(officer=WORKER, at=desk.now + BOTH_WITHIN)
    retention.run(acting=late)
    assert person(victim).links.filter(ended_at__isnull=True).count() == 2
    late = replace(late, at=late.at + timedelta(seconds=1))
    assert retention.run(acting=late).destroyed == 0
    row = person(victim)
    assert row.links.get(ended_at__isnull=True).role == "victim"
    assert row.links.get(role="suspect").necessity is None
    assert not people_roles.refuse_unanswered(row, late)


def test_without_an_impact_assessment_in_force_nothing_is_added_but_they_are_protected(
    desk: Desk, victim: str, referral: str
) -> None:
    asked(desk, victim, referral)
    no_assessment_in_force(desk)
    with refused(NoAssessmentInForce), changing_nothing():
        people_statements.add(victim, fact(), referral=referral, acting=desk.by(ADA))
    with refused(NoAssessmentInForce), changing_nothing():
        people_roles.ask(victim, SUSPECT, referral=referral, acting=desk.by(ADA))
    with refused(NoAssessmentInForce), changing_nothing():
        people_roles.authorise(victim, "I saw it.", referral=referral, acting=desk.by(CY))
    people_roles.refuse(victim, "There is no ground.", referral=referral, acting=desk.by(CY))
    people_restrictions.restrict(
        victim, Restriction.ACCURACY_CONTESTED, "She disputes it.", acting=desk.by(DEE)
    )
    assert person(victim).standing == "restricted"


def test_a_role_changes_by_two_officers_and_its_history_stays(
    desk: Desk, victim: str, referral: str
) -> None:
    asked(desk, victim, referral)
    assert person(victim).links.filter(authorised_at__isnull=False).get().role == "victim"
    people_roles.authorise(victim, "I saw it myself.", referral=referral, acting=desk.by(CY))
    row = person(victim)
    ended, now = row.links.order_by("at")
    assert (ended.role, ended.ended_at, now.role, now.ended_at) == (
        "victim", desk.now, "suspect", None
    )  # fmt: skip
    assert (row.contact, row.schedule, row.start_on) == (None, "D05", now.grounds_on)


def test_a_role_that_is_refused_leaves_nothing_of_the_accusation(
    desk: Desk, victim: str, referral: str
) -> None:
    asked(desk, victim, referral)
    people_roles.refuse(victim, "They were hurt.", referral=referral, acting=desk.by(CY))
    row = person(victim)
    gone = row.links.get(role="suspect")
    assert (gone.offence, gone.grounds, gone.grounds_words, gone.ended_at) == (
        None, [], None, desk.now
    )  # fmt: skip
    assert row.links.get(ended_at__isnull=True).role == "victim"
    asked(desk, victim, referral)


def test_who_was_a_child_on_the_day_of_the_grounds_asked_for_is_protected_from_then_on(
    desk: Desk, referral: str
) -> None:
    today = desk.now.date()
    grown = child(18, as_at=today)
    poster = proposal(PersonRole.CONTENT_POSTER_NOT_SUSPECTED, age=grown)
    reference = known_person(desk, referral, said=poster)
    assert not person(reference).child
    accused = replace(SUSPECT, grounds=grounds(on=today - timedelta(days=10)))
    with changing_nothing(), refused(InterestsMissing):
        people_roles.ask(reference, accused, referral=referral, acting=desk.by(ADA))
    protected = replace(accused, best_interests="To be heard with a parent beside them.")
    people_roles.ask(reference, protected, referral=referral, acting=desk.by(ADA))
    with changing_nothing(), refused(TrainingNeededForPerson):
        people_roles.authorise(
            reference, "The video shows it.", referral=referral, acting=desk.by(GUS)
        )
    people_roles.authorise(reference, "The video shows it.", referral=referral, acting=desk.by(CY))
    expected = known_person(desk, said=replace(of_child(desk), grounds=accused.grounds))
    assert (person(reference).child, person(reference).days()) == (True, person(expected).days())


def of_child(desk: Desk) -> Proposal:
    age = child(16, as_at=desk.now.date())
    return proposal(PersonRole.SUSPECT, age=age, best_interests="To be heard with a parent.")


def test_a_suspect_becomes_a_victim_and_keeps_the_day_of_the_record(
    desk: Desk, referral: str
) -> None:
    reference = known_person(desk, referral, said=proposal(PersonRole.SUSPECT))
    start = person(reference).start_on
    victim = NewRole(role=PersonRole.VICTIM, necessity="They must be warned.")
    people_roles.ask(reference, victim, referral=referral, acting=desk.by(ADA))
    people_roles.authorise(reference, "We were wrong.", referral=referral, acting=desk.by(CY))
    row = person(reference)
    assert (row.schedule, row.start_on) == ("D07", start)


def test_a_wrong_name_is_gone_once_it_is_corrected(desk: Desk, victim: str) -> None:
    people_corrections.contest(victim, "name", "It is misspelt.", acting=desk.by(ADA))
    assert person(victim).contested == ["name"]
    old = bytes(person(victim).name or b"")
    right = replace(identity(victim), name="Nour Vantage")
    people_corrections.correct_identity(victim, right, WHY, acting=desk.by(CY))
    row = person(victim)
    assert (identity(victim), row.contested) == (right, [])
    assert bytes(row.name or b"") != old
    reasons = [unsealed(it, open_record_key(row.key), "reason") for it in row.steps.all()]
    assert not [it for it in reasons if "Noor" in it]


def test_what_is_evidence_is_kept_when_it_is_corrected(desk: Desk, victim: str) -> None:
    people_corrections.contest(victim, "age", "Another year.", acting=desk.by(ADA))
    right = replace(identity(victim), age=adult(birth_date=date(1991, 5, 17)))
    why = replace(WHY, evidence="EX-7")
    people_corrections.correct_identity(victim, right, why, acting=desk.by(DEE))
    row = person(victim)
    kept = unsealed(row.steps.get(what="keep_as_evidence"), open_record_key(row.key), "reason")
    assert kept.startswith("EX-7\nNoor Vantage\n1990-05-17 document")


def test_who_turns_out_to_be_a_child_is_protected_as_one(desk: Desk, victim: str) -> None:
    people_corrections.contest(victim, "age", "They are 15.", acting=desk.by(ADA))
    right = replace(identity(victim), age=child(15, as_at=desk.now.date()))
    with refused(InterestsMissing):
        people_corrections.correct_identity(victim, right, WHY, acting=desk.by(CY))
    why = replace(WHY, best_interests="To be safe.")
    people_corrections.correct_identity(victim, right, why, acting=desk.by(CY))
    row = person(victim)
    link = row.links.get()
    assert (row.child, unsealed(link, open_record_key(row.key), "best_interests")) == (
        True, "To be safe."
    )  # fmt: skip
    people_corrections.contest(victim, "age", "They are 30.", acting=desk.by(ADA))
    grown = replace(right, age=adult())
    with refused(TrainingNeededForPerson):
        people_corrections.correct_identity(victim, grown, WHY, acting=desk.by(GUS))
    people_corrections.correct_identity(victim, grown, WHY, acting=desk.by(CY))
    assert not person(victim).child


def test_no_child_grows_up_by_the_day_alone_on_which_the_age_was_known(desk: Desk) -> None:
    today = desk.now.date()
    said = proposal(age=child(17, as_at=today), best_interests="To be safe from them.")
    reference = known_person(desk, said=said)
    people_corrections.contest(reference, "age", "That was earlier.", acting=desk.by(ADA))
    as_told = identity(reference)
    long_ago = replace(as_told, age=child(17, as_at=today - timedelta(days=36_500)))
    with changing_nothing(), refused(AgeWrong):
        people_corrections.correct_identity(reference, long_ago, WHY, acting=desk.by(CY))
    last_year = replace(as_told, age=child(17, as_at=today - timedelta(days=400)))
    assert not last_year.age.may_be_child(today)
    people_corrections.correct_identity(reference, last_year, WHY, acting=desk.by(CY))
    assert person(reference).child


@pytest.mark.parametrize("years", [8, 9])
def test_a_child_of_unknown_age_turns_out_to_be_under_ten(desk: Desk, years: int) -> None:
    unknown = Age(basis=AgeBasis.UNKNOWN, as_at=desk.now.date())
    said = proposal(age=unknown, best_interests="To be safe from them.")
    reference = known_person(desk, said=said)
    people_corrections.contest(reference, "age", "They are much younger.", acting=desk.by(ADA))
    right = replace(identity(reference), age=child(years, as_at=desk.now.date()))
    with changing_nothing(), refused(UnderTen):
        people_corrections.correct_identity(reference, right, WHY, acting=desk.by(CY))
    why = replace(WHY, welfare_reason="They need somebody to fetch them from school.")
    people_corrections.correct_identity(reference, right, why, acting=desk.by(CY))
    row = person(reference)
    link, key = row.links.get(), open_record_key(row.key)
    assert row.under_ten
    assert unsealed(link, key, "welfare_reason") == why.welfare_reason
    assert unsealed(link, key, "best_interests") == said.best_interests


def test_an_accused_cannot_be_corrected_to_be_under_ten(desk: Desk) -> None:
    reference = known_person(desk, said=proposal(PersonRole.SUSPECT))
    people_corrections.contest(reference, "age", "They are 8.", acting=desk.by(ADA))
    right = replace(identity(reference), age=child(8, as_at=desk.now.date()))
    why = replace(WHY, best_interests="To be safe.")
    with changing_nothing(), refused(UnderTen):
        people_corrections.correct_identity(reference, right, why, acting=desk.by(CY))


@pytest.mark.parametrize("evidence", ["", "EX-8"])
def test_a_wrong_statement_makes_way_for_a_right_one(
    desk: Desk, victim: str, evidence: str
) -> None:
    wrong = person(victim).statements.get()
    people_corrections.contest(victim, str(wrong.id), "Another shop.", acting=desk.by(DEE))
    assert person(victim).statements.get().standing == "contested"
    people_corrections.correct_statement(
        victim, str(wrong.id), fact(), replace(WHY, evidence=evidence), acting=desk.by(CY)
    )
    found = {it.standing: it for it in person(victim).statements.all()}
    assert set(found) == ({"standing", "replaced"} if evidence else {"standing"})
    assert found["standing"].replaces_id == (wrong.id if evidence else None)
    assert found["standing"].id != wrong.id


def test_what_was_contested_and_is_right_stands_again(desk: Desk, victim: str) -> None:
    said = str(person(victim).statements.get().id)
    for about in (said, "name"):
        people_corrections.contest(victim, about, "Is it so?", acting=desk.by(ADA))
    for about in (said, "name"):
        people_corrections.confirm(victim, about, "I checked.", acting=desk.by(CY))
    row = person(victim)
    assert (row.contested, row.statements.get().standing) == ([], "standing")
    assert row.statements.get().verified_at > row.statements.get().at


def contact_of(reference: str) -> str:
    row = person(reference)
    return unsealed(row, open_record_key(row.key), "contact")


@pytest.mark.parametrize(("evidence", "right"), [("", "nour@bay.example"), ("EX-9", "")])
def test_a_wrong_contact_is_gone_once_it_is_corrected(
    desk: Desk, victim: str, evidence: str, right: str
) -> None:
    people_corrections.contest(victim, "contact", "It is another's.", acting=desk.by(ADA))
    why = replace(WHY, evidence=evidence)
    with changing_nothing(), refused(NotAsItStands):
        people_contacts.correct_contact(victim, contact_of(victim), why, acting=desk.by(CY))
    people_contacts.correct_contact(victim, right, why, acting=desk.by(CY))
    assert (contact_of(victim), person(victim).contested) == (right, [])
    kept = [it.reason for it in people.one(victim, "So.", acting=desk.by(DEE)).steps]
    assert any("noor@harbour.example" in (it or "") for it in kept) == bool(evidence)


def test_a_wrong_contact_of_a_reporter_stays_in_the_vault(desk: Desk) -> None:
    said = proposal(PersonRole.REPORTER, name="", contact="noor@harbour.example")
    reporter = known_person(desk, said=said)
    people_corrections.contest(reporter, "contact", "It is another's.", acting=desk.by(ADA))
    why = replace(WHY, evidence="EX-9")
    people_contacts.correct_contact(reporter, "nour@bay.example", why, acting=desk.by(CY))
    assert contact_of(reporter) == "nour@bay.example"
    for officer, reads in ((ADA, False), (DEE, False), (RIA, True)):
        steps = people.one(reporter, "So.", acting=desk.by(officer)).steps
        assert any("noor@harbour" in (it.reason or "") for it in steps) == reads


def test_no_contact_of_a_suspect_is_corrected_into_the_record(desk: Desk) -> None:
    suspect = known_person(desk, said=proposal(PersonRole.SUSPECT))
    people_corrections.contest(suspect, "contact", "We should have it.", acting=desk.by(ADA))
    with changing_nothing(), refused(ContactNotKept):
        people_contacts.correct_contact(suspect, "noor@bay.example", WHY, acting=desk.by(CY))


def test_what_is_restricted_as_contested_is_put_right_by_who_reads_it(
    desk: Desk, victim: str
) -> None:
    because = Restriction.ACCURACY_CONTESTED
    people_restrictions.restrict(victim, because, "Not settled.", acting=desk.by(DEE))
    with changing_nothing(), refused(Restricted):
        people_corrections.contest(victim, "name", "It is misspelt.", acting=desk.by(ADA))
    people_corrections.contest(victim, "name", "It is misspelt.", acting=desk.by(RIA))
    right = replace(identity(victim), name="Nour Vantage")
    with changing_nothing(), refused(Restricted):
        people_corrections.correct_identity(victim, right, WHY, acting=desk.by(CY))
    people_corrections.correct_identity(victim, right, WHY, acting=desk.by(DEE))
    assert (identity(victim), person(victim).standing) == (right, "restricted")
    assert "has been corrected" in letter_before_lifting(desk, victim)


def letter_before_lifting(desk: Desk, victim: str) -> str:
    people_restrictions.ask_to_lift(victim, "It is settled.", acting=desk.by(RIA))
    steps = people.one(victim, "To post it.", acting=desk.by(RIA)).steps
    [letter] = [it.letter for it in steps if it.letter]
    return letter


def test_the_letter_does_not_say_that_anything_was_corrected_where_nothing_was(
    desk: Desk, victim: str
) -> None:
    people_corrections.contest(victim, "name", "It is misspelt.", acting=desk.by(ADA))
    right = replace(identity(victim), name="Nour Vantage")
    people_corrections.correct_identity(victim, right, WHY, acting=desk.by(CY))
    desk.now += timedelta(minutes=1)
    because = Restriction.ACCURACY_CONTESTED
    people_restrictions.restrict(victim, because, "Not settled.", acting=desk.by(DEE))
    letter = letter_before_lifting(desk, victim)
    assert ("Nothing in it was changed." in letter, "corrected." in letter) == (True, False)


def test_one_officer_restricts_and_two_lift_it(desk: Desk, victim: str) -> None:
    because = Restriction.ACCURACY_CONTESTED
    people_restrictions.restrict(victim, because, "Not settled.", acting=desk.by(DEE))
    assert (person(victim).standing, person(victim).restricted_because) == ("restricted", because)
    people_restrictions.ask_to_lift(victim, "It is settled.", acting=desk.by(RIA))
    with changing_nothing(), refused(NotToldBeforeLifting):
        people_restrictions.lift(victim, "Yes.", agreed=True, acting=desk.by(DEE))
    people_restrictions.lift(victim, "Not yet.", agreed=False, acting=desk.by(DEE))
    assert person(victim).standing == "restricted"
    people_restrictions.ask_to_lift(victim, "Now it is.", acting=desk.by(CY))
    people_restrictions.lift(victim, "Yes.", agreed=True, notice="L-3", acting=desk.by(DEE))
    assert (person(victim).standing, person(victim).restricted_because) == ("held", None)


def test_who_is_to_be_told_first_gets_a_letter_that_names_nobody(desk: Desk, victim: str) -> None:
    because = Restriction.ACCURACY_CONTESTED
    people_restrictions.restrict(victim, because, "Not settled.", acting=desk.by(DEE))
    people_restrictions.ask_to_lift(victim, "Her school confirms it.", acting=desk.by(RIA))
    reads = people.one(victim, "To post the letter.", acting=desk.by(RIA))
    [letter] = [it.letter for it in reads.steps if it.letter]
    assert f"(our reference {victim})" in letter
    desk_and_dpo = (settings.DESK.contact_email, settings.DESK.dpo_email)
    for told in ("section 48(10)", *desk_and_dpo, "ico.org.uk", "section 167"):
        assert told in letter
    for word in (reads.name or "", "school", "victim"):
        assert word
        assert word not in letter
    assert not [it.letter for it in people.one(victim, "So.", acting=desk.by(CY)).steps]


def test_who_did_not_contest_it_is_sent_no_letter(desk: Desk, victim: str) -> None:
    people_restrictions.ask_to_lift(restricted(desk, victim), "So.", acting=desk.by(RIA))
    reads = people.one(victim, "To see.", acting=desk.by(RIA))
    assert not any(it.letter for it in reads.steps)


def restricted(desk: Desk, victim: str) -> str:
    people_restrictions.restrict(victim, Restriction.UNLAWFUL, "No basis.", acting=desk.by(RIA))
    return victim


def contested(desk: Desk, victim: str, about: str = "name") -> str:
    people_corrections.contest(victim, about, "Is it so?", acting=desk.by(ADA))
    return victim


def in_turn(*acts: Callable[[], object]) -> None:
    for act in acts:
        act()


Act = Callable[[Desk, str, str], object]
WRONG: dict[str, tuple[Act, type[Refused]]] = {
    "E-CAT-15: accused on old grounds": (
        lambda d, v, r: people_roles.ask(
            v,
            replace(SUSPECT, grounds=grounds(on=d.now.date() - timedelta(days=1))),
            referral=r,
            acting=d.by(ADA),
        ),
        RoleChange,
    ),
    "E-CAT-15: the same role": (
        lambda d, v, r: asked(d, v, r, AS_VICTIM),
        RoleChange,
    ),
    "a role without a necessity": (
        lambda d, v, r: asked(d, v, r, replace(SUSPECT, necessity="")),
        LawMissing,
    ),
    "a colleague's person": (
        lambda d, v, r: people_roles.ask(v, SUSPECT, referral=r, acting=d.by(BO)),
        NotYourPerson,
    ),
    "two roles asked for": (
        lambda d, v, r: in_turn(
            lambda: asked(d, v, r),
            lambda: asked(d, v, r, replace(AS_VICTIM, role=PersonRole.REPORTER)),
        ),
        NotAsItStands,
    ),
    "a role that nobody asked for": (
        lambda d, v, r: people_roles.authorise(v, "Yes.", referral=r, acting=d.by(CY)),
        NotFound,
    ),
    "a name that nobody contested": (
        lambda d, v, r: people_corrections.correct_identity(
            v, replace(identity(v), name="Nour"), WHY, acting=d.by(CY)
        ),
        NotAsItStands,
    ),
    "nothing changed": (
        lambda d, v, r: people_corrections.correct_identity(
            contested(d, v), identity(v), WHY, acting=d.by(CY)
        ),
        NotAsItStands,
    ),
    "who contested corrects": (
        lambda d, v, r: people_corrections.correct_identity(
            contested(d, v), replace(identity(v), name="Nour"), WHY,
            acting=d.by(replace(CY, ref=ADA.ref)),
        ),
        OwnRequest,
    ),
    "who said it confirms": (
        lambda d, v, r: in_turn(
            lambda: people_corrections.contest(v, _said(v), "Is it so?", acting=d.by(DEE)),
            lambda: people_corrections.confirm(
                v, _said(v), "Yes.", acting=d.by(replace(CY, ref=ADA.ref))
            ),
        ),
        OwnRequest,
    ),
    "a birth date in the future": (
        lambda d, v, r: people_corrections.correct_identity(
            contested(d, v, "age"),
            replace(identity(v), age=adult(birth_date=d.now.date() + timedelta(days=1))),
            WHY,
            acting=d.by(CY),
        ),
        AgeWrong,
    ),
    "no such statement": (
        lambda d, v, r: people_corrections.contest(v, "nothing", "So.", acting=d.by(ADA)),
        NotAsItStands,
    ),
    "a statement of somebody else": (
        lambda d, v, r: people_corrections.contest(
            v, _said(known_person(d, said=proposal(name="Alba Quince"))), "So.", acting=d.by(ADA)
        ),
        NotAsItStands,
    ),
    "no such statement corrected": (
        lambda d, v, r: people_corrections.correct_statement(
            contested(d, v), "name", fact(), WHY, acting=d.by(CY)
        ),
        NotFound,
    ),
    "contested without a reason": (
        lambda d, v, r: people_corrections.contest(v, "name", "", acting=d.by(ADA)),
        ReasonMissing,
    ),
    "a colleague's person contested": (
        lambda d, v, r: people_corrections.contest(v, "name", "So.", acting=d.by(BO)),
        NotYourPerson,
    ),
    "an officer restricts": (
        lambda d, v, r: people_restrictions.restrict(
            v, Restriction.UNLAWFUL, "So.", acting=d.by(ADA)
        ),
        RoleMissing,
    ),
    "what is not restricted is lifted": (
        lambda d, v, r: people_restrictions.ask_to_lift(v, "So.", acting=d.by(CY)),
        NotAsItStands,
    ),
    "lifted though nobody asked": (
        lambda d, v, r: people_restrictions.lift(
            restricted(d, v), "So.", agreed=True, acting=d.by(DEE)
        ),
        NotFound,
    ),
    "asked twice to lift": (
        lambda d, v, r: in_turn(
            lambda: people_restrictions.ask_to_lift(restricted(d, v), "So.", acting=d.by(CY)),
            lambda: people_restrictions.ask_to_lift(v, "So.", acting=d.by(CY)),
        ),
        NotAsItStands,
    ),
    "who asked lifts": (
        lambda d, v, r: in_turn(
            lambda: people_restrictions.ask_to_lift(restricted(d, v), "So.", acting=d.by(RIA)),
            lambda: people_restrictions.lift(
                v, "So.", agreed=True, acting=d.by(replace(DEE, ref=RIA.ref))
            ),
        ),
        OwnRequest,
    ),
    "a restricted record is changed": (
        lambda d, v, r: asked(d, restricted(d, v), r),
        NotAsItStands,
    ),
}  # fmt: skip


def _said(reference: str) -> str:
    return str(PersonRow.objects.get(reference=reference).statements.get().id)


@pytest.mark.parametrize("what", WRONG)
def test_what_a_rule_refuses_is_refused_by_the_act(
    desk: Desk, victim: str, referral: str, what: str
) -> None:
    act, rule = WRONG[what]
    with refused(rule):
        act(desk, victim, referral)
