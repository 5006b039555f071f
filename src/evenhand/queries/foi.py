"""Requests for information: those that run, by their clocks; one in full; who asked, apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from evenhand.queries import consultations
from evenhand.rules.foi import Channel, FoiRequest, FoiStanding, FoiStep
from evenhand.rules.foi_costs import Activity, pence
from evenhand.rules.foi_due import Holding, Running, holding, running
from evenhand.rules.foi_exemptions import Exemption, Prejudice
from evenhand.rules.foi_parts import Part
from evenhand.rules.officers import MATRIX, Acting, Officer, OfficerRef, Permission, check_may
from evenhand.rules.public_foi import no_such_request
from evenhand.rules.public_foi_letters import LetterKind
from evenhand.seal.record import RecordKey
from evenhand.store.asking import TheRow
from evenhand.store.foi import FoiRequesterRow, FoiRequestRow, FoiStepRow
from evenhand.store.foi_replies import FoiDisclosureRow, FoiLetterRow, FoiPartRow
from evenhand.store.lawbook import clocks, exemptions
from evenhand.store.officers import OfficerRow
from evenhand.store.retention import HoldRow
from evenhand.store.sealing import open_record_key, unsealed

MOST = 100
"""So many requests that run, and so many that are closed, are listed."""


@dataclass(frozen=True, slots=True)
class FoiLine:
    """One request as a list names it, without a word of it. ``runs``: its clock, if one runs.

    ``corrects``: the number of the request whose published reply it corrects, if it does.
    ``to_look_at``: who wrote each part and reply that waits for a second officer.
    """

    number: str
    channel: Channel
    received_on: date
    standing: FoiStanding
    runs: Running | None
    closed_on: date | None
    to_look_at: Sequence[OfficerRef]
    corrects: str = ""

    @property
    def next_on(self) -> date | None:
        """Give the earliest last day of the clock that runs, if it has one."""
        return self.runs.due.target if self.runs else None


@dataclass(frozen=True, slots=True)
class FoiLines:
    """Requests that run, the most urgent first, and the last that were closed."""

    running: Sequence[FoiLine]
    closed: Sequence[FoiLine]
    more: bool


@dataclass(frozen=True, slots=True)
class StepInFull:
    """A step with its words."""

    step: FoiStep
    on: date
    by: str
    text: str
    until: date | None
    pence: int | None


@dataclass(frozen=True, slots=True)
class PartInFull:
    """A part with its words, and what becomes of it."""

    fact: Part
    asked: str
    answer: str
    exemption: Exemption | None
    why: str
    prejudice: Prejudice | None
    how: str
    public_interest: str
    by: str
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class LetterInFull:
    """A letter with its words. ``is_public``: it is none, and is published alone."""

    number: int
    reply: int
    kind: LetterKind
    title: str
    text: str
    by: str
    written_at: datetime
    approved_by: str
    returned: bool
    by_mail: bool
    sent_on: date | None
    failed: str
    is_public: bool

    @property
    def waits_for_approval(self) -> bool:
        """Say whether it is a reply that a second officer has yet to look at."""
        return self.kind is LetterKind.REPLY and not self.approved_by and not self.returned

    @property
    def to_print(self) -> bool:
        """Say whether somebody is to print it and send it by hand."""
        by_hand = not self.by_mail or bool(self.failed)
        done = self.sent_on is not None or self.returned or self.waits_for_approval
        return by_hand and not done


@dataclass(frozen=True, slots=True)
class Cost:
    """The estimate of a request's cost, and the first of those it is taken together with."""

    minutes: Mapping[Activity, int]
    total: int
    pence: int
    by: str
    like: str


@dataclass(frozen=True, slots=True)
class FoiInFull:
    """One request with all that happened; not who asked.

    ``holding``: until when its records are held, unless something follows. ``reply``: which reply
    is the next to leave. ``language``: in which letters are written; empty once who asked is
    erased. ``is_published``: a reply that it corrects still stands in the disclosure log.
    ``reviewers``: who may answer a review of its replies, since they had no hand in them.
    """

    line: FoiLine
    fact: FoiRequest
    asked: str
    logged_by: str
    steps: Sequence[StepInFull]
    parts: Sequence[PartInFull]
    letters: Sequence[LetterInFull]
    cost: Cost | None
    holds: int
    holding: Holding | None
    reply: int
    language: str
    is_published: bool
    reviewers: Mapping[OfficerRef, str]
    max_on: date | None

    @property
    def is_known(self) -> bool:
        """Say whether who asked is not erased yet."""
        return bool(self.language)


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asked, and where the reply goes."""

    name: str
    email: str
    postal: str


def lines(*, officer: Officer) -> FoiLines:
    """List requests that run, those due first on top, and the last that were closed."""
    check_may(officer, Permission.READ_FOI)
    rows = FoiRequestRow.objects.with_facts()
    open_ones = [_line(it) for it in rows.running()[: MOST + 1]]
    closed = rows.exclude(closed_on=None).order_by("-closed_on", "-number")[:MOST]
    return FoiLines(
        sorted(open_ones[:MOST], key=_urgency),
        [_line(it) for it in closed],
        more=len(open_ones) > MOST,
    )


def one(number: str, *, acting: Acting) -> FoiInFull:
    """Give one request in full. That somebody looks is in the log first. Raises NotFound."""
    check_may(acting.officer, Permission.READ_FOI)
    row = FoiRequestRow.objects.one(number)
    consultations.at_foi(row.id, acting=acting)
    key = open_record_key(row.key)
    fact = row.as_fact()
    return FoiInFull(
        line=_line(row),
        fact=fact,
        asked=unsealed(row, key, "asked"),
        logged_by=row.logged_by.name if row.logged_by else "",
        steps=[_step(it, key) for it in row.steps.select_related("by").order_by("number")],
        parts=[_part(it, key) for it in _with_officers(row.parts.all(), "confirmed_by")],
        letters=[_letter(it, key) for it in _with_officers(row.letters.all(), "approved_by")],
        cost=_cost(row),
        holds=HoldRow.objects.filter(id__in=row.holds.values("id"), ended_at=None).count(),
        holding=holding(fact, clocks()),
        reply=row.next_reply(),
        language=_language(row),
        is_published=_is_published(row),
        reviewers=_reviewers(fact),
        max_on=row.max_on,
    )


def requester(number: str, *, acting: Acting) -> Requester:
    """Give who asked. Each look is an entry of its own, before anything is shown. NotFound."""
    check_may(acting.officer, Permission.READ_REQUESTER)
    who = _who_asked(number)
    consultations.at_requester(who.request_id, acting=acting)
    key = open_record_key(who.key)
    return Requester(*(unsealed(who, key, it) for it in ("name", "email", "postal")))


def check_kept(number: str) -> None:
    """Refuse to offer to show who asked where nobody did, or it is erased. Raises NotFound."""
    _who_asked(number)


def all_exemptions() -> Mapping[str, Exemption]:
    """Give the exemptions of the law data, by code."""
    return exemptions()


def _who_asked(number: str) -> FoiRequesterRow:
    found = FoiRequesterRow.objects.select_related("key").filter(request__number=number).first()
    if found is None:
        raise no_such_request()
    return found


def _language(row: FoiRequestRow) -> str:
    spoken = FoiRequesterRow.objects.filter(request=row).values_list("language", flat=True)
    return spoken.first() or ""


def _is_published(row: FoiRequestRow) -> bool:
    return bool(row.corrects) and FoiDisclosureRow.objects.filter(number=row.corrects).exists()


def _reviewers(fact: FoiRequest) -> Mapping[OfficerRef, str]:
    """Give by name the officers who may answer a review and had no hand in the replies."""
    roles = sorted(MATRIX[Permission.REVIEW_FOI])
    rows = OfficerRow.objects.filter(roles__overlap=roles, retired_at=None).order_by("name")
    return {OfficerRef(it.id): it.name for it in rows if it.id not in fact.hands}


def _line(row: FoiRequestRow) -> FoiLine:
    return FoiLine(
        number=row.number,
        channel=Channel(row.channel),
        received_on=row.received_on,
        standing=FoiStanding(row.standing),
        runs=running(row.as_fact(), clocks()),
        closed_on=row.closed_on,
        to_look_at=row.to_look_at(),
        corrects=row.corrects or "",
    )


def _urgency(line: FoiLine) -> tuple[date, str]:
    return line.next_on or date.max, line.number


def _with_officers(rows: QuerySet[TheRow], second: str) -> QuerySet[TheRow]:
    return rows.select_related("by", second).order_by("number")


def _step(row: FoiStepRow, key: RecordKey) -> StepInFull:
    text = unsealed(row, key, "text")
    return StepInFull(FoiStep(row.what), row.on, row.by.name, text, row.until, row.pence)


def _part(row: FoiPartRow, key: RecordKey) -> PartInFull:
    return PartInFull(
        fact=row.as_fact(),
        asked=unsealed(row, key, "asked"),
        answer=unsealed(row, key, "answer"),
        exemption=exemptions().get(row.exemption),
        why=unsealed(row, key, "why"),
        prejudice=Prejudice(row.prejudice) if row.prejudice else None,
        how=unsealed(row, key, "how"),
        public_interest=unsealed(row, key, "public_interest"),
        by=row.by.name if row.by else "",
        confirmed_by=row.confirmed_by.name if row.confirmed_by else "",
    )


def _letter(row: FoiLetterRow, key: RecordKey) -> LetterInFull:
    text = unsealed(row, key, "text")
    return LetterInFull(
        number=row.number,
        reply=row.reply,
        kind=LetterKind(row.kind),
        title=row.title,
        text=text,
        by=row.by.name,
        written_at=row.at,
        approved_by=row.approved_by.name if row.approved_by else "",
        returned=row.returned_at is not None,
        by_mail=row.by_mail,
        sent_on=row.sent_on,
        failed=row.failed,
        is_public=text == unsealed(row, key, "published"),
    )


def _cost(row: FoiRequestRow) -> Cost | None:
    found = row.estimate()
    if found is None or row.estimated_by is None:
        return None
    by = row.estimated_by.name
    return Cost(found.minutes, found.total, pence(found.total), by, row.like or "")
