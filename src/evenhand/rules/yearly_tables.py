"""The tables of the yearly reports, from the numbers that they are of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from evenhand.rules.answers import Outcome, WhyDeclined
from evenhand.rules.assessments import Ground
from evenhand.rules.assurance import Document, DocumentKind, is_overdue
from evenhand.rules.counting import DEFINITIONS, Counted
from evenhand.rules.harms import DsaCategory
from evenhand.rules.own_errors import OwnError, Rate
from evenhand.rules.publishing import SmallNumberWouldShow
from evenhand.rules.publishing_tables import RULES, About, Published
from evenhand.rules.retention import What
from evenhand.rules.statistics import SHOWN, Quarter, Work
from evenhand.rules.words import words
from evenhand.rules.yearly import Cell, Column, Report, Table, Type

HOURS = 3600
NO_REPLY = "no_reply"
NOT_KNOWN = "Not known"
DISPOSED = "record_disposed"
PEOPLE = "people"
People = Mapping[Quarter, tuple[Published, Published]]
UPHELD = frozenset({Outcome.RESTRICTED_IN_FULL, Outcome.RESTRICTED_IN_PART})
TITLES: Mapping[str, str] = {
    Counted.LOGGED: "Logged",
    Counted.NOT_FOR_US: "Not for this desk",
    Counted.NOT_REFERRED: "Assessed and not referred",
    Counted.REFERRED: "Referred",
    Counted.REMOVALS: "Removals",
    Counted.WITHDRAWN: "Withdrawn",
    Counted.CHALLENGED: "Challenged",
    Counted.UPHELD: "Challenges upheld",
}
DOCUMENTS: Mapping[str, str] = {
    DocumentKind.DPIA: "Data protection impact assessment",
    DocumentKind.APD: "Appropriate policy document",
    DocumentKind.EIA: "Equality impact assessment",
    DocumentKind.INSTRUCTIONS: "Instructions to officers",
    DocumentKind.JOINT_CONTROLLERS: "Register of joint controllers",
    DocumentKind.PROCESSORS: "Register of processors",
    DocumentKind.EQUALITY_INFORMATION: "Equality information",
    DocumentKind.EQUALITY_OBJECTIVES: "Equality objectives",
}
ACTIONS: Mapping[str, str] = {
    Outcome.RESTRICTED_IN_FULL: "Restricted in full",
    Outcome.RESTRICTED_IN_PART: "Restricted in part",
    Outcome.DECLINED: "Declined",
    Outcome.ALREADY_GONE: "Already gone",
    Outcome.GONE_REASON_UNKNOWN: "Gone, and nobody knows why",
    Outcome.REFERRED_ELSEWHERE: "Sent us to somebody else",
    Outcome.REINSTATED: "Put back after it had been restricted",
    NO_REPLY: "No reply yet",
    DISPOSED: "The record was disposed of since",
}
"""What came of a notice, as it stood when the report was made."""
GROUNDS: Mapping[str, str] = {
    Ground.ILLEGAL: "The law",
    Ground.TERMS: "The platform’s terms",
    Ground.BOTH: "The law and the platform’s terms",
}
WHY: Mapping[WhyDeclined | None, str | None] = {
    None: None,
    WhyDeclined.WRONG: "It breaks neither the law nor their terms",
    WhyDeclined.IMPRECISE: "Not precise enough, or too few reasons",
    WhyDeclined.DUPLICATE: "Decided about it before",
    WhyDeclined.NOT_SAID: "Another reason, or none",
}
ERRORS: Mapping[OwnError, str] = {
    OwnError.WRONG: "Declined as wrong",
    OwnError.IMPRECISE: "Declined as imprecise",
    OwnError.DUPLICATE: "Declined as made before",
    OwnError.ALREADY_GONE: "Already gone",
}
GONE: Mapping[What, str] = {
    What.CONTENT: "The words of the content",
    What.RECORD: "The whole record",
}
CATEGORIES: Mapping[str, str] = {
    DsaCategory.ANIMAL_WELFARE: "Animal welfare",
    DsaCategory.CONSUMER_INFORMATION: "Consumer information infringements",
    DsaCategory.CYBER_VIOLENCE: "Cyber violence",
    DsaCategory.CYBER_VIOLENCE_AGAINST_WOMEN: "Cyber violence against women",
    DsaCategory.DATA_PROTECTION: "Data protection and privacy violations",
    DsaCategory.SPEECH: "Illegal or harmful speech",
    DsaCategory.INTELLECTUAL_PROPERTY: "Intellectual property infringements",
    DsaCategory.CIVIC_DISCOURSE: "Negative effects on civic discourse or elections",
    DsaCategory.NOT_SPECIFIED: "Type of alleged illegal content not specified by the notice",
    DsaCategory.OTHER_TERMS: "Other violation of the provider’s terms and conditions",
    DsaCategory.MINORS: "Protection of minors",
    DsaCategory.PUBLIC_SECURITY: "Risk for public security",
    DsaCategory.SCAMS_AND_FRAUD: "Scams and fraud",
    DsaCategory.SELF_HARM: "Self-harm",
    DsaCategory.PRODUCTS: "Unsafe, non-compliant or prohibited products",
    DsaCategory.VIOLENCE: "Violence",
}
"""What the categories of the DSA Transparency Database mean."""


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called: platforms, harms, and the category of the DSA of each harm."""

    platforms: Mapping[str, str]
    harms: Mapping[str, str]
    categories: Mapping[str, str]

    def platform(self, code: str) -> str:
        """Name a platform; every site that the law data does not know is one."""
        return self.platforms.get(code, "Any other site")


@dataclass(frozen=True, slots=True)
class Notice:
    """Notices that are alike: how many went to a platform about a harm, and what came of them."""

    platform: str
    harm: str
    action: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """The notices of a time, and how many seconds each platform took to decide for the first time.

    ``waits`` are of the notices whose record is still there.
    """

    notices: Mapping[Notice, int]
    waits: Sequence[float]


def transparency(
    work: Work,
    people: People,
    disposals: Mapping[What, int],
    documents: Iterable[Document],
    names: Names,
    *,
    today: date,
) -> Sequence[Table]:
    """Make the tables of the annual transparency report."""
    return [
        _months(work),
        _harms(work, names),
        _decisions(work, names),
        _errors(work),
        _people(people),
        Table(
            "disposals",
            "Referrals disposed of",
            [
                Column("part", "What was disposed of"),
                Column("certificates", "Certificates", Type.INTEGER),
            ],
            [[GONE[it], number] for it, number in disposals.items()],
        ),
        _documents(documents, today=today),
    ]


def check_people_stand(report: Report, people: People) -> None:
    """Refuse a report that tells of people otherwise than is told now, or lacks what is. E-SDC-88.

    ``people``: what is settled of the report's time.
    """
    now = _people(people).rows
    if any(list(it.rows) != list(now) for it in report.tables if it.name == PEOPLE):
        raise SmallNumberWouldShow(
            words("Since this report was prepared, numbers of people are told otherwise, or more."),
            do=words("Prepare another edition."),
        )


def trusted_flagger(found: Submitted, names: Names) -> Sequence[Table]:
    """Make the tables of a trusted flagger's report: DSA Article 22(3)."""
    return [
        _summary(found),
        _by_platform(found, names),
        _by_content(found, names),
        _by_action(found),
    ]


def _months(work: Work) -> Table:
    columns = [Column("month", "Month", Type.MONTH, "The month in which it happened")]
    columns += [Column(it.value, TITLES[it], Type.INTEGER, DEFINITIONS[it]) for it in SHOWN]
    rows: list[list[Cell]] = [
        [str(month), *(numbers[it] for it in SHOWN)] for month, numbers in work.months.items()
    ]
    drawn = [Counted.REFERRED.value, Counted.REMOVALS.value]
    return Table("months", "What the desk did, by month", columns, rows, drawn)


def _harms(work: Work, names: Names) -> Table:
    columns = [
        Column("harm", "Harm"),
        Column("requests", "Requests", Type.INTEGER, DEFINITIONS[Counted.REFERRED]),
        Column("removals", "Removals", Type.INTEGER, DEFINITIONS[Counted.REMOVALS]),
    ]
    rows: list[list[Cell]] = [
        [names.harms.get(code, NOT_KNOWN), it.requests, it.removals]
        for code, it in work.harms.items()
    ]
    return Table("harms", "Requests and removals by harm", columns, rows, ["requests", "removals"])


def _decisions(work: Work, names: Names) -> Table:
    columns = [
        Column("platform", "Platform"),
        Column("ground", "Ground", about="What we said that it breaks"),
        Column("decision", "What the platform decided"),
        Column("why", "Why it declined", about="As far as it is about how we had asked"),
        Column("decisions", "Decisions", Type.INTEGER, "Each decision, in the month it came in"),
    ]
    lines = sorted(work.decided.items(), key=lambda it: str(it[0]))
    rows: list[list[Cell]] = [
        [
            names.platform(it.platform),
            GROUNDS[it.ground],
            ACTIONS[it.outcome],
            WHY[it.why],
            number,
        ]
        for it, number in lines
    ]
    return Table("decisions", "What platforms decided", columns, rows)


def _errors(work: Work) -> Table:
    """Make the table of the desk's own errors, DSA Article 22(6)."""
    kinds = [Column(it.value, ERRORS[it], Type.INTEGER) for it in OwnError]
    columns = [
        Column("ground", "Ground"),
        Column("decided", "Decisions", Type.INTEGER),
        Column("errors", "Of them our errors", Type.INTEGER, "As the platform sees it"),
        *kinds,
    ]
    rows = [_rate("All", work.errors.all)]
    rows += [_rate(GROUNDS[ground], rate) for ground, rate in work.errors.grounds.items()]
    return Table("errors", "Our own errors", columns, rows)


def _rate(name: str, rate: Rate) -> list[Cell]:
    return [name, rate.decided, rate.wrong, *(rate.errors[it] for it in OwnError)]


def _people(people: People) -> Table:
    """Make the table of people; a cell that is empty is hidden."""
    there, gone = (
        f"Empty where it is hidden. {RULES[it].says}" for it in (About.GROUPS, About.PEOPLE)
    )
    columns = [
        Column("quarter_to", "Last day of the quarter", Type.DATE),
        Column("on_record", "People on record as it ended", Type.INTEGER, there),
        Column("disposed_of", "Records of people disposed of in it", Type.INTEGER, gone),
    ]
    rows: list[list[Cell]] = [
        [(quarter.end - timedelta(days=1)).isoformat(), *(it.numbers[frozenset()] for it in told)]
        for quarter, told in people.items()
    ]
    return Table(PEOPLE, "People, by quarter", columns, rows)


def _documents(documents: Iterable[Document], *, today: date) -> Table:
    columns = [
        Column("document", "Document"),
        Column("version", "Version", Type.INTEGER),
        Column("review_by", "Review by", Type.DATE),
        Column("review", "Review", about="As it stood when the report was made"),
    ]
    rows: list[list[Cell]] = [
        [
            DOCUMENTS[it.kind],
            it.number,
            it.review_on.isoformat() if it.review_on else None,
            "Overdue" if is_overdue(it, today=today) else "In time",
        ]
        for it in documents
    ]
    return Table("documents", "Documents in force", columns, rows)


def _summary(found: Submitted) -> Table:
    """Say in one line what came of all notices."""
    actions = _counted(found, "action")
    upheld = sum(actions[it] for it in UPHELD)
    other = sum(number for it, number in actions.items() if it in set(Outcome) - UPHELD)
    other -= actions[Outcome.DECLINED]
    columns = [
        Column("submitted", "Notices submitted", Type.INTEGER, DEFINITIONS[Counted.REFERRED]),
        Column("upheld", "Upheld", Type.INTEGER, "The platform restricted the content"),
        Column("rejected", "Rejected", Type.INTEGER, "The platform declined"),
        Column("other", "Another answer", Type.INTEGER, "Gone already, put back, sent elsewhere"),
        Column("no_reply", "No reply yet", Type.INTEGER),
        Column(
            "disposed", "Record disposed of since", Type.INTEGER, "Its answer is not counted here"
        ),
        Column(
            "median_hours",
            "Median hours until the first decision",
            Type.DECIMAL,
            "Of the notices that were decided and whose record is still there",
        ),
    ]
    hours = round(median(found.waits) / HOURS, 1) if found.waits else None
    row: list[Cell] = [
        actions.total(), upheld, actions[Outcome.DECLINED], other, actions[NO_REPLY],
        actions[DISPOSED], hours,
    ]  # fmt: skip
    return Table("summary", "All notices", columns, [row])


def _by_platform(found: Submitted, names: Names) -> Table:
    """Count notices by the hosting provider: Article 22(3)(a)."""
    counted = Counter[str]()
    for code, number in _counted(found, "platform").items():
        counted[names.platform(code)] += number
    columns = [Column("provider", "Provider"), Column("notices", "Notices", Type.INTEGER)]
    rows: list[list[Cell]] = [[it, number] for it, number in sorted(counted.items())]
    return Table("providers", "Notices by provider", columns, rows, ["notices"])


def _by_content(found: Submitted, names: Names) -> Table:
    """Count notices by the type of allegedly illegal content: Article 22(3)(b)."""
    columns = [
        Column("harm", "Type of content", about="Of the desk’s published harms"),
        Column("category", "Category of the DSA Transparency Database", codes=CATEGORIES),
        Column("notices", "Notices", Type.INTEGER),
    ]
    rows: list[list[Cell]] = [
        [names.harms.get(it, NOT_KNOWN), names.categories.get(it), number]
        for it, number in sorted(_counted(found, "harm").items())
    ]
    return Table("content", "Notices by type of content", columns, rows, ["notices"])


def _by_action(found: Submitted) -> Table:
    """Count notices by what the provider did: Article 22(3)(c)."""
    counted = _counted(found, "action")
    columns = [
        Column("action", "What came of it", about="As it stood when the report was made"),
        Column("notices", "Notices", Type.INTEGER),
    ]
    rows: list[list[Cell]] = [[title, counted[it]] for it, title in ACTIONS.items()]
    return Table("actions", "Notices by action taken", columns, rows, ["notices"])


def _counted(found: Submitted, part: str) -> Counter[str]:
    counted = Counter[str]()
    for notice, number in found.notices.items():
        counted[getattr(notice, part)] += number
    return counted
