"""A form is filled field by field, and what was sent by hand is believed within limits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.rules.assessments import Ground
from evenhand.rules.lawbook import Fill, FormField
from evenhand.rules.messages import chase_explanation, explanation
from evenhand.rules.refusals import Refused
from evenhand.rules.sheets import (
    ByHand,
    ChangeUnsaid,
    FilledField,
    FormFacts,
    SentWhen,
    SheetChanged,
    SheetEmpty,
    WitnessWrong,
    check_by_hand,
    check_same_sheet,
    filled,
    initials_of,
)
from tests.builders import ADA, CY, DEE, NOW, notice_facts

SINCE = NOW - timedelta(hours=2)
HAND = ByHand(
    sent_at=NOW - timedelta(minutes=5),
    as_shown=True,
    changed="",
    their_reference="",
    witness="cy",
    initials="C.",
)
FACTS = FormFacts(
    notice=notice_facts(), content_id="id", their_harm="Violence", explanation="All of it."
)


def test_every_kind_of_field_is_filled() -> None:
    fields = [FormField(label=it, fills=it) for it in Fill]
    texts = {it.label: it.text for it in filled(fields, FACTS)}
    assert set(texts) == set(Fill)
    assert all(texts.values())
    assert texts[Fill.THEIR_HARM] == "Violence"
    assert texts[Fill.ADDRESS] == FACTS.notice.url


def test_a_form_whose_fields_nobody_knows_is_not_filled() -> None:
    with pytest.raises(SheetEmpty):
        filled((), FACTS)


@pytest.mark.parametrize(("longest", "over"), [(0, 0), (5, 0), (3, 2)])
def test_a_text_that_does_not_fit_says_by_how_much(longest: int, over: int) -> None:
    assert FilledField("Link", "12345", longest).too_long_by == over


def test_the_reasons_in_a_form_ask_and_never_order() -> None:
    text = explanation(notice_facts())
    assert "This is a request, not an order." in text
    assert "e-mail" not in text
    terms = explanation(notice_facts(ground=Ground.TERMS))
    assert "We do not say that it is against the law." in terms
    reminder = chase_explanation(notice_facts(), first_sent_at=NOW, number=2)
    assert "Reminder number: 2" in reminder


def test_what_was_sent_as_shown_and_watched_is_recorded() -> None:
    check_by_hand(HAND, CY, ADA, since=SINCE, now=NOW)
    check_by_hand(HAND, CY, ADA, since=None, now=NOW)
    changed = replace(HAND, as_shown=False, changed="Shorter.")
    check_by_hand(changed, CY, ADA, since=SINCE, now=NOW)


@pytest.mark.parametrize("minutes", [-121, 1])
def test_a_form_was_sent_after_approval_and_not_in_the_future(minutes: int) -> None:
    told = replace(HAND, sent_at=NOW + timedelta(minutes=minutes))
    with pytest.raises(SentWhen):
        check_by_hand(told, CY, ADA, since=SINCE, now=NOW)


def test_a_time_told_in_minutes_may_be_that_of_the_approval() -> None:
    since = NOW.replace(second=40)
    check_by_hand(replace(HAND, sent_at=NOW.replace(second=0)), CY, ADA, since=since, now=since)


@pytest.mark.parametrize("witness", [None, ADA, DEE])
def test_the_witness_is_another_officer_who_may_send(witness: object) -> None:
    with pytest.raises(WitnessWrong) as told:
        check_by_hand(HAND, witness, ADA, since=SINCE, now=NOW)  # type: ignore[arg-type]
    assert told.value.at == "witness"


@pytest.mark.parametrize("initials", ["", "A", "CY", "."])
def test_the_initials_are_those_of_the_witness(initials: str) -> None:
    with pytest.raises(WitnessWrong) as told:
        check_by_hand(replace(HAND, initials=initials), CY, ADA, since=SINCE, now=NOW)
    assert told.value.at == "witness_initials"


@pytest.mark.parametrize(("as_shown", "changed"), [(True, "Shorter."), (False, " ")])
def test_a_change_is_said_or_there_was_none(as_shown: bool, changed: str) -> None:
    told = replace(HAND, as_shown=as_shown, changed=changed)
    with pytest.raises(ChangeUnsaid):
        check_by_hand(told, CY, ADA, since=SINCE, now=NOW)


@pytest.mark.parametrize("wrong", [{"their_reference": "x" * 501}, {"changed": "\0"}])
def test_a_text_that_cannot_be_kept_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        check_by_hand(replace(HAND, **wrong), CY, ADA, since=SINCE, now=NOW)  # type: ignore[arg-type]


def test_another_sheet_than_the_one_shown_is_not_recorded() -> None:
    check_same_sheet(None, "now")
    check_same_sheet("now", "now")
    with pytest.raises(SheetChanged):
        check_same_sheet("then", "now")


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Cy", {"c"}),
        ("Cy Hart", {"ch"}),
        ("Mary-Jane van Dyk", {"mjvd", "md"}),
        ("  Éva   Ölz ", {"éö"}),
        ("- .", set()),
    ],
)
def test_a_name_is_signed_with_all_its_initials_or_first_and_last(
    name: str, initials: set[str]
) -> None:
    assert initials_of(name) == initials
