"""The register of fields held: every column of every table, what it is for, who reads it, how long.

A test keeps it the same as the tables: no column without a line, no line without a column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.assessments import Kind
from evenhand.rules.officers import MATRIX, Permission, Role


class Basis(StrEnum):
    """Why a field may be held at all."""

    TASK = "T"
    STRICTLY_NECESSARY = "SS"
    LEGAL_DUTY = "L"
    SECURITY = "security"


BASES: Mapping[Basis, str] = {
    Basis.TASK: "DPA 2018 s.35(2)(b): needed for the task",
    Basis.STRICTLY_NECESSARY: "DPA 2018 s.35(5): strictly necessary, Schedule 8, policy document",
    Basis.LEGAL_DUTY: "a duty in law: DPA 2018 s.62 (logging) and rights of people, FOIA",
    Basis.SECURITY: "DPA 2018 s.66: security; staff data under UK GDPR",
}
SECTION_35 = (Basis.TASK, Basis.STRICTLY_NECESSARY)
"""The bases that say how section 35 is met; the others are of other law. None is consent."""


class Keep(StrEnum):
    """The rows of the retention schedule that today's tables fall under."""

    CASE = "D01"
    CONTENT = "D02"
    LOOKS = "D03"
    SENT = "D04"
    DISCLOSED = "D10"
    POLICY = "D11"
    PERSON = "D05–D09"
    REPORTER = "D09"
    BREACH = "D15"
    LOG = "D16"
    COUNTS = "D17"
    EQUALITY = "D18"
    STAFF = "D19"
    AS_RECORD = "as the record"
    QUARANTINE = "D20"
    REFUSED = "D23"
    REPORT = "D24"
    MAIL = "D25"
    ASKING = "D26"
    SCRUTINY = "D33"
    FOI = "D27"
    REQUESTER = "D28"
    PUBLISHED = "D29"
    RIGHTS = "D12–D13"
    RIGHTS_CONTACT = "D30"
    TRACE = "M02"
    MACHINERY = "M01"


NOT_YET = "No act of a desk carries this out"
"""What is said of a schedule whose figures are in the law data, and that no act enforces."""
KEPT: Mapping[Keep, str] = {
    Keep.CASE: "review after 12 months, at most 36, from closing",
    Keep.CONTENT: "review after 6 months, at most 12, from closing",
    Keep.LOOKS: "29 days from the look; only the number of looks a month stays",
    Keep.SENT: "review after 12 months, at most 36, from closing",
    Keep.DISCLOSED: (
        "words as the person; the line without words 6 years from the disclosure, then the worker"
        " erases it, and the log still counts it. Nobody reviews it before"
    ),
    Keep.POLICY: (
        "documents are kept for good, as the public copy; figures, sign-offs, versions and"
        " tokens of platforms, and agreements 10 years from when they are replaced or expire, then"
        " the worker erases them. Nobody reviews them before"
    ),
    Keep.PERSON: (
        "by the role: review after 1 to 6 months, at most 3 to 24; less for a suspect under 18;"
        " every record has both days"
    ),
    Keep.REPORTER: (
        "review after a month, at most 3; where it came by a public door, until they were told what"
        " became of their report or their challenge, 3 months at most from it"
    ),
    Keep.BREACH: (
        "6 years from closing; then the worker erases what was said and which package it was, and"
        " the facts stay: what kind of breach, when, how many people. Nobody reviews it before"
    ),
    Keep.EQUALITY: (
        "10 years from the end of the quarter, then the worker erases it; no personal data."
        " Nobody reviews it before"
    ),
    Keep.LOG: (
        "review after 6 years, at most 10; the leaf, which holds no personal data, stays."
        f" {NOT_YET}, for none may take anything out of the log; the first is due in 2036"
    ),
    Keep.COUNTS: "review after 10 years, kept for good; no personal data",
    Keep.AS_RECORD: "as long as the record that it is about, sealed under the same key",
    Keep.STAFF: (
        "6 years from leaving; then the worker erases name, account, tokens, absences and training,"
        " and only the random id stays, as the log has it. Nobody reviews it before"
    ),
    Keep.QUARANTINE: "review after 30 days; what is not passed within 90 is erased and counted",
    Keep.REFUSED: "nothing of the content is kept; a count a day stays",
    Keep.REPORT: (
        "what was reported: until an officer settles it, 30 days at most; the line without words"
        " answers the receipt for 6 months"
    ),
    Keep.MAIL: "as the referral that it belongs to; of no referral: 90 days, then it is erased",
    Keep.ASKING: "6 months from when it was asked, or from when a challenge by it was settled",
    Keep.SCRUTINY: "kept for good: it is published, and names nobody",
    Keep.FOI: "review after 24 months, at most 36, from when the request was closed",
    Keep.REQUESTER: "12 months at most from when the request was closed; then the worker erases it",
    Keep.PUBLISHED: "10 years at most from the reply; no personal data",
    Keep.RIGHTS: (
        "a request 24 months from the reply, a complaint 36, or where more is to be given then,"
        " once that has left or nobody could be reached; then the worker erases it. Nobody reviews"
        " it before; what stands at a record goes with the record"
    ),
    Keep.RIGHTS_CONTACT: (
        "3 months from the last letter, and longer while more may have to be given; then the worker"
        " erases it"
    ),
    Keep.TRACE: "12 months from the disposal; while somebody is proposed, as long as that",
    Keep.MACHINERY: (
        "how far a mailbox was read, without a word of it, drafts 30 days,"
        " repeated requests 2 days, saved lists while in use, consultations 8 days,"
        " comparisons with the log a year, counts of looks as long as the log, mentions until read,"
        " preferences until the officer leaves, keyed hashes at public doors an hour"
    ),
}
OTHER_ROWS: Mapping[str, str] = {
    "D06": (
        "a suspect about whom a package left as evidence for a named investigation is reviewed"
        " after 3 months, and goes after 6 at most, from that day; the line of the disclosure stays"
    ),
    "D21": "a hold for evidence ends within 12 months, and is placed anew for a reason",
    "D22": "backups are the operator's; a restore erases again what was erased since",
}
"""Rows of the schedule that no table falls under, and how they are kept to."""
NOTHING_HELD = "nothing of this kind is held by Evenhand yet"


def kept_to(row: str) -> str:
    """Say how a row of the retention schedule is kept to."""
    if row in OTHER_ROWS:
        return OTHER_ROWS[row]
    if row in {"D05", "D07", "D08"}:
        return KEPT[Keep.PERSON]
    if row in {"D12", "D13"}:
        return KEPT[Keep.RIGHTS]
    return next((text for it, text in KEPT.items() if it.value == row), NOTHING_HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One column that is held. ``kind`` tells fact from assessment in what officers write.

    ``read_by`` is the permission that shows it on a page or through the API; None: nobody sees it.
    """

    table: str
    column: str
    about: str
    purpose: str
    basis: Basis
    keep: Keep
    sealed: bool = False
    personal: bool = False
    kind: Kind | None = None
    read_by: Permission | None = Permission.READ_REFERRAL

    @property
    def readers(self) -> tuple[Role, ...]:
        """The roles that may read it."""
        return tuple(sorted(MATRIX[self.read_by])) if self.read_by else ()


@dataclass(frozen=True, slots=True)
class Table:
    """What the columns of one table have in common."""

    name: str
    purpose: str
    basis: Basis
    keep: Keep
    read_by: Permission | None = Permission.READ_REFERRAL
    words_read_by: Permission | None = Permission.READ_WORDS

    def plain(self, **columns: str) -> tuple[Held, ...]:
        """Columns in the clear that say nothing about a person."""
        return tuple(self._held(name, about) for name, about in columns.items())

    def hidden(self, **columns: str) -> tuple[Held, ...]:
        """Columns that no page shows: keys, digests, what the machine needs."""
        return tuple(self._held(name, about, read_by=None) for name, about in columns.items())

    def personal(self, **columns: str) -> tuple[Held, ...]:
        """Columns in the clear that point to a person: an officer, or a whole record."""
        return tuple(self._held(name, about, personal=True) for name, about in columns.items())

    def words(
        self, kind: Kind | None = None, keep: Keep | None = None, **columns: str
    ) -> tuple[Held, ...]:
        """Sealed columns: what could identify a person."""
        return tuple(
            self._held(
                name,
                about,
                sealed=True,
                personal=True,
                kind=kind,
                keep=keep,
                read_by=self.words_read_by,
            )
            for name, about in columns.items()
        )

    def _held(  # noqa: PLR0913 - the parts of a line, each by name
        self,
        column: str,
        about: str,
        *,
        sealed: bool = False,
        personal: bool = False,
        kind: Kind | None = None,
        keep: Keep | None = None,
        read_by: Permission | None = Permission.READ_REFERRAL,
    ) -> Held:
        shown = self.read_by if read_by is Permission.READ_REFERRAL else read_by
        return Held(
            table=self.name,
            column=column,
            about=about,
            purpose=self.purpose,
            basis=self.basis,
            keep=keep or self.keep,
            sealed=sealed,
            personal=personal,
            kind=kind,
            read_by=shown,
        )
