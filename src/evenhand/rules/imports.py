"""Records of an old system: what is read, and the quarantine that they leave one by one. A31."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import says_nothing
from evenhand.rules.words import words

Cell: TypeAlias = str | float | bool | datetime | date
"""What a cell holds; an empty one is the empty text."""

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_SHEETS = 50
LONGEST_SYSTEM = 60
THIS_DESK = "evenhand"
"""Under this name people are counted whose records began here; no old system has it."""


class Meaning(StrEnum):
    """What a column of an old system can hold that this desk may take over. Nothing else is."""

    REFERENCE = "reference"
    LOGGED_ON = "logged_on"
    URL = "url"
    DESCRIPTION = "description"
    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    BIRTH_DATE = "birth_date"
    AGE = "age"
    ROLE = "role"
    OUTCOME = "outcome"


NAMES = (Meaning.NAME, Meaning.GIVEN_NAME, Meaning.FAMILY_NAME)
TELLING = frozenset({*NAMES, Meaning.URL})
"""The columns by which a sheet is taken for records of an old system."""
ABOUT_PEOPLE = frozenset({*NAMES, Meaning.BIRTH_DATE, Meaning.AGE, Meaning.ROLE})
"""The columns that are about a person."""


class RoleSaid(StrEnum):
    """The role that an old system recorded. What it did not record stays unclear."""

    SUSPECT = "suspect"
    VICTIM = "victim"
    WITNESS = "witness"
    UNCLEAR = "unclear"


class OutcomeSaid(StrEnum):
    """What became of a request, as the old system has it; ``none``: it says nothing of it."""

    REMOVED = "removed"
    DECLINED = "declined"
    PENDING = "pending"
    NONE = "none"


class Lack(StrEnum):
    """What a record lacks before it can be passed, or what an officer has to look at."""

    ADDRESS = "address"
    DATE = "date"
    ROLE = "role"
    UNREADABLE = "unreadable"


class Standing(StrEnum):
    """Where a record stands: in quarantine, or out of it by one officer's act."""

    WAITING = "waiting"
    PASSED = "passed"
    REJECTED = "rejected"


class Tally(StrEnum):
    """What is counted of an old system, for ever. Some of it is people, and published as such."""

    READ = "read"
    PASSED = "passed"
    REJECTED = "rejected"
    ERASED = "erased"
    PERSON_ERASED = "person_erased"
    SKIPPED = "skipped"
    CONTENTS = "contents"
    WITH_BIRTH_DATE = "person_with_birth_date"
    NAME_ONLY = "person_name_only"
    NO_PERSON = "person_none"
    UNIQUE = "person_unique_with_birth_date"
    SUSPECT = "role_suspect"
    VICTIM = "role_victim"
    WITNESS = "role_witness"
    UNCLEAR = "role_unclear"
    REMOVED = "outcome_removed"
    DECLINED = "outcome_declined"
    PENDING = "outcome_pending"
    NO_OUTCOME = "outcome_none"


class StaysInQuarantine(Refused):
    """A record of an old system leaves quarantine alone, looked at, with everything it needs."""

    code = "E-IMP-31"
    clause = words("DPA 2018 ss.35, 38, 39 and 57: no old data without a basis")


class LeftQuarantine(Refused):
    """A record of an old system is passed or rejected once; what was erased does not come back."""

    code = "E-IMP-32"
    kind = Kind.CONFLICT


class FileUnreadable(Refused):
    """What is brought over is a table: XLSX, XLS, ODS or CSV, whole and without a password."""

    code = "E-FILE-01"


class FileTooBig(Refused):
    """A file of an old system is at most 20 MB, with at most 20,000 rows in it."""

    code = "E-FILE-02"


class MappingWrong(Refused):
    """A mapping names a sheet, its heading row and columns that the file has, each used once."""

    code = "E-MAP-01"


class SystemUnnamed(Refused):
    """An old system has a short name of its own, under which its records are counted for ever."""

    code = "E-MAP-02"


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One sheet as it was read: every row that is not blank, under the spreadsheet's own number.

    ``last`` is the number of the last row, blank or not. ``since_1904``: its days are counted from
    1904 on, as some spreadsheets do.
    """

    name: str
    rows: Mapping[int, tuple[Cell, ...]]
    last: int
    since_1904: bool = False

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows.values()), default=0)


def check_waits(standing: Standing) -> None:
    """Refuse to settle a record of an old system a second time."""
    if standing is not Standing.WAITING:
        raise LeftQuarantine(
            words("This record has left quarantine already."),
            do=words("Open the page of the old system again to see what is left."),
        )


def check_in_time(erase_on: date, *, today: date) -> None:
    """Refuse what quarantine may hold no more, even where it is not erased yet. D20."""
    if today >= erase_on:
        raise StaysInQuarantine(
            words("The 90 days of this old system are over. What is left is erased, unread."),
            do=words("If a record is needed still, log it anew from its source."),
        )


def check_person_settled(*, proposed: bool, reason: str) -> None:
    """Refuse to forget whom a record names while nobody has decided about them."""
    if not proposed and says_nothing(reason):
        raise StaysInQuarantine(
            words("This person is neither proposed on the referral nor left out for a reason."),
            do=words("Propose them there and enter their reference, or say why they are left out."),
            at="reason",
        )


def check_size(count: int) -> None:
    """Refuse a file that is larger than anybody brings over in 90 days, row by row."""
    if count > MOST_BYTES:
        raise FileTooBig(
            words("This file is larger than 20 MB."),
            do=words("Save each year or each sheet as a file of its own."),
            at="file",
        )


def check_shape(rows: int, columns: int, sheets: int) -> None:
    """Refuse a table that is larger than a desk's records are."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS or sheets > MOST_SHEETS:
        raise FileTooBig(
            words("This file has more than {rows} rows, {columns} columns or {sheets} sheets."),
            do=words("Remove what is no record, or bring it over in several files."),
            at="file",
            rows=f"{MOST_ROWS:,}",
            columns=str(MOST_COLUMNS),
            sheets=str(MOST_SHEETS),
        )


def unreadable(sentence: str, do: str, **values: str) -> FileUnreadable:
    """Say why a file is no table that can be read."""
    return FileUnreadable(sentence, do=do, at="file", **values)
