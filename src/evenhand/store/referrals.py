"""The referral: one content on one platform, with its words sealed under its own key."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenhand.rules.answers import PlatformStatus
from evenhand.rules.clocks import CHASED, Clocks, NextStep, Standing, due_at
from evenhand.rules.notices import Delivery
from evenhand.rules.officers import WORKER, OfficerRef
from evenhand.rules.order_reviews import STANDS, Order, OrderReview
from evenhand.rules.referrals import AFTER_APPROVAL, AFTER_SENDING, NotFound, Referral, State
from evenhand.rules.retention import check_has_content, check_open
from evenhand.rules.words import words
from evenhand.store.ending import KEPT_FOR_A_TIME, EndingRow
from evenhand.store.fields import SealedField, TokensField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow
from evenhand.store.platform_versions import with_chase_times
from evenhand.store.rows import Row, columns_of
from evenhand.store.trips import send

NEWEST = ("logged_at", "number")


class Referrals(models.QuerySet["ReferralRow"]):
    """The desk's referrals."""

    def named(self, reference: str) -> "ReferralRow":
        """Give one referral by its reference. Raises NotFound."""
        row = self.filter(reference=reference).first() if could_be(reference) else None
        if row is None:
            raise not_found()
        return row

    def locked(self, reference: str) -> "ReferralRow":
        """Give one referral, locked until the end of the act. Raises NotFound."""
        found = send(_locking(), [reference.replace("\0", "")]).fetchone()
        if found is None:
            raise not_found()
        return with_key(self.db, found)


class ReferralRow(EndingRow):
    """A referral as stored. ``version`` grows by one with every act on it.

    ``origin`` is the old system that it was taken over from; ``account`` a token of the account
    that its address names, by which accounts are counted and nothing is found. ``statutory_with``
    is the referral of the same content that went by the statutory route: this one is to go as well.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    number = models.BigIntegerField(unique=True)
    reference = models.TextField()
    version = models.IntegerField(default=1)
    state = models.TextField(default=State.LOGGED.value)
    state_since = models.DateTimeField()
    platform = models.TextField()
    url = SealedField(null=True)
    canonical_url = SealedField(null=True)
    content_id = SealedField(null=True)
    same_content = models.BinaryField(null=True)
    statutory_with = models.UUIDField(null=True)
    source = models.TextField()
    source_detail = SealedField(null=True)
    public_without_login = models.BooleanField()
    observed_at = models.DateTimeField()
    content_type = models.TextField()
    language = models.TextField()
    description = SealedField(null=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False)
    logged_by = models.ForeignKey(
        OfficerRow, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    logged_at = models.DateTimeField()
    owner = models.ForeignKey(
        OfficerRow, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    counted_look = models.BooleanField(null=True)
    authorisation = SealedField(null=True)
    triage = models.TextField(null=True)
    signpost = models.TextField(null=True)
    emergency_since = models.DateTimeField(null=True)
    harm = models.TextField(null=True)
    ground = models.TextField(null=True)
    terms_only = models.BooleanField(default=False)
    child = models.BooleanField(default=False)
    assessed_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    assessed_at = models.DateTimeField(null=True)
    assessors = ArrayField(models.UUIDField(), default=list)
    approved_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    in_the_post = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    order_review = models.TextField(null=True)
    last_message_at = models.DateTimeField(null=True)
    chases = models.SmallIntegerField(default=0)
    link_number = models.SmallIntegerField(default=1)
    mail_since = models.DateTimeField(null=True)
    withdrawal_owed = models.BooleanField(null=True)
    before_challenge = models.TextField(null=True)
    due_at = models.DateTimeField(null=True)
    put_off_until = models.DateField(null=True)
    platform_status = models.TextField(default=PlatformStatus.NONE_YET.value)
    last_seen = models.TextField(null=True)
    is_removal = models.BooleanField(default=False)
    removal_since = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reported_to = models.TextField(null=True)
    reported_reference = SealedField(null=True)
    origin = models.TextField(null=True)
    account = models.BinaryField(null=True)

    objects = Referrals.as_manager()

    class Meta:
        app_label = "store"
        db_table = "referral"
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="referral_reference_once"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("logged_by")) & ~Q(assessors__contains=[F("approved_by")])),
                name="referral_approved_by_a_second_officer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(it.value for it in AFTER_APPROVAL))
                | Q(approved_by__isnull=False),
                name="referral_goes_nowhere_without_approval",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(it.value for it in AFTER_SENDING), sent_at=None),
                name="referral_is_answered_only_once_sent",
            ),
            models.CheckConstraint(
                condition=~Q(is_removal=True, sent_at=None), name="referral_removed_only_once_sent"
            ),
            models.CheckConstraint(
                condition=Q(public_without_login=True), name="referral_of_public_content_only"
            ),
            models.CheckConstraint(
                condition=Q(removal_since__isnull=True) | Q(is_removal=True),
                name="referral_removal_is_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(it.value for it in State)),
                name="referral_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(order_review__isnull=True)
                | Q(
                    answer_by__isnull=False, order_review__in=sorted(it.value for it in OrderReview)
                ),
                name="referral_review_is_of_an_order",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_owed=None)
                | Q(state=State.WITHDRAWN.value, sent_at__isnull=False),
                name="referral_platform_is_told_once_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(state=State.UNDER_CHALLENGE.value, before_challenge__isnull=False)
                | (~Q(state=State.UNDER_CHALLENGE.value) & Q(before_challenge=None)),
                name="referral_under_challenge_goes_back",
            ),
            models.CheckConstraint(condition=KEPT_FOR_A_TIME, name="referral_kept_for_a_time"),
        ]
        indexes = [
            # What has waited the longest: the worklist is made of these (store/waiting.py).
            models.Index(fields=["state", "state_since", "number"], name="referral_waiting"),
            models.Index(
                fields=["owner", "state", "state_since", "number"], name="referral_waiting_for"
            ),
            models.Index(
                fields=["owner", "due_at", "number"],
                condition=Q(state__in=[it.value for it in CHASED]),
                name="referral_to_chase",
            ),
            models.Index(
                fields=["owner", "mail_since", "number"],
                condition=Q(mail_since__isnull=False),
                name="referral_with_mail",
            ),
            models.Index(
                fields=["owner", "state_since", "number"],
                condition=Q(withdrawal_owed=True),
                name="referral_platform_to_tell",
            ),
            models.Index(fields=["state", "due_at", "number"], name="referral_due"),
            models.Index(
                fields=["due_at", "number"],
                name="referral_put_off",
                condition=Q(put_off_until__isnull=False),
            ),
            models.Index(fields=["same_content"], name="referral_by_content"),
            models.Index(
                fields=["statutory_with"],
                condition=Q(statutory_with__isnull=False),
                name="referral_by_route",
            ),
            models.Index(
                fields=["account"], condition=Q(account__isnull=False), name="referral_by_account"
            ),
            models.Index(
                fields=["duplicate_of"],
                condition=Q(duplicate_of__isnull=False),
                name="referral_duplicates",
            ),
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="referral_by_due"
            ),
            # Newest first, of all and of each kind: what lists are made of (store/looking.py).
            models.Index(fields=NEWEST, condition=Q(number__gt=0), name="referral_by_time"),
            models.Index(fields=["state", *NEWEST], name="referral_by_state"),
            models.Index(fields=["platform", *NEWEST], name="referral_by_platform"),
            models.Index(
                fields=["harm", *NEWEST], condition=Q(harm__isnull=False), name="referral_by_harm"
            ),
            models.Index(
                fields=["platform_status", *NEWEST],
                condition=~Q(platform_status=PlatformStatus.NONE_YET.value),
                name="referral_by_outcome",
            ),
            models.Index(fields=["logged_by", *NEWEST], name="referral_by_logger"),
            models.Index(fields=["owner", *NEWEST], name="referral_by_owner"),
            models.Index(
                fields=["logged_at"], include=["counted_look"], name="referral_by_day_logged"
            ),
            models.Index(
                fields=["emergency_since", "number"],
                condition=Q(emergency_since__isnull=False),
                name="referral_emergencies",
            ),
            models.Index(
                fields=["review_on"],
                condition=Q(review_on__isnull=False),
                name="referral_by_review",
            ),
            models.Index(
                fields=["max_on", "reference", "review_on"],
                condition=Q(max_on__isnull=False),
                name="referral_by_end",
            ),
        ]

    def move(self, there: State, *, at: datetime, settles: bool = False) -> None:
        """Stand in a new state from this moment on. Raises Restricted, ContentGone.

        A challenge begins and is settled, ``settles``, also where casework is closed, and by itself
        leaves the days of what had ended as they were.
        """
        today, stood = timezone.localdate(at), self.stands()
        # The statutory route destroys words, which protects.
        if there is not State.STATUTORY_ROUTE and not settles:
            check_open(self.reference, restricted=self.is_restricted(today), officer=WORKER)
        if there is State.REOPENED:
            check_has_content(self.reference, has_content=self.url is not None)
        self.before_challenge = self.state if there is State.UNDER_CHALLENGE else None
        self.state = there
        self.state_since = at
        self.withdrawal_owed = None
        self.set_clock()
        if self.stands() is not stood or self.schedule is None:
            self.set_dates(today)

    def go_on(self, there: State, *, at: datetime) -> None:
        """Stand in a new state, or stand in it once the challenge is settled.

        What was withdrawn stays so. Raises what ``move`` raises.
        """
        if self.state == State.UNDER_CHALLENGE:
            today = timezone.localdate(at)
            check_open(self.reference, restricted=self.is_restricted(today), officer=WORKER)
            self.before_challenge = there
            self.set_dates(today)
            self.set_clock()
        elif self.state != State.WITHDRAWN:
            self.move(there, at=at)

    def set_clock(self) -> None:
        """Say by when the next step is due. Whatever was put off is put off no longer."""
        self.put_off_until = self.due_at = None
        standing = self.standing()
        self.due_at = due_at(standing, self.clocks(standing))

    def clocks(self, standing: Standing) -> Clocks:
        """Give the desk's clocks, with the platform's own times where it is waited for."""
        if standing.step is NextStep.CHASE:
            return with_chase_times(settings.CLOCKS, self.platform)
        return settings.CLOCKS

    def put_off(self, until: date) -> None:
        """Let the next step wait until the start of a day."""
        self.put_off_until = until
        self.due_at = settings.CLOCKS.calendar.start_of(until)

    def standing(self) -> Standing:
        """Give the referral as the clocks see it."""
        return Standing(
            state=State(self.state),
            state_since=self.state_since,
            in_the_post=self.in_the_post,
            last_message_at=self.last_message_at,
            chases=self.chases,
            answer_by=self.answer_by,
            before_challenge=State(self.before_challenge) if self.before_challenge else None,
            set_to=None if self.put_off_until else self.due_at,
        )

    def order(self, sent_by: Iterable[UUID]) -> Order | None:
        """Give the content removal notice that stands; ``sent_by``: whoever sent such a notice."""
        if self.sent_at is None or self.answer_by is None or State(self.state) not in STANDS:
            return None
        return Order(
            given_at=self.sent_at,
            act_by=self.answer_by,
            review=OrderReview(self.order_review) if self.order_review else None,
            givers=self.worked_on_by() | {OfficerRef(it) for it in sent_by},
        )

    def stop_the_post(self, why: str, *, at: datetime) -> None:
        """Let no message leave that is still on its way out."""
        self.in_the_post = False
        waiting = self.noticerows.filter(delivery=Delivery.QUEUED)
        waiting.update(delivery=Delivery.FAILED, failure=why, settled_at=at)

    def note_removal(self, is_removal: bool, *, at: datetime) -> None:
        """Count it as a removal since this moment, as it was before, or not any more."""
        self.is_removal = is_removal
        self.removal_since = (self.removal_since or at) if is_removal else None

    def keep(self) -> None:
        """Store the row as its next version."""
        self.version += 1
        self.save()

    def as_fact(self) -> Referral:
        """Give the referral as the rules see one."""
        return Referral(
            reference=self.reference,
            state=State(self.state),
            version=self.version,
            platform=self.platform,
            logged_by=OfficerRef(self.logged_by_id),
            assessors=frozenset(OfficerRef(ref) for ref in self.assessors),
            terms_only=self.terms_only,
            child=self.child,
            sent_at=self.sent_at,
            in_the_post=self.in_the_post,
            withdrawal_owed=bool(self.withdrawal_owed),
            before_challenge=State(self.before_challenge) if self.before_challenge else None,
        )


class WordsRow(Row):
    """The blind-index tokens of a referral's words, apart from the row that every act rewrites."""

    id = models.UUIDField(primary_key=True)
    referral = models.OneToOneField(ReferralRow, on_delete=models.PROTECT, related_name="words")
    number = models.BigIntegerField(unique=True)
    tokens = TokensField()

    class Meta:
        app_label = "store"
        db_table = "words"
        indexes = [GinIndex(fields=["tokens"], name="words_by_token", fastupdate=False)]


def with_key(db: str, values: Sequence[Any]) -> ReferralRow:
    """Make a referral with its key from the values of ``joined_columns``."""
    names, key_names = columns_of(ReferralRow), columns_of(RecordKeyRow)
    row = ReferralRow.from_db(db, names, values[: len(names)])
    row.key = RecordKeyRow.from_db(db, key_names, values[len(names) :])
    return row


@cache
def joined_columns() -> str:
    """Name the columns of a referral and of its key, for a statement that joins the two."""
    columns = [f'referral."{it}"' for it in columns_of(ReferralRow)]
    return ", ".join([*columns, *(f'record_key."{it}"' for it in columns_of(RecordKeyRow))])


@cache
def _locking() -> str:
    """Every act begins with this statement, so it is put together once."""
    return (
        f"SELECT {joined_columns()} FROM referral JOIN record_key ON record_key.id = key_id"  # noqa: S608
        " WHERE reference = %s FOR UPDATE OF referral"
    )


def could_be(reference: str) -> bool:
    """Say whether PostgreSQL can be asked for a reference at all."""
    return reference.isascii() and "\0" not in reference


def not_found() -> NotFound:
    """Refuse a reference that no referral has."""
    return NotFound(
        words("There is no referral with this reference."),
        do=words("Check the reference: it looks like 2026-000123."),
    )
