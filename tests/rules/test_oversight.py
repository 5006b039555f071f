"""Which refusals an overseer must see, and what the log may be read for."""

from dataclasses import replace

import pytest

from evenhand.rules.agreements import RecipientClosed
from evenhand.rules.assurance import (
    IcoNotHeard,
    NoAssessmentInForce,
    NoPolicyInForce,
    NotUnderPart3,
    OwnDocument,
)
from evenhand.rules.captures import CaptureLocked, CaptureReasonMissing
from evenhand.rules.catalogue import every_rule
from evenhand.rules.challenges import HandsOnIt
from evenhand.rules.exports import TrainingNeededForExport
from evenhand.rules.figures import OwnCorrection
from evenhand.rules.foi import OwnReply
from evenhand.rules.foi_parts import OtherEyesNeeded
from evenhand.rules.holds import OtherOfficerNeeded
from evenhand.rules.looks import LookNeedsAuthority
from evenhand.rules.notices import NotSignedOff
from evenhand.rules.officers import (
    BY_HAND,
    INSTRUCTED,
    MATRIX,
    NotInstructed,
    OfficerRetired,
    Permission,
    RoleMissing,
    TokenMayNotDecide,
    TokenScopeNotAllowed,
    check_may,
)
from evenhand.rules.order_reviews import GaveItThemselves
from evenhand.rules.oversight import (
    TRIED,
    LogPurpose,
    LogPurposeMissing,
    check_may_read_who,
    tried,
)
from evenhand.rules.people import (
    LookReasonMissing,
    NotYourPerson,
    OwnRequest,
    TrainingNeededForPerson,
)
from evenhand.rules.people_finding import KeyNotExact
from evenhand.rules.purposes import OtherPurpose
from evenhand.rules.referrals import ChildTrainingNeeded, SameOfficer, SeniorNeeded
from evenhand.rules.refusals import Kind, Refused, all_rules
from evenhand.rules.retention import Restricted
from evenhand.rules.reviews import ReviewerInvolved
from evenhand.rules.training import OwnTraining
from tests.builders import ADA, CAST, DEE, OLA

# Written by hand: what each of these rules keeps somebody from.
EXPECTED = {
    OwnReply: "review_foi",
    OtherEyesNeeded: "approve_foi",
    OwnCorrection: "confirm_correction",
    SameOfficer: "decide",
    SeniorNeeded: "decide",
    ChildTrainingNeeded: "decide",
    OwnTraining: "record_training",
    TokenScopeNotAllowed: "manage_officers",
    LookNeedsAuthority: "log",
    CaptureReasonMissing: "open_capture",
    CaptureLocked: "open_capture",
    NotSignedOff: "send",
    LogPurposeMissing: "read_who",
    LookReasonMissing: "read_person",
    NotYourPerson: "read_person",
    OwnRequest: "authorise_person",
    TrainingNeededForPerson: "authorise_person",
    TrainingNeededForExport: "approve_share",
    KeyNotExact: "find_person",
    NoAssessmentInForce: "read_person",
    NotUnderPart3: "read_person",
    IcoNotHeard: "propose_person",
    NoPolicyInForce: "propose_person",
    OwnDocument: "approve_document",
    OtherOfficerNeeded: "confirm_review",
    ReviewerInvolved: "review",
    Restricted: "read_restricted",
    RecipientClosed: "share",
    OtherPurpose: "read_person",
    HandsOnIt: "settle_challenge",
    GaveItThemselves: "review_order",
}


SAY_IT_THEMSELVES = {RoleMissing, TokenMayNotDecide, NotInstructed}


def of_the_rules() -> list[type[Refused]]:
    every_rule()
    return [it for it in all_rules() if it.__module__.startswith("evenhand.rules.")]


@pytest.mark.parametrize(("rule", "act"), EXPECTED.items(), ids=str)
def test_a_person_or_an_authority_that_is_refused_is_an_attempt(
    rule: type[Refused], act: str
) -> None:
    assert tried(rule("No.")) == act


@pytest.mark.parametrize("permission", list(Permission))
def test_a_role_that_is_missing_says_what_was_tried(permission: Permission) -> None:
    nobody = replace(CAST[0], roles=frozenset())
    with pytest.raises(RoleMissing) as told:
        check_may(nobody, permission)
    assert tried(told.value) is permission


@pytest.mark.parametrize("permission", sorted(BY_HAND))
def test_a_token_without_its_scope_says_what_was_tried(permission: Permission) -> None:
    token = replace(CAST[0], roles=MATRIX[permission], may_decide=False)
    with pytest.raises(TokenMayNotDecide) as told:
        check_may(token, permission)
    assert tried(told.value) is permission


@pytest.mark.parametrize("permission", sorted(INSTRUCTED))
def test_who_has_not_accepted_the_instructions_says_what_was_tried(permission: Permission) -> None:
    officer = replace(CAST[0], roles=MATRIX[permission], is_instructed=False)
    with pytest.raises(NotInstructed) as told:
        check_may(officer, permission)
    assert tried(told.value) is permission


def test_every_rule_that_forbids_a_person_is_an_attempt_and_hardly_any_other() -> None:
    forbidding = {it for it in of_the_rules() if it.kind is Kind.FORBIDDEN}
    # Who has left the desk is no officer of it any more, so there is nobody to enter.
    # Some are the same rule as another, told of a person.
    with_a_code = {it for it in TRIED if "code" in vars(it)}
    assert forbidding - {*SAY_IT_THEMSELVES, OfficerRetired} == with_a_code - {
        NotSignedOff,
        LookReasonMissing,
        CaptureReasonMissing,
    }
    assert set(TRIED) == set(EXPECTED)


def test_an_answer_to_be_put_right_is_no_attempt() -> None:
    others = [it for it in of_the_rules() if it not in TRIED and it not in SAY_IT_THEMSELVES]
    assert len(others) > 60
    assert [it.code for it in others if tried(it("No.")) is not None] == []


@pytest.mark.parametrize("purpose", list(LogPurpose))
@pytest.mark.parametrize("officer", [DEE, OLA], ids=lambda it: it.name)
def test_who_oversees_reads_the_log_for_a_purpose_in_law(
    officer: object, purpose: LogPurpose
) -> None:
    assert check_may_read_who(officer, purpose) is purpose  # type: ignore[arg-type]


@pytest.mark.parametrize("purpose", ["", "curiosity", "performance"])
def test_the_log_is_read_for_no_other_purpose(purpose: str) -> None:
    with pytest.raises(LogPurposeMissing, match="only for a purpose in law") as told:
        check_may_read_who(OLA, purpose)
    assert told.value.at == "purpose"


def test_nobody_else_reads_who_did_what_whatever_they_say_it_is_for() -> None:
    with pytest.raises(RoleMissing):
        check_may_read_who(ADA, LogPurpose.SECURITY)
