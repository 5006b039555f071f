"""The yearly reports: twelve whole months of the desk, frozen when one officer publishes them.

A report holds tables of numbers, what each number means, how far the log was, and no personal data.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum

from evenhand.rules.counting import FIRST_YEAR, Month, month_of, read_month
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import check_own_words, says_nothing
from evenhand.rules.words import words

Cell = str | int | float | None
MONTHS = 12
ADDRESS = re.compile(
    r"://|\bwww\.|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/|\b)|(?<!\w)@\w|\w@\w", re.IGNORECASE
)
"""What looks like an address of the web or of mail, or like the handle of an account."""


OWN_WORDS = ("explanation", "because")
"""The parts of a report that an officer writes."""


class ReportKind(StrEnum):
    """Which report it is. The values stand in addresses."""

    TRANSPARENCY = "transparency"
    TRUSTED_FLAGGER = "trusted-flagger"


class Type(StrEnum):
    """What the cells of a column are, in the words of XML Schema."""

    STRING = "string"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MONTH = "gYearMonth"


class ReportPeriodWrong(Refused):
    """A yearly report is of twelve months that are over."""

    code = "E-YEAR-01"
    clause = words("DSA Article 22(3): at least once a year")
    verified = False


class EditionUnexplained(Refused):
    """A report that was published is published anew only with what was wrong with it."""

    code = "E-YEAR-02"
    clause = words("Rule of this desk: published figures are corrected openly")


class ReportStageWrong(Refused):
    """A report is published once, and only the newest that was prepared."""

    code = "E-YEAR-03"
    kind = Kind.CONFLICT


class PersonalInReport(Refused):
    """No cell of a published report has an address, a handle or a name."""

    code = "E-DSA-90"
    clause = words("DSA Article 22(3): without personal data")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name in files, its title, what its cells are and what it means.

    ``codes``: what its codes mean, where its cells are codes of somebody else's list. Files have
    the code and pages the words.
    """

    name: str
    title: str
    type: Type = Type.STRING
    about: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report. ``drawn`` names the columns of its chart, if it has one."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    drawn: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report whole, as it is kept and published.

    ``end`` is the day after its last. ``question`` is the digest of what was asked: which kind of
    report, of which days, in which columns. ``log_size`` and ``log_root``: how far the log was
    signed. ``explanation`` is the officer's own, ``because`` says what was wrong with the edition
    before.
    """

    kind: ReportKind
    desk: str
    start: date
    end: date
    made_on: date
    tables: Sequence[Table]
    explanation: str
    because: str
    log_size: int
    log_root: str

    @property
    def last(self) -> Month:
        """The last month that it is of."""
        return Month(self.end.year, self.end.month).before

    @property
    def question(self) -> str:
        """Digest what was asked, as hexadecimal."""
        asked = {
            "kind": self.kind,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "tables": [[it.name, [asdict(column) for column in it.columns]] for it in self.tables],
        }
        return hashlib.sha256(canonical(asked).encode()).hexdigest()


def canonical(value: object) -> str:
    """Write a value as JSON in one spelling."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def as_text(report: Report) -> str:
    """Write a report as it is kept."""
    days = {it: getattr(report, it).isoformat() for it in ("start", "end", "made_on")}
    return canonical({**asdict(report), **days, "question": report.question})


def from_text(text: str) -> Report:
    """Read a report back as it was kept."""
    found = json.loads(text)
    del found["question"]
    tables = [
        Table(
            name=it["name"],
            title=it["title"],
            columns=[Column(**{**one, "type": Type(one["type"])}) for one in it["columns"]],
            rows=it["rows"],
            drawn=it["drawn"],
        )
        for it in found.pop("tables")
    ]
    start, end, made_on = (date.fromisoformat(found.pop(it)) for it in ("start", "end", "made_on"))
    kind = ReportKind(found.pop("kind"))
    return Report(kind=kind, start=start, end=end, made_on=made_on, tables=tables, **found)


def months_until(text: str, *, today: date) -> Sequence[Month]:
    """Give the twelve months that end with a month. Raises MonthWrong, ReportPeriodWrong."""
    last = read_month(text, today=today)
    if last >= month_of(today) or last.year_before < Month(FIRST_YEAR, 1):
        raise ReportPeriodWrong(
            words("The months of this report are not over, or are too long ago."),
            do=words("Choose a month that is over as the last of the twelve."),
            at="last",
        )
    found = [last.year_before]
    while len(found) < MONTHS:
        found.append(found[-1].after)
    return found


def check_explained(kind: ReportKind, explanation: str) -> None:
    """Refuse a trusted flagger's report that does not explain how its independence is kept."""
    if kind is ReportKind.TRUSTED_FLAGGER or explanation:
        check_own_words(explanation, at="explanation")


def check_edition(because: str, *, published_before: bool) -> None:
    """Refuse another edition that does not say what was wrong with the one before."""
    if published_before and says_nothing(because):
        raise EditionUnexplained(
            words("A report of these months is published already."),
            do=words("Say what is wrong with it. Readers see that beside both editions."),
            at="because",
        )


def check_impersonal(report: Report, names: Collection[str]) -> None:
    """Refuse a report in which a cell has an address or a handle, or the name of an officer."""
    # Whole names, and the last word of each, as they are written: “May” is not “may”. All other
    # cells come from closed lists, in which an officer’s name may be a plain word.
    several = {part for name in names for part in (name, name.rpartition(" ")[2]) if part}
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(several)))})\b") if several else None
    for place, text in _texts(report):
        is_named = named is not None and place in OWN_WORDS and named.search(text)
        if not (is_named or ADDRESS.search(text)):
            continue
        raise PersonalInReport(
            words("An address, a handle or a name of an officer stands in: {place}."),
            do=words("Take it out. A report names platforms and numbers, and nobody."),
            at=place if place in OWN_WORDS else "",
            place=place,
        )


def check_may_be_published(*, is_newest: bool, is_published: bool) -> None:
    """Refuse to publish a report twice, or one that another was prepared after."""
    if is_published or not is_newest:
        raise ReportStageWrong(
            words("This report is published already, or a newer one was prepared."),
            do=words("Look at the list of reports."),
        )


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    yield from ((place, str(getattr(report, place))) for place in OWN_WORDS)
    for table in report.tables:
        for row in table.rows:
            yield from ((table.name, it) for it in row if isinstance(it, str))


def numbers(table: Table) -> Mapping[str, Sequence[int]]:
    """Give the columns of a table's chart by their titles."""
    found = {}
    for at, column in enumerate(table.columns):
        if column.name in table.drawn:
            found[column.title] = [int(row[at] or 0) for row in table.rows]
    return found
