"""The library, its numbers of lines of old systems: what was read, left, and said of people."""

from evenhand.rules.imports import Tally
from evenhand.rules.publishing_tables import About
from evenhand.rules.questions import By, Meaning
from evenhand.rules.questions_basis import HAPPENED
from evenhand.rules.words import words

_PARTS = (By.SYSTEM, By.WHAT)
_DIVIDED = (*_PARTS, By.MONTH)

OF_OLD_SYSTEMS = (
    Meaning(
        code="old_records",
        title=words("Lines of old systems"),
        definition=words("Lines that were read of each old system, each once, rejected ones too."),
        counted="old_system",
        parts=_PARTS,
        by=(By.SYSTEM, By.MONTH),
        basis=HAPPENED,
        only={By.WHAT: frozenset({Tally.READ})},
    ),
    Meaning(
        code="old_left",
        title=words("What became of lines of old systems"),
        definition=words(
            "Lines that left quarantine: passed on as a referral, rejected, or erased when 90 days"
            " were over. The others wait."
        ),
        counted="old_system",
        parts=_PARTS,
        by=_DIVIDED,
        basis=HAPPENED,
        only={By.WHAT: frozenset({Tally.PASSED, Tally.REJECTED, Tally.ERASED})},
    ),
    Meaning(
        code="old_outcomes",
        title=words("Outcomes that lines of old systems said"),
        definition=words("Lines that were read, by the outcome that each said."),
        counted="old_system",
        parts=_PARTS,
        by=_DIVIDED,
        basis=HAPPENED,
        only={
            By.WHAT: frozenset(
                {Tally.REMOVED, Tally.DECLINED, Tally.PENDING, Tally.NO_OUTCOME},
            )
        },
    ),
    Meaning(
        code="old_people",
        title=words("Lines of old systems by whether they named a person"),
        definition=words(
            "Lines that were read, by whether each named a person with a date of birth, a person"
            " without one, or nobody."
        ),
        counted="old_system",
        parts=_PARTS,
        by=_DIVIDED,
        basis=HAPPENED,
        about=About.PEOPLE,
        only={By.WHAT: frozenset({Tally.WITH_BIRTH_DATE, Tally.NAME_ONLY, Tally.NO_PERSON})},
    ),
    Meaning(
        code="old_roles",
        title=words("Roles that lines of old systems said"),
        definition=words("Of the lines that named a person, those of each role that they said."),
        counted="old_system",
        parts=_PARTS,
        by=_DIVIDED,
        basis=HAPPENED,
        about=About.PEOPLE,
        only={
            By.WHAT: frozenset({Tally.SUSPECT, Tally.VICTIM, Tally.WITNESS, Tally.UNCLEAR}),
        },
        among=("old_people",),
    ),
)
