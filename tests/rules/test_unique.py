"""People are told apart by exact keys, joined by two officers, and told in time or for a reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules import combinations, notification, people_finding
from evenhand.rules.combinations import (
    ON_RECORD,
    UNDONE_WITHIN,
    Combination,
    CombinationStanding,
    NotToBeCombined,
)
from evenhand.rules.notification import (
    DECIDE_WITHIN,
    DECIDE_WITHIN_CHILD,
    REVIEWED_WITHIN,
    Decided,
    Decision,
    NotDecidedToTell,
    NothingToConfirm,
    RestrictionGround,
    RestrictionNotAllowed,
    Telling,
)
from evenhand.rules.notification_letter import LetterFacts, letter
from evenhand.rules.people import OwnRequest, PersonStanding, RestrictedBecause
from evenhand.rules.people_finding import WILD, Key, KeyNotExact
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextMissing, TextTooLong
from tests.builders import CY, DEE, NOW, TODAY

DAY = timedelta(days=1)
_C, _P = CombinationStanding, PersonStanding
BORN = date(1990, 5, 4)
NOT_KEYS = {
    "a name alone": Key(name="Noor Vantage"),
    "a birth date alone": Key(birth_date=BORN),
    "nothing": Key(),
    "half a reference": Key(reference="P-7K3M"),
    "a reference and a name": Key(reference="P-7K3M9XQA", name="Noor Vantage"),
    **{f"a name with {it}": Key(name=f"Noor{it}", birth_date=BORN) for it in sorted(WILD)},
}


@pytest.mark.parametrize("what", NOT_KEYS)
def test_nobody_is_found_by_less_or_more_than_one_exact_key(what: str) -> None:
    with pytest.raises(KeyNotExact) as told:
        people_finding.check_key(NOT_KEYS[what])
    assert told.value.code == "E-DEF-11"


def test_whoever_enters_nothing_is_told_what_to_enter_and_half_a_key_what_lacks() -> None:
    for key, at, told in (
        (Key(), "name", "Nothing is entered to look for."),
        (Key(name="Noor Vantage"), "birth_date", "A name and a birth date belong together."),
        (Key(birth_date=BORN), "name", "A name and a birth date belong together."),
    ):
        with pytest.raises(KeyNotExact) as refused:
            people_finding.check_key(key)
        assert (refused.value.at, refused.value.sentence) == (at, told)


@pytest.mark.parametrize(
    "key", [Key(reference="P-7K3M9XQA"), Key(name="Noor Vantage", birth_date=BORN)]
)
def test_a_whole_key_is_one(key: Key) -> None:
    people_finding.check_key(key)


@pytest.mark.parametrize("what", sorted(NOT_KEYS.keys() - {"a name alone"}))
def test_a_request_about_data_searches_by_a_whole_name_alone_too(what: str) -> None:
    people_finding.check_key_of_request(Key(name="Noor Vantage"))
    people_finding.check_key_of_request(Key(name="Noor Vantage", birth_date=BORN))
    for key in (NOT_KEYS[what], Key(name="Noor*")):
        with pytest.raises(KeyNotExact):
            people_finding.check_key_of_request(key)


def test_a_key_is_text_that_can_be_kept() -> None:
    with pytest.raises(TextTooLong):
        people_finding.check_key(Key(name="N" * 501, birth_date=BORN))


@pytest.mark.parametrize("first", _P)
@pytest.mark.parametrize("second", _P)
def test_only_what_is_on_record_is_compared_from_what_is_or_is_to_be(
    first: PersonStanding, second: PersonStanding
) -> None:
    fits = second in ON_RECORD and first is not _P.REFUSED
    if fits:
        combinations.check_pair(first, second, is_itself=False, are_one=False)
    else:
        with pytest.raises(NotToBeCombined):
            combinations.check_pair(first, second, is_itself=False, are_one=False)
    for one in ({"is_itself": True, "are_one": False}, {"is_itself": False, "are_one": True}):
        with pytest.raises(NotToBeCombined):
            combinations.check_pair(first, second, **one)


@pytest.mark.parametrize("standing", _C)
def test_a_proposal_is_answered_once_and_a_joining_undone_once(
    standing: CombinationStanding,
) -> None:
    combination = Combination(standing=standing, joined_at=NOW if standing is _C.JOINED else None)
    answers: dict[str, Callable[[], None]] = {
        "join": lambda: combinations.check_may_join(combination, _P.HELD),
        "refuse": lambda: combinations.check_may_refuse(combination),
        "undo": lambda: combinations.check_may_undo(combination, now=NOW),
    }
    possible = {_C.PROPOSED: {"join", "refuse"}, _C.JOINED: {"undo"}}.get(standing, set())
    for name, answer in answers.items():
        if name in possible:
            answer()
        else:
            with pytest.raises(NotToBeCombined):
                answer()


def test_what_is_not_authorised_yet_is_not_joined() -> None:
    with pytest.raises(NotToBeCombined):
        combinations.check_may_join(Combination(standing=_C.PROPOSED), _P.PROPOSED)


@given(after=st.timedeltas(timedelta(0), timedelta(days=60)))
def test_a_joining_is_undone_within_twenty_eight_days(after: timedelta) -> None:
    joined = Combination(standing=_C.JOINED, joined_at=NOW)
    if after <= UNDONE_WITHIN:
        combinations.check_may_undo(joined, now=NOW + after)
    else:
        with pytest.raises(NotToBeCombined):
            combinations.check_may_undo(joined, now=NOW + after)


def test_nobody_is_authorised_before_exact_matches_are_told_apart() -> None:
    combinations.check_told_apart(0)
    with pytest.raises(NotToBeCombined):
        combinations.check_told_apart(1)


TELL = Decision(telling=Telling.TELL, reasons="Nothing speaks against it.")
RESTRICT = Decision(
    telling=Telling.RESTRICT,
    reasons="They would warn the others.",
    ground=RestrictionGround.INQUIRY,
    review_on=TODAY + 30 * DAY,
)
PRIVILEGED = replace(RESTRICT, ground=RestrictionGround.LEGAL_PRIVILEGE)
NOT_DECISIONS: dict[str, tuple[Decision, type[Refused]]] = {
    "no reasons": (replace(TELL, reasons=" "), TextMissing),
    "a ground to tell": (replace(TELL, ground=RestrictionGround.CRIME), RestrictionNotAllowed),
    "no ground": (replace(RESTRICT, ground=None), RestrictionNotAllowed),
    "no review": (replace(RESTRICT, review_on=None), RestrictionNotAllowed),
    "a review today": (replace(RESTRICT, review_on=TODAY), RestrictionNotAllowed),
    "a late review": (
        replace(RESTRICT, review_on=TODAY + REVIEWED_WITHIN + DAY),
        RestrictionNotAllowed,
    ),
    "no lawyer": (PRIVILEGED, TextMissing),
}


@pytest.mark.parametrize("what", NOT_DECISIONS)
def test_a_decision_without_what_the_law_asks_for_is_none(what: str) -> None:
    decision, rule = NOT_DECISIONS[what]
    with pytest.raises(rule):
        notification.check_decision(decision, today=TODAY)


@pytest.mark.parametrize("decision", [TELL, RESTRICT, replace(PRIVILEGED, lawyer="A. Counsel")])
def test_a_decision_with_reasons_is_one(decision: Decision) -> None:
    notification.check_decision(decision, today=TODAY)


def test_it_is_decided_in_28_days_and_in_14_of_a_child() -> None:
    assert notification.due_on(TODAY, child=False) == TODAY + DECIDE_WITHIN == TODAY + 28 * DAY
    assert notification.due_on(TODAY, child=True) == TODAY + DECIDE_WITHIN_CHILD == TODAY + 14 * DAY


def test_a_restriction_holds_once_another_has_confirmed_it() -> None:
    waits = Decided(
        telling=Telling.RESTRICT, decided_by=CY.ref, is_confirmed=False, review_on=TODAY
    )
    tells = replace(waits, telling=Telling.TELL, review_on=None)
    confirmed = replace(waits, is_confirmed=True)
    assert [notification.holds(it) for it in (waits, tells, confirmed)] == [False, True, True]
    assert [notification.due_after(it) for it in (tells, confirmed)] == [None, TODAY]
    assert notification.check_may_confirm(waits, DEE.ref) == waits
    with pytest.raises(OwnRequest):
        notification.check_may_confirm(waits, CY.ref)
    for nothing in (None, tells, confirmed):
        with pytest.raises(NothingToConfirm):
            notification.check_may_confirm(nothing, DEE.ref)


def test_what_nobody_decided_on_is_not_used() -> None:
    for reason in RestrictedBecause:
        if reason is not RestrictedBecause.NOT_DECIDED_TO_TELL:
            notification.check_can_be_used(reason)
    with pytest.raises(NotDecidedToTell):
        notification.check_can_be_used(RestrictedBecause.NOT_DECIDED_TO_TELL)


@pytest.mark.parametrize("knew", [True, False])
def test_the_letter_tells_each_item_of_the_law_and_no_name(knew: bool) -> None:
    facts = LetterFacts(
        desk="Harbour Police",
        contact="desk@harbour.example",
        dpo="dpo@harbour.example",
        reference="P-7K3M9XQA",
        role=PersonRole.VICTIM,
        knew=knew,
        taken_over=False,
        last_day=date(2027, 3, 1),
        written_on=date(2026, 12, 4),
        recipients=("Quay Council", "Pier Trust"),
    )
    told = letter(facts)
    assert [line[0] for line in told.split("\n\n")[1:]] == list("123456789")
    for words in (
        "victim",
        "Harbour Police",
        "desk@harbour.example",
        "dpo@harbour.example",
        "data protection officer",
        "corrected, erased",
        "Information Commissioner",
        "35(2)(b)",
        "1 March 2027",
        "up to 4 December 2026: Quay Council, Pier Trust.",
        "you know of the record" if knew else "without your knowledge",
    ):
        assert words in told
    assert "up to 4 December 2026: nobody." in letter(replace(facts, recipients=()))
    if not knew:
        assert "from an earlier system" in letter(replace(facts, taken_over=True))


@pytest.mark.parametrize("role", PersonRole)
def test_only_who_posted_content_is_told_that_it_came_from_public_content(role: PersonRole) -> None:
    told = letter(
        LetterFacts(
            desk="Harbour Police",
            contact="desk@harbour.example",
            dpo="dpo@harbour.example",
            reference="P-7K3M9XQA",
            role=role,
            knew=False,
            taken_over=False,
            last_day=date(2027, 3, 1),
            written_on=date(2026, 12, 4),
            recipients=(),
        )
    )
    posted = role is PersonRole.CONTENT_POSTER_NOT_SUSPECTED
    assert ("collected without your knowledge, from public content." in told) == posted
    assert ("came with a report" in told) == (role is PersonRole.REPORTER)
