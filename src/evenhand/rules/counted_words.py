"""What the codes are called that published numbers are divided by, in every language here."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.disposal import SYSTEM, Reason
from evenhand.rules.imports import Tally
from evenhand.rules.intake import Source
from evenhand.rules.lawbook import Lawbook
from evenhand.rules.notification import GROUND_WORDS as NOT_TOLD_WORDS
from evenhand.rules.people_ages import NOT_KEPT, UNKNOWN_AGE
from evenhand.rules.people_grounds import GROUND_WORDS
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.rules.purposes import PURPOSE_WORDS
from evenhand.rules.questions import By
from evenhand.rules.recalls import Why
from evenhand.rules.retention import RecordKind
from evenhand.rules.words import words

Code = TypeVar("Code", bound=str)


def _plain(called: Mapping[Code, str]) -> Mapping[str, str]:
    return {str(code): text for code, text in called.items()}


SOURCES: Mapping[Source, str] = {
    Source.OFFICER_FOUND: words("An officer of this desk found it"),
    Source.PUBLIC_REPORT: words("A member of the public reported it"),
    Source.VICTIM_OR_FAMILY: words("A victim or their family told us"),
    Source.OTHER_BODY: words("Another force or public body told us"),
    Source.SCHOOL_OR_YOUTH_SERVICE: words("A school or youth service told us"),
    Source.COURT: words("A court"),
}
STATUSES: Mapping[PlatformStatus, str] = {
    PlatformStatus.NONE_YET: words("No answer yet"),
    PlatformStatus.ACKNOWLEDGED: words("Acknowledged"),
    PlatformStatus.RESTRICTED_IN_FULL: words("Restricted in full"),
    PlatformStatus.RESTRICTED_IN_PART: words("Restricted in part"),
    PlatformStatus.DECLINED: words("Declined"),
    PlatformStatus.ALREADY_GONE: words("Already gone"),
    PlatformStatus.GONE_REASON_UNKNOWN: words("Gone, reason unknown"),
    PlatformStatus.REFERRED_ELSEWHERE: words("Referred elsewhere"),
    PlatformStatus.REINSTATED: words("Put back"),
    PlatformStatus.NO_RESPONSE: words("No response"),
}
KINDS: Mapping[RecordKind, str] = {
    RecordKind.REFERRAL: words("Referral"),
    RecordKind.PERSON: words("Person"),
}
GROUNDS: Mapping[Ground, str] = {
    Ground.ILLEGAL: words("The law"),
    Ground.TERMS: words("The platform’s terms"),
    Ground.BOTH: words("The law and the platform’s terms"),
}
REASONS: Mapping[Reason, str] = {
    Reason.REVIEWED: words("Reviewed, and not needed any more"),
    Reason.LAST_DAY: words("Its last day had come"),
    Reason.NOT_RELEASED: words("Nobody released it within 14 days of its last day"),
    Reason.RESTORED: words("It had been disposed of before, and a restored backup still held it"),
}
RECALLED: Mapping[Why, str] = {
    Why.RECTIFIED: words("Corrected"),
    Why.ROLE_CHANGED: words("The role changed"),
    Why.RESTRICTED: words("Restricted"),
    Why.ERASED: words("Erased"),
    Why.WRONGLY_SENT: words("Wrong, or should not have been sent"),
    Why.LIFTED: words("Not restricted any more"),
}
TALLIES: Mapping[Tally, str] = {
    Tally.READ: words("Records read"),
    Tally.PASSED: words("Passed into this desk"),
    Tally.REJECTED: words("Rejected"),
    Tally.ERASED: words("Erased after 90 days"),
    Tally.PERSON_ERASED: words("Passed, with a person whom nobody proposed or left out in time"),
    Tally.SKIPPED: words("Rows that were no records"),
    Tally.CONTENTS: words("Contents, each counted once a file"),
    Tally.WITH_BIRTH_DATE: words("Records naming a person with a date of birth"),
    Tally.NAME_ONLY: words("Records naming a person without one"),
    Tally.NO_PERSON: words("Records naming nobody"),
    Tally.UNIQUE: words("People with a date of birth, each counted once a file"),
    Tally.SUSPECT: words("Records of a suspect"),
    Tally.VICTIM: words("Records of a victim"),
    Tally.WITNESS: words("Records of a witness"),
    Tally.UNCLEAR: words("Records of a person whose role is unclear"),
    Tally.REMOVED: words("Outcome: removed"),
    Tally.DECLINED: words("Outcome: declined"),
    Tally.PENDING: words("Outcome: pending"),
    Tally.NO_OUTCOME: words("No outcome"),
}
MONTHS = (
    words("January"),
    words("February"),
    words("March"),
    words("April"),
    words("May"),
    words("June"),
    words("July"),
    words("August"),
    words("September"),
    words("October"),
    words("November"),
    words("December"),
)
NOT_SAID, ALL = words("Not said"), words("All")
_NOT_KNOWN = words("Age not known")
CODES: Mapping[By, Mapping[str, str]] = {
    By.SOURCE: _plain(SOURCES),
    By.OUTCOME: _plain(STATUSES),
    By.ROLE: _plain(ROLE_WORDS),
    By.KIND: {**_plain(KINDS), "old_record": words("Line of an old system")},
    By.SYSTEM: {SYSTEM: words("This desk")},
    By.GROUND: {**_plain(GROUNDS), **_plain(GROUND_WORDS), **_plain(NOT_TOLD_WORDS)},
    By.PURPOSE: _plain(PURPOSE_WORDS),
    By.BECAUSE: {
        **_plain(REASONS),
        **_plain(RECALLED),
        "rejected": words("Rejected by an officer"),
    },
    By.ANSWER: {"allowed": words("Allowed"), "refused": words("Refused")},
    By.ACTOR: {
        "officer": words("An officer"),
        "public": words("Somebody of the public"),
        "worker": words("The desk’s own worker"),
    },
    By.STEP: {
        "begun": words("Begun"),
        "sent": words("Sent"),
        "acknowledged": words("Acknowledged"),
    },
    By.AGE: {UNKNOWN_AGE: _NOT_KNOWN, NOT_KEPT: words("Age not kept")},
    By.KNOWN: {
        "birth_date": words("Birth date known"),
        "age": words("Age known, and not the birth date"),
        "unknown": _NOT_KNOWN,
    },
    By.WHAT: _plain(TALLIES),
    By.TELLING: {
        "told": words("Told"),
        "withheld": words("Not told, for a reason in law"),
        "undecided": words("Not decided yet"),
    },
}


def in_words(by: str, code: str, *, lawbook: Lawbook, said: Callable[[str], str]) -> str:
    """Write a code as people say it, where there are words for it; what others named stays.

    ``lawbook`` names platforms and harms. ``said`` puts words into the language of the reader.
    """
    if by == "all" or not code:
        return said(NOT_SAID if by != "all" else ALL)
    match By(by):
        case By.PLATFORM if code in lawbook.platforms:
            return lawbook.platforms[code].name
        case By.HARM if code in lawbook.harms:
            return f"{code} {said(lawbook.harms[code].title)}"
        case By.MONTH:
            year, month = code.split("-")
            return f"{said(MONTHS[int(month) - 1])} {year}"
        case other:
            text = CODES.get(other, {}).get(code)
            return said(text) if text else code
