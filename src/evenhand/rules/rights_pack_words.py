"""What the codes of a record mean, said to whom a pack is about. DPA 2018 s.52(1): plain words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from evenhand.rules.agreements import Field
from evenhand.rules.assessments import Kind
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.holds import HoldKind
from evenhand.rules.notification import GROUND_WORDS as NOT_TOLD_WORDS
from evenhand.rules.notification import Telling
from evenhand.rules.people import PersonStanding, RestrictedBecause
from evenhand.rules.people_ages import BANDS, BASIS_WORDS, NOT_KEPT, UNKNOWN_AGE
from evenhand.rules.people_changes import IdentityPart
from evenhand.rules.people_grounds import GROUND_WORDS
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.rules.people_statements import (
    CONDITION_WORDS,
    GRADE_OF_WORDS,
    HANDLING_WORDS,
    INFORMATION_WORDS,
    SOURCE_WORDS,
    Standing,
)
from evenhand.rules.purposes import PURPOSE_WORDS
from evenhand.rules.reviews import ReviewOutcome, ReviewStanding
from evenhand.rules.sharing import Carrier
from evenhand.rules.sharing import Standing as PackageStanding

E = TypeVar("E", bound=StrEnum)


def _by_code(named: Mapping[E, str]) -> Mapping[str, str]:
    return {str(it): text for it, text in named.items()}


PARTS: Mapping[str, str] = {IdentityPart.NAME: "Your name", IdentityPart.AGE: "Your age"}
STANDINGS: Mapping[str, str] = {
    PersonStanding.PROPOSED: "Proposed: a second officer has yet to decide on it",
    PersonStanding.HELD: "Held",
    PersonStanding.REFUSED: "Refused by a second officer, and not used",
    PersonStanding.RESTRICTED: "Restricted: kept, and not used",
}
RESTRICTED: Mapping[str, str] = {
    RestrictedBecause.ACCURACY_CONTESTED: "Whether it is right is contested",
    RestrictedBecause.UNLAWFUL: "Holding it is not lawful, or may not be",
    RestrictedBecause.NEEDED_AS_EVIDENCE: "It is needed as evidence",
    RestrictedBecause.NOT_REVIEWED: "Nobody reviewed it in time",
    RestrictedBecause.NOT_DECIDED_TO_TELL: "Nobody decided in time whether to tell you",
    RestrictedBecause.REVIEWED: "A review closed it",
}
ERASED: Mapping[str, str] = {
    Duty.BASIS_EXPIRED: "Its last day has come",
    Duty.NOT_SUSPECTED: "You are not suspected any more",
    Duty.POLICY_LAPSED: "This desk had no policy in force for holding it",
    Duty.REVIEW_FAILED: "A review found that nothing needs it",
    Duty.GRANTED: "You asked for it, and it was granted",
}
AGES: Mapping[str, str] = {
    **{name: name for name, _end in BANDS},
    UNKNOWN_AGE: "Not known",
    NOT_KEPT: "Not kept",
}
KINDS: Mapping[str, str] = {Kind.FACT: "A fact", Kind.ASSESSMENT: "An officer’s assessment"}
STATEMENTS: Mapping[str, str] = {
    Standing.STANDING: "It stands",
    Standing.CONTESTED: "Somebody contested it",
    Standing.RESTRICTED: "It is kept, and not used",
    Standing.REPLACED: "It was replaced, and is kept as evidence",
}
STEPS: Mapping[str, str] = {
    "authorise": "A second officer authorised the record",
    "refuse": "A second officer refused the record",
    "change_role": "What you are on record as was changed",
    "refuse_role": "A change of what you are on record as was refused",
    "verify": "A statement was found right again",
    "contest": "Something was contested",
    "confirm": "What was contested was found right",
    "correct": "Something was corrected",
    "keep_as_evidence": "What was wrong is kept as evidence",
    "restrict": "The record was restricted",
    "ask_to_lift": "It was asked to end the restriction",
    "lift": "The restriction was ended",
    "refuse_to_lift": "The restriction was not ended",
}
TOLD: Mapping[str, str] = {
    "told": "You were told before it ended",
    "not_told": "By law you were not told",
}
ABOUT: Mapping[str, str] = {**PARTS, **_by_code(ROLE_WORDS), **RESTRICTED, **TOLD}
A_STATEMENT = "One of the statements"
TELLING: Mapping[str, str] = {
    Telling.TELL: "You are told",
    Telling.RESTRICT: "You are not told, on a ground in law",
}
PACKAGES: Mapping[str, str] = {
    PackageStanding.BUILT: "It was put together, and has not left",
    PackageStanding.PROPOSED: "It waits for a second officer, and has not left",
    PackageStanding.APPROVED: "A second officer approved it, and it has not left",
    PackageStanding.RELEASED: "It left this desk",
    PackageStanding.REFUSED: "A second officer refused it, and it has not left",
    PackageStanding.DROPPED: "It was given up, and has not left",
}
CARRIERS: Mapping[str, str] = {
    Carrier.SEALED: "A file that only the recipient can open",
    Carrier.PRINTED: "On paper",
}
FIELDS: Mapping[str, str] = {
    Field.NAME: "Name",
    Field.BIRTH_DATE: "Birth date",
    Field.AGE: "Age, and how it is known",
    Field.CONTACT: "Contact details",
    Field.OFFENCE: "Offence",
    Field.GROUNDS: "Grounds of suspicion, and their date",
    Field.WELFARE: "Welfare reason",
    Field.FACTS: "Facts",
    Field.ASSESSMENTS: "Assessments, with their grade",
    Field.REFERRAL: "Reference of the referral",
    Field.CONTENT: "The content: its address, and the captures of it",
}
OUTCOMES: Mapping[str, str] = {
    ReviewOutcome.DISPOSE: "To dispose of the record",
    ReviewOutcome.RETAIN: "To keep it on",
    ReviewOutcome.RESTRICT: "To restrict it",
}
REVIEWS: Mapping[str, str] = {
    ReviewStanding.WAITING: "It waits for a second officer",
    ReviewStanding.CONFIRMED: "A second officer confirmed it",
    ReviewStanding.DECLINED: "A second officer declined it",
    ReviewStanding.REPLACED: "A later review took its place",
    ReviewStanding.IN_FORCE: "It is in force",
}
HOLDS: Mapping[str, str] = {
    HoldKind.EVIDENCE: "It is needed as evidence",
    HoldKind.RIGHTS: "You asked about it, and it is kept until you are answered",
    HoldKind.FOI: "A request for information is about it",
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "person.standing": STANDINGS,
    "person.restricted_because": RESTRICTED,
    "person.age_basis": _by_code(BASIS_WORDS),
    "person.age_band": AGES,
    "person.telling": TELLING,
    "person.erase_because": ERASED,
    "person_link.role": _by_code(ROLE_WORDS),
    "person_link.grounds": _by_code(GROUND_WORDS),
    "person_statement.kind": KINDS,
    "person_statement.grade_of": _by_code(GRADE_OF_WORDS),
    "person_statement.grade_source": _by_code(SOURCE_WORDS),
    "person_statement.grade_information": _by_code(INFORMATION_WORDS),
    "person_statement.handling": _by_code(HANDLING_WORDS),
    "person_statement.handling_conditions": _by_code(CONDITION_WORDS),
    "person_statement.standing": STATEMENTS,
    "person_step.what": STEPS,
    "person_step.about": ABOUT,
    "purpose_change.purpose": _by_code(PURPOSE_WORDS),
    "notify_decision.telling": TELLING,
    "notify_decision.ground": _by_code(NOT_TOLD_WORDS),
    "disclosure.standing": PACKAGES,
    "disclosure.purpose": _by_code(PURPOSE_WORDS),
    "disclosure.carrier": CARRIERS,
    "disclosure.fields": FIELDS,
    "originator_notice.about": ABOUT,
    "review.outcome": OUTCOMES,
    "review.standing": REVIEWS,
    "hold.kind": HOLDS,
}
"""Each column of a pack that holds codes, and what each code means."""
AS_THEY_ARE = frozenset(
    {
        "person.reference",
        "person.origin",
        "person.schedule",
        "disclosure.reference",
        "disclosure.statements",
        "disclosure.consented",
        "review.schedule",
    }
)
"""Columns whose values are names and references, and are given as they are."""


def in_words(table: str, column: str, value: str) -> str:
    """Say what a code of a column means; give a value as it is where the column holds no codes.

    What a step or a notice is about is one part or two; else it is a statement, named by its id.
    """
    named = f"{table}.{column}"
    known = VALUES.get(named)
    if known is None:
        return value
    if known is not ABOUT:
        return known.get(value, value)
    return ", ".join(dict.fromkeys(known.get(it, A_STATEMENT) for it in value.split()))
