"""Who may be on record, as what, and what must be said first."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.assessments import LawMissing
from evenhand.rules.handover import ENDED
from evenhand.rules.officers import Officer, OfficerRef, Role
from evenhand.rules.oversight import tried
from evenhand.rules.people import (
    BOTH_WITHIN,
    Answers,
    Asked,
    AskedTooLongAgo,
    ContactNotKept,
    InterestsMissing,
    LookReasonMissing,
    NotAsItStands,
    NotYourPerson,
    OwnRequest,
    Person,
    PersonStanding,
    Proposal,
    ReferralEnded,
    RoleMissingOrWrong,
    TrainingNeededForPerson,
    check_answers,
    check_look_reason,
    check_may_open,
    check_may_propose,
    check_proposal,
    check_role,
    check_second_officer,
    check_standing,
    check_trained,
    check_version,
)
from evenhand.rules.people_ages import AgeBasis, AgeWrong, UnderTen
from evenhand.rules.people_changes import RoleChange, check_role_change
from evenhand.rules.people_grounds import NO_GROUNDS, Ground, GroundsMissing
from evenhand.rules.people_roles import ACCUSED, PROTECTED, WITH_CONTACT, PersonRole
from evenhand.rules.referrals import ChangedMeanwhile, State
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextMissing, TextTooLong
from tests.builders import (
    ADA,
    ANSWERS,
    BO,
    CY,
    GUS,
    NOW,
    TODAY,
    adult,
    child,
    grounds,
    proposal,
)

OFFENCES = {"oapa-1861-s16"}
PERSON = Person(reference="P-7K3M9XQA", standing=PersonStanding.HELD, version=3, child=True)


def check(said: Proposal) -> None:
    check_proposal(said, offences=OFFENCES, recorded_on=TODAY, today=TODAY)


def fault(said: Proposal) -> Refused:
    with pytest.raises(Refused) as told:
        check(said)
    assert not told.value.also, told.value.also
    return told.value


@pytest.mark.parametrize("role", PersonRole)
def test_somebody_needed_and_told_apart_may_be_proposed(role: PersonRole) -> None:
    check(proposal(role))


def test_nobody_is_recorded_without_a_role_and_none_is_assumed() -> None:
    assert isinstance(fault(proposal(None)), RoleMissingOrWrong)
    with pytest.raises(RoleMissingOrWrong):
        check_role(None)
    assert check_role(PersonRole.VICTIM) is PersonRole.VICTIM


@pytest.mark.parametrize("necessity", ["", " ", "\u200b", ".", "ok", "As before."])
def test_nobody_is_recorded_without_a_necessity(necessity: str) -> None:
    told = fault(proposal(necessity=necessity))
    assert isinstance(told, LawMissing)
    assert told.code == "E-LAW-02"


@pytest.mark.parametrize("role", sorted(ACCUSED))
@pytest.mark.parametrize(
    ("lacking", "at"),
    [({"offence": ""}, "offence"), ({"offence": "drill"}, "offence"), ({"on": None}, "grounds_on"),
     ({"on": TODAY + timedelta(days=1)}, "grounds_on")],
)  # fmt: skip
def test_an_accusation_has_a_known_offence_and_its_day(
    role: PersonRole, lacking: dict[str, object], at: str
) -> None:
    told = fault(proposal(role, grounds=grounds(**lacking)))
    assert isinstance(told, GroundsMissing)
    assert told.at == at


@pytest.mark.parametrize(
    ("lacking", "at"),
    [({"codes": frozenset()}, "grounds"), ({"in_words": "\u3164"}, "grounds_words")],
)
def test_a_suspect_has_objective_grounds_in_own_words(lacking: dict[str, object], at: str) -> None:
    told = fault(proposal(PersonRole.SUSPECT, grounds=grounds(**lacking)))
    assert isinstance(told, GroundsMissing)
    assert told.at == at
    check(proposal(PersonRole.CONVICTED, grounds=grounds(**lacking)))


def test_grounds_in_words_have_a_length() -> None:
    said = proposal(PersonRole.SUSPECT, grounds=grounds(in_words="x" * 10_001))
    assert isinstance(fault(said), TextTooLong)


@pytest.mark.parametrize(
    "word", ["genre", "hashtag", "association", "place", "follow", "drill", "other", "gang"]
)
def test_no_ground_is_a_taste_a_tag_a_place_or_whom_somebody_knows(word: str) -> None:
    assert not [it for it in Ground if word in it.value]


@pytest.mark.parametrize("role", sorted(set(PersonRole) - ACCUSED))
def test_nobody_else_is_accused_of_anything(role: PersonRole) -> None:
    assert isinstance(fault(proposal(role, grounds=grounds())), GroundsMissing)


@pytest.mark.parametrize("role", PersonRole)
def test_contact_details_are_kept_of_three_roles_only(role: PersonRole) -> None:
    said = proposal(role, contact="noor@harbour.example")
    if role in WITH_CONTACT:
        check(said)
    else:
        assert isinstance(fault(said), ContactNotKept)


@pytest.mark.parametrize("role", PersonRole)
def test_the_name_of_a_reporter_is_not_kept_where_it_is_read(role: PersonRole) -> None:
    said = proposal(role, name="Noor Vantage")
    if role is PersonRole.REPORTER:
        told = fault(said)
        assert (told.code, told.at) == ("E-CON-05", "name")
    else:
        check(said)


@pytest.mark.parametrize(
    "age",
    [child(), child(0), child(17), adult(birth_date=date(2010, 1, 1)),
     adult(basis=AgeBasis.UNKNOWN, birth_date=None)],
)  # fmt: skip
def test_best_interests_are_written_down_for_whoever_may_be_a_child(age: object) -> None:
    said = proposal(age=age, welfare_reason="They were hurt.")
    told = fault(said)
    assert isinstance(told, InterestsMissing)
    assert told.code == "E-CHD-74"
    assert tried(told) is None
    check(replace(said, best_interests="To be safe."))


@pytest.mark.parametrize("role", PersonRole)
@pytest.mark.parametrize("years", [0, 9, 10])
def test_nobody_under_ten_is_accused_of_anything(role: PersonRole, years: int) -> None:
    said = proposal(
        role, age=child(years), best_interests="To be safe.", welfare_reason="They were hurt."
    )
    if years == 10 or role in PROTECTED:
        check(said)
    else:
        assert isinstance(fault(said), UnderTen)


def test_what_counts_is_how_old_somebody_was_on_the_day_of_the_grounds() -> None:
    said = proposal(
        PersonRole.SUSPECT,
        age=adult(birth_date=TODAY.replace(year=TODAY.year - 10)),
        best_interests="To be safe.",
        welfare_reason="They were hurt.",
    )
    check(said)
    before = replace(said, grounds=grounds(on=TODAY - timedelta(days=1)))
    assert isinstance(fault(before), UnderTen)


def test_who_was_a_child_on_the_day_of_the_grounds_or_is_one_today_is_protected() -> None:
    birthday = date(TODAY.year - 18, TODAY.month, TODAY.day) - timedelta(days=5)
    before, after = TODAY - timedelta(days=20), TODAY - timedelta(days=4)
    for on, is_child in ((before, True), (after, False)):
        said = proposal(PersonRole.SUSPECT, age=adult(birth_date=birthday), grounds=grounds(on=on))
        assert said.is_of_child(TODAY) is is_child
        if is_child:
            assert isinstance(fault(said), InterestsMissing)
        else:
            check(said)
    assert isinstance(fault(proposal(was_child=True)), InterestsMissing)


def test_a_child_under_ten_is_recorded_for_a_need_of_its_own() -> None:
    said = proposal(age=child(7), best_interests="To be safe.")
    assert fault(said).at == "welfare_reason"


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(Refused) as told:
        check(
            Proposal(
                role=PersonRole.SUSPECT,
                necessity="x" * 10_001,
                age=child(8),
                name=" \u200b",
                contact="y" * 501,
                grounds=NO_GROUNDS,
            )
        )
    assert {it.at for it in told.value.every} == {
        "necessity", "name", "contact", "offence", "grounds_on", "grounds", "grounds_words",
        "best_interests", "role", "welfare_reason",
    }  # fmt: skip


def test_a_wrong_age_is_told_with_the_rest() -> None:
    assert isinstance(fault(proposal(age=adult(birth_date=date(1900, 1, 1)))), AgeWrong)


@pytest.mark.parametrize("state", State)
def test_people_are_proposed_by_the_owner_while_there_is_work(state: State) -> None:
    if state in ENDED:
        with pytest.raises(ReferralEnded):
            check_may_propose("2026-000001", state, ADA.ref, ADA)
        return
    check_may_propose("2026-000001", state, ADA.ref, ADA)
    with pytest.raises(NotYourPerson) as told:
        check_may_propose("2026-000001", state, ADA.ref, BO)
    assert tried(told.value) == "read_person"


@pytest.mark.parametrize("role", Role)
def test_an_officer_opens_only_the_people_of_their_own_referrals(role: Role) -> None:
    somebody = Officer(OfficerRef(UUID(int=9)), frozenset({role}))
    check_may_open(somebody, {somebody.ref})
    reads = {"approver", "sharing_officer", "records_reviewer", "rights_officer", "dpo"}
    if role in reads:
        check_may_open(somebody, set())
        return
    with pytest.raises(NotYourPerson):
        check_may_open(somebody, {ADA.ref})


def test_who_asked_does_not_answer() -> None:
    with pytest.raises(OwnRequest) as told:
        check_second_officer(Asked(by=ADA.ref, at=NOW), ADA, now=NOW)
    assert tried(told.value) == "authorise_person"
    check_second_officer(Asked(by=ADA.ref, at=NOW), BO, now=NOW)


@given(hours=st.integers(0, 200))
def test_an_answer_comes_within_three_days(hours: int) -> None:
    asked, now = Asked(by=ADA.ref, at=NOW), NOW + timedelta(hours=hours)
    if now - NOW <= BOTH_WITHIN:
        check_second_officer(asked, CY, now=now)
        return
    with pytest.raises(AskedTooLongAgo):
        check_second_officer(asked, CY, now=now)


def test_for_a_child_the_second_officer_is_trained() -> None:
    check_trained(PERSON, CY)
    with pytest.raises(TrainingNeededForPerson) as told:
        check_trained(PERSON, GUS)
    assert told.value.code == "E-CHD-74"
    assert tried(told.value) == "authorise_person"
    check_trained(replace(PERSON, child=False), GUS)


def test_a_record_is_changed_only_as_it_stands_and_was_seen() -> None:
    check_standing(PERSON, PersonStanding.HELD, PersonStanding.PROPOSED)
    with pytest.raises(NotAsItStands):
        check_standing(PERSON, PersonStanding.PROPOSED)
    check_version(PERSON, None)
    check_version(PERSON, 3)
    with pytest.raises(ChangedMeanwhile):
        check_version(PERSON, 2)


@pytest.mark.parametrize("earlier", PersonRole)
@pytest.mark.parametrize("later", PersonRole)
def test_a_victim_is_accused_on_new_grounds_only(earlier: PersonRole, later: PersonRole) -> None:
    old = grounds(on=TODAY - timedelta(days=1)) if later in ACCUSED else NO_GROUNDS
    new = grounds() if later in ACCUSED else NO_GROUNDS
    if earlier is later:
        with pytest.raises(RoleChange):
            check_role_change(earlier, TODAY, later, new)
        return
    check_role_change(earlier, TODAY, later, new)
    if earlier in PROTECTED and later in ACCUSED:
        with pytest.raises(RoleChange) as told:
            check_role_change(earlier, TODAY, later, old)
        assert told.value.code == "E-CAT-15"
    else:
        check_role_change(earlier, TODAY, later, old)


@pytest.mark.parametrize("reason", ["", " \t", "\u2800"])
def test_nobody_looks_at_a_person_without_a_reason(reason: str) -> None:
    with pytest.raises(LookReasonMissing):
        check_look_reason(reason)
    check_look_reason("To warn them.")
    with pytest.raises(TextTooLong):
        check_look_reason("x" * 501)


def test_each_test_question_is_answered() -> None:
    check_answers(ANSWERS)
    with pytest.raises(TextMissing) as told:
        check_answers(Answers(necessary="", role_right=" ", less_would_do="No."))
    assert [it.at for it in told.value.every] == ["necessary", "role_right"]
    assert "\n\n" in ANSWERS.in_one()
