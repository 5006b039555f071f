"""Which forms a notice may take, and what each leaves out."""

import pytest

from evenhand.rules.assessments import Ground
from evenhand.rules.harms import XarfType
from evenhand.rules.notice_forms import (
    FILES,
    PLAIN,
    ChosenForm,
    FormNotAllowed,
    FormNotTaken,
    NotForWeapons,
    NotForXarf,
    NoticeForm,
    ReportKind,
    ReportKindMissing,
    Told,
    check_form,
    kinds_for,
    left_out,
    why_not,
)
from evenhand.rules.refusals import Refused
from tests.builders import law, notice_facts

ALL = tuple(NoticeForm)
WEAPONS = law().harm("W1")
FRAUD = law().harm("F1")


def refusal(form: NoticeForm, **changes: object) -> type[Refused] | None:
    found = why_not(form, notice_facts(**changes), allowed=ALL, taken=ALL)
    return type(found) if found else None


def test_plain_text_is_for_every_harm_and_every_platform() -> None:
    for harm in law().harms.values():
        facts = notice_facts(harm=harm)
        assert why_not(NoticeForm.PLAIN, facts, allowed=[NoticeForm.PLAIN], taken=()) is None
    check_form(PLAIN, notice_facts(), allowed=[NoticeForm.PLAIN], taken=())


def test_a_desk_sends_no_form_that_its_profile_does_not_name() -> None:
    facts = notice_facts(harm=WEAPONS)
    found = why_not(NoticeForm.WEAPONS, facts, allowed=[NoticeForm.PLAIN], taken=ALL)
    assert isinstance(found, FormNotAllowed)
    with pytest.raises(FormNotAllowed):
        check_form(ChosenForm(NoticeForm.WEAPONS), facts, allowed=[NoticeForm.PLAIN], taken=ALL)


@pytest.mark.parametrize("form", FILES)
def test_a_file_goes_only_to_a_platform_that_takes_it(form: NoticeForm) -> None:
    facts = notice_facts(harm=FRAUD)
    assert isinstance(why_not(form, facts, allowed=ALL, taken=()), FormNotTaken)
    assert why_not(form, facts, allowed=ALL, taken=[form]) is None


def test_a_content_removal_notice_is_about_weapons_and_about_the_law() -> None:
    assert refusal(NoticeForm.WEAPONS, harm=WEAPONS, ground=Ground.ILLEGAL) is None
    assert refusal(NoticeForm.WEAPONS, harm=WEAPONS, ground=Ground.BOTH) is None
    assert refusal(NoticeForm.WEAPONS, harm=WEAPONS, ground=Ground.TERMS) is NotForWeapons
    assert refusal(NoticeForm.WEAPONS, harm=FRAUD) is NotForWeapons
    assert "XARF" not in NotForWeapons.clause


def test_a_content_removal_notice_asks_for_no_leave_of_the_platform() -> None:
    facts = notice_facts(harm=WEAPONS)
    assert why_not(NoticeForm.WEAPONS, facts, allowed=ALL, taken=()) is None


def test_xarf_has_no_report_of_violence_or_hatred() -> None:
    for code in ("V1", "V2", "H1", "R1", "M1"):
        assert kinds_for(law().harm(code)) == ()
        assert refusal(NoticeForm.XARF, harm=law().harm(code)) is NotForXarf
    assert "Policing" not in NotForXarf.clause


def test_what_a_report_is_about_is_among_the_types_of_its_harm() -> None:
    assert {it.type for it in kinds_for(FRAUD)} == {XarfType.FRAUD, XarfType.PHISHING}
    assert {it.type for it in kinds_for(law().harm("C2"))} == {XarfType.CSEM}
    assert (ReportKind.PHISHING.detail, ReportKind.FRAUD_OTHER.detail) == ("", "other")


@pytest.mark.parametrize("kind", [None, ReportKind.CSEM_GROOMING])
def test_a_report_says_what_it_is_about(kind: ReportKind | None) -> None:
    facts = notice_facts(harm=FRAUD)
    with pytest.raises(ReportKindMissing):
        check_form(ChosenForm(NoticeForm.XARF, kind), facts, allowed=ALL, taken=ALL)
    chosen = ChosenForm(NoticeForm.XARF, ReportKind.FRAUD_ROMANCE)
    check_form(chosen, facts, allowed=ALL, taken=ALL)


def test_a_form_leaves_out_what_stands_nowhere_in_it() -> None:
    facts = notice_facts()
    said = f"{facts.url} {facts.evidence} {facts.desk}"
    assert Told.ADDRESS not in left_out(facts, said)
    assert {Told.LAW_WHY, Told.CONTACT, Told.DSA_CODES, Told.GOOD_FAITH, Told.ANSWER_LINK} <= set(
        left_out(facts, said)
    )
    nothing = notice_facts(policy_clause="", policy_version="", policy_why="")
    assert Told.POLICY not in left_out(nothing, said)
