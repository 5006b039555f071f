"""Requests for information, their steps, and apart from them who asked and how they are reached.

What is asked is sealed under the request's own key. The name and address of whoever asked are in a
table of their own, under a key of its own, and go a year after the request was closed.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models
from django.db.models import F, Q

from evenhand.rules.foi import (
    CLARIFYING,
    RUNS,
    Channel,
    FoiRequest,
    FoiStanding,
    FoiStep,
    Undelivered,
)
from evenhand.rules.foi_costs import COUNTED, MOST_MINUTES, Activity, Estimate
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import OfficerRef
from evenhand.rules.public_foi import no_such_request
from evenhand.rules.public_foi_letters import FAULT, LetterKind
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow
from evenhand.store.retention import HoldRow
from evenhand.store.rows import Row

SCHEDULE, OF_REQUESTERS = "D27", "D28"
_RUNS = sorted(it.value for it in RUNS)
IS_RUNNING = Q(standing__in=_RUNS)
OF_YEAR = """
    SELECT number FROM foi_request WHERE number LIKE %(year)s
    UNION SELECT number FROM foi_disclosure WHERE number LIKE %(year)s
"""
ESTIMATED = [f"{it}_minutes" for it in COUNTED]


class FoiRequests(models.QuerySet["FoiRequestRow"]):
    """The requests that the desk was given."""

    def one(self, number: str) -> "FoiRequestRow":
        """Give one request with its key. Raises NotFound."""
        return self._one(self.select_related("key", "logged_by", "estimated_by"), number)

    def locked(self, number: str) -> "FoiRequestRow":
        """Give one request with its key, locked until the end of the act. Raises NotFound."""
        return self._one(self.select_related("key").select_for_update(of=("self",)), number)

    def with_facts(self) -> "FoiRequests":
        """Give each with all that its fact is made of, in a few queries for all of them."""
        return self.prefetch_related("steps", "parts", "letters")

    def running(self) -> "FoiRequests":
        """Give those with which the desk still has something to do, the oldest first."""
        return self.filter(IS_RUNNING).order_by("received_on", "number")

    def correcting(self, number: str) -> "FoiRequests":
        """Give what corrects the published reply to a request, and was not withdrawn."""
        return self.filter(corrects=number).exclude(standing=FoiStanding.WITHDRAWN)

    def last_number(self, year: int) -> str | None:
        """Give the last number of a year. Nobody else takes one until the end of the act.

        One under which a reply is published is not given again once its request is erased.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('foi number'))")
            cursor.execute(OF_YEAR, {"year": f"FOI-{year:04}-%"})
            of_year = [str(number) for (number,) in cursor.fetchall()]
        return max(of_year, key=lambda it: int(it.rpartition("-")[2]), default=None)

    def _one(self, rows: "FoiRequests", number: str) -> "FoiRequestRow":
        found = rows.filter(number=number).first()
        if found is None:
            raise no_such_request()
        return found


class FoiRequestRow(Row):
    """One request. ``receipt`` is a keyed hash; ``like``: the first of those costed together.

    ``corrects``: the number of the request whose published reply it corrects, where that request is
    erased, or ended though nobody was reached.
    """

    id = models.UUIDField(primary_key=True)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    number = models.TextField(unique=True)
    version = models.IntegerField(default=1)
    receipt = models.BinaryField(null=True, unique=True)
    channel = models.TextField()
    received_on = models.DateField()
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    asked = SealedField()
    standing = models.TextField(default=FoiStanding.OPEN.value)
    like = models.TextField(null=True)
    corrects = models.TextField(null=True)
    determining_minutes = models.IntegerField(null=True)
    locating_minutes = models.IntegerField(null=True)
    retrieving_minutes = models.IntegerField(null=True)
    extracting_minutes = models.IntegerField(null=True)
    estimated_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    estimated_at = models.DateTimeField(null=True)
    schedule = models.TextField(default=SCHEDULE)
    closed_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    max_on = models.DateField(null=True)

    objects = FoiRequests.as_manager()

    class Meta:
        app_label = "store"
        db_table = "foi_request"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    standing__in=[it.value for it in FoiStanding],
                    channel__in=[it.value for it in Channel],
                ),
                name="foi_request_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.FORM.value, logged_by__isnull=True)
                | (~Q(channel=Channel.FORM.value) & Q(logged_by__isnull=False)),
                name="foi_request_logged_by_an_officer",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.CORRECTION.value, corrects__isnull=False)
                | (~Q(channel=Channel.CORRECTION.value) & Q(corrects=None)),
                name="foi_request_corrects_where_nobody_asked",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=~Q(standing=FoiStanding.WITHDRAWN.value),
                name="foi_request_one_correction_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(IS_RUNNING, closed_on=None, review_on=None, max_on=None)
                | (
                    ~IS_RUNNING
                    & Q(
                        closed_on__isnull=False,
                        review_on__isnull=False,
                        max_on__isnull=False,
                        review_on__gte=F("closed_on"),
                        max_on__gte=F("review_on"),
                    )
                ),
                name="foi_request_closed_is_on_the_schedule",
            ),
            models.CheckConstraint(
                condition=Q(schedule=SCHEDULE), name="foi_request_is_on_its_schedule"
            ),
            models.CheckConstraint(
                condition=Q(estimated_by=None, **dict.fromkeys(ESTIMATED))
                | Q(
                    estimated_by__isnull=False,
                    **{f"{it}__range": (0, MOST_MINUTES) for it in ESTIMATED},
                ),
                name="foi_request_estimated_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_on", "number"], condition=IS_RUNNING, name="foi_request_running"
            ),
            models.Index(fields=["max_on"], name="foi_request_to_forget"),
        ]

    def keep(self) -> None:
        """Store it as its next version. Needs the pen."""
        self.version += 1
        self.save()

    def as_fact(self) -> FoiRequest:
        """Give the request as the rules see it."""
        steps = sorted(self.steps.all(), key=lambda it: it.number)
        replies = [*filter(_is_reply, self.letters.all())]
        last = max((it for it in replies if it.sent_on), key=lambda it: it.reply, default=None)
        until = [it for it in steps if last and it.at <= last.at]
        return FoiRequest(
            number=self.number,
            standing=FoiStanding(self.standing),
            received_on=self.received_on,
            steps=tuple((FoiStep(it.what), it.on) for it in steps),
            hands=frozenset(self._hands(replies)),
            is_reply_to_leave=any(it.approved_by_id and not it.sent_on for it in replies),
            replied_on=last.sent_on if last else None,
            answered=len(until),
            to_reach_with=self._to_reach_with(steps, replies),
            corrects=self.corrects or "",
        )

    def next_reply(self) -> int:
        """Say which reply is the one that has not left yet: 1 is the first, 2 the one after it."""
        left = self.letters.filter(kind=LetterKind.REPLY).exclude(sent_on=None)
        return left.count() + 1

    def waiting_reply(self) -> Any:
        """Give the reply that is written and has not left, if there is one."""
        return self.letters.filter(kind=LetterKind.REPLY, returned_at=None, sent_on=None).first()

    def to_look_at(self) -> Sequence[OfficerRef]:
        """Give who wrote each part and reply that waits for a second officer."""
        parts = [it.by_id for it in self.parts.all() if it.as_fact().waits]
        replies = filter(_is_reply, self.letters.all())
        letters = [it.by_id for it in replies if not it.approved_by_id and not it.returned_at]
        return [OfficerRef(it) for it in [*parts, *letters] if it is not None]

    def estimate(self) -> Estimate | None:
        """Give the estimate of its cost, if there is one."""
        if self.estimated_by_id is None:
            return None
        return Estimate({it: getattr(self, f"{it}_minutes") for it in COUNTED})

    def put_estimate(self, minutes: dict[Activity, int]) -> None:
        """Take an estimate over into its columns."""
        for activity in COUNTED:
            setattr(self, f"{activity}_minutes", minutes.get(activity, 0))

    def _to_reach_with(self, steps: Sequence[Any], replies: Sequence[Any]) -> Undelivered | None:
        """Give the letter that has yet to reach who asked: an approved reply, or a question.

        A question is of the first reply: once that left, or the Commissioner decided, none counts.
        """
        letters = [it for it in replies if it.approved_by_id and not it.sent_on]
        asked = [it.what for it in steps if it.what in CLARIFYING]
        is_open = self.standing == FoiStanding.OPEN
        if is_open and asked[-1:] == [FoiStep.CLARIFICATION_ASKED]:
            letters += [it for it in self.letters.all() if it.kind == LetterKind.CLARIFICATION]
        if not letters:
            return None
        it = max(letters, key=lambda one: (_is_reply(one), one.number))
        return Undelivered(
            is_on_its_way=it.by_mail and not it.failed and not it.sent_on,
            is_tried=bool(it.sent_on)
            or (it.failed not in {"", FAULT} and not self._is_posted_to()),
            taken_on=it.sent_on if it.by_mail and not it.failed else None,
        )

    def _is_posted_to(self) -> bool:
        return FoiRequesterRow.objects.filter(request=self, postal__isnull=False).exists()

    def _hands(self, replies: Iterable[Any]) -> Sequence[OfficerRef]:
        found: set[UUID | None] = {it.by_id for it in replies}
        found.update(it.approved_by_id for it in replies)
        for part in self.parts.all():
            found.update((part.by_id, part.confirmed_by_id))
        return [OfficerRef(it) for it in found if it is not None]


class FoiRequesterRow(Row):
    """Who asked, and where the reply goes. No list and no search reads it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    request = models.OneToOneField(
        FoiRequestRow, on_delete=models.PROTECT, related_name="requester"
    )
    schedule = models.TextField(default=OF_REQUESTERS)
    last_on = models.DateField(null=True)
    language = models.TextField()
    name = SealedField()
    email = SealedField(null=True)
    postal = SealedField(null=True)

    class Meta:
        app_label = "store"
        db_table = "foi_requester"
        constraints = [
            models.CheckConstraint(
                condition=Q(schedule=OF_REQUESTERS), name="foi_requester_is_on_the_schedule"
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(postal__isnull=False),
                name="foi_requester_can_be_reached",
            ),
        ]
        indexes = [models.Index(fields=["last_on"], name="foi_requester_to_go")]


class FoiStepRow(Row):
    """One step of a request. Only added, in their order."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    request = models.ForeignKey(FoiRequestRow, on_delete=models.PROTECT, related_name="steps")
    number = models.IntegerField()
    what = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = SealedField()
    until = models.DateField(null=True)
    pence = models.IntegerField(null=True)

    class Meta:
        app_label = "store"
        db_table = "foi_step"
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="foi_step_numbered_once"),
            models.CheckConstraint(
                condition=Q(what__in=[it.value for it in FoiStep]),
                name="foi_step_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(what=FoiStep.EXTENDED.value, until__isnull=False)
                | (~Q(what=FoiStep.EXTENDED.value) & Q(until=None)),
                name="foi_step_of_more_time_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(what=FoiStep.FEE_ASKED.value, pence__gt=0)
                | (~Q(what=FoiStep.FEE_ASKED.value) & Q(pence=None)),
                name="foi_step_of_a_fee_says_how_much",
            ),
        ]


class FoiHoldRow(Row):
    """A hold on a record that a request is about. ``id`` is the hold's own."""

    id = models.UUIDField(primary_key=True)
    request = models.ForeignKey(FoiRequestRow, on_delete=models.PROTECT, related_name="holds")

    class Meta:
        app_label = "store"
        db_table = "foi_hold"


def _is_reply(letter: Any) -> bool:
    return bool(letter.kind == LetterKind.REPLY)


def to_forget(today: date) -> Sequence[UUID]:
    """Give the requests that are past their last day."""
    rows = FoiRequestRow.objects.filter(max_on__lte=today).order_by("max_on", "id")
    return list(rows.values_list("id", flat=True))


def requesters_to_forget(today: date) -> Sequence[UUID]:
    """Give the rows of requesters whose last day is past."""
    rows = FoiRequesterRow.objects.filter(last_on__lte=today).order_by("last_on", "id")
    return list(rows.values_list("id", flat=True))


def held_after_reply() -> Sequence[str]:
    """Name the requests that ended after a reply, for which something is held nonetheless."""
    standing = HoldRow.objects.filter(kind=HoldKind.FOI, ended_at=None, asked_at=None)
    held = FoiHoldRow.objects.filter(id__in=standing.values("id"))
    ended = FoiRequestRow.objects.exclude(IS_RUNNING).filter(id__in=held.values("request"))
    rows = ended.filter(letters__kind=LetterKind.REPLY, letters__sent_on__isnull=False).distinct()
    return list(rows.order_by("number").values_list("number", flat=True))
