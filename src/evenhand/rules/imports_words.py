"""What the words in an old system's cells and headings mean. What is not listed is not guessed."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

from evenhand.rules.imports import Cell, Meaning, OutcomeSaid, RoleSaid


def _each(listed: str) -> list[str]:
    return listed.split("|")


NOBODY = frozenset(
    _each(
        "none|nil|null|nobody|no one|no-one|unknown|unk|not known|not applicable"
        "|not recorded|not identified|unidentified|n/a|n.a.|n.a|n\\a|anonymous|anon|tbc"
        "|tba|no name|no person"
    )
)
"""Cells that say that there is nothing to say."""
NOT_APPLICABLE = frozenset({"NA", "na"})
"""As an abbreviation; “Na” is a name."""

ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})

ROLES: Mapping[str, RoleSaid] = {
    **dict.fromkeys(("suspect", "suspected", "suspects"), RoleSaid.SUSPECT),
    **dict.fromkeys(("victim", "victims", "injured party", "complainant"), RoleSaid.VICTIM),
    **dict.fromkeys(
        ("witness", "witnesses", "informant", "witness or informant", "witness/informant"),
        RoleSaid.WITNESS,
    ),
}
"""Roles are taken over only where the old system named one in so many words."""

OUTCOMES: Mapping[str, OutcomeSaid] = {
    **dict.fromkeys(
        _each(
            "removed|taken down|taken-down|deleted|content removed|video removed"
            "|post removed|removal"
        ),
        OutcomeSaid.REMOVED,
    ),
    **dict.fromkeys(
        _each(
            "declined|refused|rejected|not removed|no action|no action taken|kept|kept up"
            "|left up|not taken down|denied|retained|request declined|request refused"
            "|no violation"
        ),
        OutcomeSaid.DECLINED,
    ),
    **dict.fromkeys(
        _each(
            "pending|awaiting|awaiting response|awaiting reply|awaiting decision|waiting"
            "|in progress|open|sent|submitted|under review|outstanding|ongoing"
        ),
        OutcomeSaid.PENDING,
    ),
    **dict.fromkeys(
        _each("no response|no reply|no answer|no outcome|not referred|not sent"),
        OutcomeSaid.NONE,
    ),
}
YES_OR_NO: Mapping[str, OutcomeSaid] = {
    **dict.fromkeys(("yes", "y", "true"), OutcomeSaid.REMOVED),
    **dict.fromkeys(("no", "n", "false"), OutcomeSaid.DECLINED),
}
"""Answers in a column whose heading asks whether it was removed."""
ASKS_WHETHER_REMOVED = re.compile(r"\b(removed|taken down|deleted)\b")
TOTALS = re.compile(
    r"(grand |sub[ -]?|overall )?totals?\b.{0,40}|sum( of .{0,30})?|count( of .{0,30})?"
)

HEADINGS: Mapping[Meaning, re.Pattern[str]] = {
    Meaning.BIRTH_DATE: re.compile(r".*\b(birth|dob|d o b|born|birthday)\b.*|.*birthdate.*"),
    Meaning.LOGGED_ON: re.compile(
        r"date|when|(?!.*\b(removed|removal|closed|posted|post|updated|review|reviewed|outcome"
        r"|decision|decided|answer|answered|response|taken|sent|by|officer|end|due)\b)"
        r".*\b(logged|recorded|entered|added|created|opened|referred|referral|reported|received"
        r"|found|raised|date|datetime)\b.*(?<!by)"
    ),
    Meaning.URL: re.compile(
        r"(?!.*\b(source|image|profile|account|evidence)\b).*"
        r"\b(url|urls|link|links|weblink|hyperlink|web address|website|web page)\b.*"
    ),
    Meaning.GIVEN_NAME: re.compile(
        r"(.*\b)?(first name|forename|forenames|forename s|given name|given names)"
    ),
    Meaning.FAMILY_NAME: re.compile(r"(.*\b)?(surname|last name|family name)"),
    Meaning.NAME: re.compile(
        r"person|subject|individual|nominal|person named|person of interest|poi|who"
        r"|(?!.*\b(user|username|screen|account|channel|profile|handle|file|platform|officer|item"
        r"|class|category|county|site|group|logged|code|type|id|number|ref|school|business"
        r"|company|by|sheet|system|org|organisation|other|street|middle|reporter|first|last"
        r"|user name|names of|abbreviation)\b)"
        r".*\b(name|full name|names)\b.*"
    ),
    Meaning.ROLE: re.compile(
        r"(person|subject|nominal|individual) (type|status|category)|type of (person|subject)"
        r"|(?!.*\b(officer|staff|user)\b).*\b(role|capacity|involvement|suspect or victim"
        r"|suspect victim|victim suspect|victim or suspect|suspect victim witness)\b.*"
    ),
    Meaning.OUTCOME: re.compile(
        r"(?!.*\b(date|when|on|by)\b).*\b(outcome|result|response|decision|removed|taken down|"
        r"deleted|action taken)\b.*"
    ),
    Meaning.AGE: re.compile(r"age|age (at|when|on)\b.*|.*\bage in years"),
    Meaning.REFERENCE: re.compile(
        r"(?!.*\bname\b).*\b((ref|reference)( no| number)?|refs|case number|case no"
        r"|record number|record no|record id|log number|log no|serial|serial no|id)\b"
    ),
    Meaning.DESCRIPTION: re.compile(
        r"(?!.*\b(person|subject)\b).*\b(description|summary|details|what it shows)\b.*"
    ),
}
"""Headings, in the order in which they are looked for; a word elsewhere never decides alone."""


SENT_ON = re.compile(r"(?!.*\bby\b).*\b(sent|submitted)\b.*")
"""Headings of the day of a record where no other names it."""


def text_of(cell: Cell) -> str:
    """Give a cell as a text that can be shown and kept: whole numbers without a fraction, NFC."""
    match cell:
        case str():
            return unicodedata.normalize("NFC", cell.strip())
        case bool():
            return "yes" if cell else "no"
        case datetime() | date():
            return cell.isoformat()
        case _:
            return str(int(cell)) if float(cell).is_integer() else str(cell)


def says_nobody(text: str) -> bool:
    """Say whether a cell stands for nobody and nothing: a dash, “n/a”, or no letter or digit."""
    tidy = " ".join(text.split())
    return (
        not any(it.isalnum() for it in tidy) or tidy in NOT_APPLICABLE or tidy.casefold() in NOBODY
    )


def is_error(text: str) -> bool:
    """Say whether a cell holds what a spreadsheet writes in place of a value."""
    return text.upper() in ERRORS


def tidied(text: str) -> str:
    """Give a heading or a word as it is looked up: small letters, single spaces, no signs."""
    return " ".join(re.sub(r"[^\w]+|_", " ", text.casefold()).split())


def role_of(text: str) -> RoleSaid:
    """Say which role the old system named. A word in doubt, or any other word, is unclear."""
    return ROLES.get(" ".join(text.casefold().split()).rstrip("."), RoleSaid.UNCLEAR)


def outcome_of(text: str, heading: str) -> OutcomeSaid | None:
    """Say what became of it; None for a word that is not known here."""
    if says_nobody(text):
        return OutcomeSaid.NONE
    word = " ".join(text.casefold().partition(" by ")[0].split()).rstrip(".!")
    if ASKS_WHETHER_REMOVED.search(tidied(heading)) and word in YES_OR_NO:
        return YES_OR_NO[word]
    return OUTCOMES.get(word)
