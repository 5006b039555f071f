"""Documents in force, and that no person is held without them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules import assurance
from evenhand.rules.assurance import (
    FOUR_YEARS,
    GRACE,
    LONGEST,
    PARTS,
    Assured,
    Claim,
    ClaimNotTrue,
    Document,
    DocumentDayWrong,
    DocumentKind,
    DocumentStageWrong,
    IcoNotHeard,
    NoAssessmentInForce,
    NoPolicyInForce,
    NotUnderPart3,
    OwnDocument,
    Part,
    Residual,
    Stage,
)
from evenhand.rules.parties import PartyUnreadable
from evenhand.rules.profile import Regime
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextMissing
from tests.builders import LIA, NED, TODAY, profile

DAY = timedelta(days=1)
DPIA = Document(
    kind=DocumentKind.DPIA,
    number=1,
    stage=Stage.IN_FORCE,
    written_by=NED.ref,
    residual=Residual.LOW,
    claims=frozenset({Claim.PART_3}),
    is_advised=True,
    in_force_from=TODAY,
    review_on=TODAY + 100 * DAY,
)
APD = replace(DPIA, kind=DocumentKind.APD, residual=None, claims=frozenset())
WHOLE = Assured(dpia=DPIA, apd=APD)
WRITTEN = replace(DPIA, stage=Stage.WRITTEN, in_force_from=None, review_on=None, claims=frozenset())
days = st.integers(-800, 800).map(lambda it: TODAY + timedelta(days=it))


@given(today=days)
def test_people_are_open_while_an_assessment_is_in_force_overdue_or_not(today: date) -> None:
    late = (today - TODAY).days - 100
    assurance.check_people_open(replace(WHOLE, dpia=replace(DPIA, review_on=TODAY - DAY * late)))


@pytest.mark.parametrize(
    ("assured", "rule"),
    [
        (Assured(apd=APD), NoAssessmentInForce),
        (Assured(apd=APD, awaits_ico=True), IcoNotHeard),
        (replace(WHOLE, regime=Regime.UK_GDPR), NotUnderPart3),
        (replace(WHOLE, dpia=replace(DPIA, claims=frozenset())), NotUnderPart3),
    ],
)
def test_without_an_assessment_in_force_nothing_is_open(
    assured: Assured, rule: type[Refused]
) -> None:
    with pytest.raises(rule):
        assurance.check_people_open(assured)
    with pytest.raises(rule):
        assurance.check_may_add_people(assured, today=TODAY)


@given(today=days)
def test_nobody_new_is_added_more_than_sixty_days_after_the_review_was_due(today: date) -> None:
    assured = replace(WHOLE, apd=replace(APD, review_on=date.max))
    if today <= TODAY + 100 * DAY + GRACE:
        assurance.check_may_add_people(assured, today=today)
    else:
        with pytest.raises(NoAssessmentInForce):
            assurance.check_may_add_people(assured, today=today)


def test_a_newer_assessment_of_high_risk_stops_new_records_and_not_the_reading() -> None:
    assured = replace(WHOLE, awaits_ico=True)
    assurance.check_people_open(assured)
    with pytest.raises(IcoNotHeard):
        assurance.check_may_add_people(assured, today=TODAY)


@pytest.mark.parametrize("apd", [None, replace(APD, review_on=TODAY - DAY)])
def test_without_a_policy_document_in_date_nobody_is_added(apd: Document | None) -> None:
    assurance.check_people_open(replace(WHOLE, apd=apd))
    with pytest.raises(NoPolicyInForce):
        assurance.check_may_add_people(replace(WHOLE, apd=apd), today=TODAY)


@pytest.mark.parametrize(
    ("kind", "part"), [(kind, it) for kind, all_ in PARTS.items() for it in all_]
)
def test_a_document_without_one_of_its_parts_is_refused(kind: DocumentKind, part: Part) -> None:
    parts = dict.fromkeys(PARTS[kind], "None")
    residual = Residual.LOW if kind is DocumentKind.DPIA else None
    assurance.check_document(kind, parts, residual, ())
    with pytest.raises(Refused) as told:
        assurance.check_document(kind, parts | {part: "  "}, residual, ())
    assert [it.at for it in told.value.every] == [part]
    own = {Part.CONSULTATION: "E-EIA-78", Part.PARTIES: PartyUnreadable.code}
    assert told.value.code == own.get(part, TextMissing.code)


def test_an_assessment_says_what_risk_is_left_and_a_policy_does_not() -> None:
    with pytest.raises(TextMissing) as told:
        assurance.check_document(DocumentKind.DPIA, {}, None, ())
    assert [it.at for it in told.value.every] == [*PARTS[DocumentKind.DPIA], "residual"]
    parts = dict.fromkeys(PARTS[DocumentKind.APD], "So.")
    with pytest.raises(DocumentStageWrong):
        assurance.check_document(DocumentKind.APD, parts, Residual.LOW, ())


def test_only_a_high_risk_waits_for_the_commissioner() -> None:
    waiting = {it for it in Residual if assurance.first_stage(it) is Stage.AWAITING_ICO}
    assert waiting == {Residual.HIGH}
    assert assurance.first_stage(None) is Stage.WRITTEN


@pytest.mark.parametrize("stage", Stage)
def test_advice_is_added_until_a_version_is_replaced(stage: Stage) -> None:
    document = replace(DPIA, stage=stage)
    if stage is Stage.REPLACED:
        with pytest.raises(DocumentStageWrong):
            assurance.check_may_advise(document, "Good.")
    else:
        assurance.check_may_advise(document, "Good.")
    with pytest.raises(TextMissing):
        assurance.check_may_advise(document, "")


def test_the_commissioners_advice_answers_what_waits_for_it_and_has_a_day_that_came() -> None:
    waiting = replace(WRITTEN, stage=Stage.AWAITING_ICO, residual=Residual.HIGH)
    assurance.check_ico_advice(waiting, "Go on.", TODAY, today=TODAY)
    with pytest.raises(DocumentDayWrong):
        assurance.check_ico_advice(waiting, "Go on.", TODAY + DAY, today=TODAY)
    with pytest.raises(DocumentStageWrong):
        assurance.check_ico_advice(WRITTEN, "Go on.", TODAY, today=TODAY)


NOT_APPROVED: dict[str, tuple[Document, dict[str, object], type[Refused]]] = {
    "its author": (replace(WRITTEN, written_by=LIA.ref), {}, OwnDocument),
    "unadvised": (replace(WRITTEN, is_advised=False), {}, NoAssessmentInForce),
    "unheard": (replace(WRITTEN, stage=Stage.AWAITING_ICO), {}, IcoNotHeard),
    "twice": (DPIA, {}, DocumentStageWrong),
    "untrue": (replace(WRITTEN, claims=frozenset({Claim.PROFILES})), {}, ClaimNotTrue),
    "unsaid": (WRITTEN, {"true_here": {Claim.TOKENS_DECIDE}}, ClaimNotTrue),
    "today": (WRITTEN, {"review_on": TODAY}, DocumentDayWrong),
    "late": (WRITTEN, {"review_on": TODAY + LONGEST[DocumentKind.DPIA] + DAY}, DocumentDayWrong),
}


@pytest.mark.parametrize("what", NOT_APPROVED)
def test_a_version_is_not_put_in_force(what: str) -> None:
    document, changes, rule = NOT_APPROVED[what]
    plain = {"true_here": (), "review_on": TODAY + DAY}
    with pytest.raises(rule):
        assurance.check_may_approve(document, LIA.ref, today=TODAY, **plain | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_version_is_put_in_force_for_a_year_at_most_and_objectives_for_four(
    kind: DocumentKind,
) -> None:
    document, longest = replace(WRITTEN, kind=kind), LONGEST[kind]
    for review_on in (TODAY + DAY, TODAY + longest):
        assurance.check_may_approve(document, LIA.ref, review_on, true_here=(), today=TODAY)
    with pytest.raises(DocumentDayWrong) as told:
        late = TODAY + longest + DAY
        assurance.check_may_approve(document, LIA.ref, late, true_here=(), today=TODAY)
    is_objectives = kind is DocumentKind.EQUALITY_OBJECTIVES
    assert (longest == FOUR_YEARS) == is_objectives
    assert told.value.values["months"] == ("48" if is_objectives else "12")


def test_a_correction_is_of_what_was_in_force_and_is_published_once_by_another() -> None:
    assurance.check_erratum(DPIA, "Paper was left out.")
    with pytest.raises(DocumentStageWrong):
        assurance.check_erratum(WRITTEN, "Paper was left out.")
    assurance.check_may_publish(NED.ref, LIA.ref, published=False)
    with pytest.raises(OwnDocument):
        assurance.check_may_publish(LIA.ref, LIA.ref, published=False)
    with pytest.raises(DocumentStageWrong):
        assurance.check_may_publish(NED.ref, LIA.ref, published=True)


def test_what_is_true_of_a_desk_is_read_from_its_settings() -> None:
    desk = profile(token_may_decide=True, second_factor_required=False)
    found = {
        Claim.TOKENS_DECIDE,
        Claim.WITNESSED,
        Claim.PART_3,
        Claim.CAPTURES,
        Claim.TALLIES,
    }
    assert assurance.true_of(desk, is_witnessed=True) == found
    other = replace(
        desk,
        token_may_decide=False,
        regime=Regime.EU_GDPR,
        captures=False,
        equality_tally=False,
    )
    assert not assurance.true_of(other, is_witnessed=False)


@pytest.mark.parametrize(
    ("apd", "gone"),
    [
        (None, True),
        (replace(APD, review_on=TODAY - GRACE), False),
        (replace(APD, review_on=TODAY - GRACE - DAY), True),
        (replace(APD, review_on=None), False),
    ],
)
def test_what_is_held_rests_on_a_policy_document_until_its_grace_is_over(
    apd: Document | None, gone: bool
) -> None:
    assert assurance.is_policy_gone(Assured(dpia=DPIA, apd=apd), today=TODAY) is gone
