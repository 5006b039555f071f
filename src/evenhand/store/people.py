"""People: the record, its links to referrals, and what was done with it. All sealed.

Everything that can identify somebody is ciphertext under the person’s own key, so that destroying
one key destroys the person.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from evenhand.rules.disposal_duty import Duty, erase_by
from evenhand.rules.holds import Hold
from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import (
    REFERENCE,
    Asked,
    Person,
    PersonStanding,
    RestrictedBecause,
)
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_finding import Key
from evenhand.rules.people_grounds import Ground
from evenhand.rules.people_names import comparable
from evenhand.rules.people_roles import ACCUSED, HANDED_OVER, SCHEDULES, PersonRole
from evenhand.rules.referrals import NotFound
from evenhand.rules.retention import Closed, Kept, RecordKind, is_late
from evenhand.rules.retention_schedules import Dates
from evenhand.rules.words import words
from evenhand.seal.blind import What
from evenhand.seal.record import RecordKey
from evenhand.store.fields import SealedField, TokensField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rows import Row
from evenhand.store.sealing import blind_index, unsealed

_S = PersonStanding
CLOSED_BECAUSE: Mapping[Closed, RestrictedBecause] = {
    Closed.LATE: RestrictedBecause.NOT_REVIEWED,
    Closed.REVIEW: RestrictedBecause.REVIEWED,
    Closed.EVIDENCE: RestrictedBecause.NEEDED_AS_EVIDENCE,
}
WORK = ("authorise", "change_role", "refuse_role", "confirm", "verify", "correct")
"""The steps by which a record becomes what it is. To doubt, restrict or lift is none."""
LIFTING = ("ask_to_lift", "lift", "refuse_to_lift", "restrict")
"""The steps by which a restriction comes to its end, or a new one begins."""
# Refused: what was proposed is destroyed, so nothing of it can be asked for any more.
GONE = Q(standing=_S.REFUSED.value)
NEVER_IN_FORCE = Q(authorised_at__isnull=True, ended_at__isnull=False)


class People(models.QuerySet["PersonRow"]):
    """People on record. There is no question here that gives a list of them."""

    def named(self, reference: str) -> "PersonRow":
        """Give one person’s record by its reference. Raises NotFound."""
        found = REFERENCE.fullmatch(reference) and self.filter(reference=reference).first()
        if not found:
            raise no_such_person()
        return found

    def exactly(self, key: Key, *, or_proposed: bool = False) -> "People":
        """Give who has exactly this key and is on record. Whoever asks takes at most five.

        ``or_proposed``: give also what is proposed, and that nobody authorised yet.
        """
        among = {_S.HELD.value, _S.RESTRICTED.value}
        people = self.filter(standing__in=among | ({_S.PROPOSED.value} if or_proposed else set()))
        if key.reference:
            return people.filter(reference=key.reference)
        found = people.filter(tokens__overlap=tokens_of(key.name, key.birth_date))
        return found.order_by("id")

    def numbers_before(self, at: datetime) -> "dict[str | None, int]":
        """Count the records proposed before a moment by the old system of each: nobody is named."""
        came = self.filter(proposed_at__lt=at).order_by().values_list("origin")
        return dict(came.annotate(number=Count("id")))

    def numbers_to_erase(self, held: Q, *, today: date) -> tuple[int, int]:
        """Count the records that are to be erased: those in time, and those that are overdue.

        ``held`` is true of what a hold keeps.
        """
        closed = [_S.HELD.value, _S.RESTRICTED.value]
        rows = self.filter(~held, erase_because__isnull=False, standing__in=closed)
        late = Q(restricted_because__isnull=True) | Q(
            restricted_because=RestrictedBecause.NOT_REVIEWED
        )
        in_time = rows.filter(standing=_S.HELD, review_on__gte=today).count()
        return in_time, rows.filter(late, review_on__lt=today).count()

    def locked(self, reference: str) -> "PersonRow":
        """Give one record with its key, locked until the end of the act. Raises NotFound."""
        return self.select_related("key").select_for_update(of=("self",)).named(reference)

    def lock(self, which: "UUID | models.QuerySet[Any, Any]") -> None:
        """Lock a record, by its id, until the end of the act; it is not read."""
        named = which if isinstance(which, models.QuerySet) else [which]
        list(self.filter(id__in=named).order_by("id").select_for_update().values_list("id"))


class PersonRow(Row):
    """A person’s record. ``child`` and ``under_ten``: what was, or may have been, true of them.

    ``trace`` is there while it is proposed: by it the database knows who was disposed of lately.
    ``one_with`` is the same for records that were joined; the database keeps it. ``origin`` is the
    old system that a record was taken over from; ``age_band`` how old they were when recorded;
    ``erase_because`` why it is to be erased, by its day of review; ``telling`` whether they are
    told, once that is decided.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    reference = models.TextField()
    version = models.IntegerField(default=1)
    standing = models.TextField()
    restricted_because = models.TextField(null=True)
    contested = ArrayField(models.TextField(), default=list)
    child = models.BooleanField()
    under_ten = models.BooleanField()
    age_basis = models.TextField()
    age_as_at = models.DateField()
    age_band = models.TextField(null=True)
    name = SealedField(null=True)
    birth_date = SealedField(null=True)
    age_value = SealedField(null=True)
    contact = SealedField(null=True)
    tokens = TokensField()
    trace = models.BinaryField(null=True)
    knows = models.BooleanField()
    proposed_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    authorised_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    authorised_at = models.DateTimeField(null=True)
    schedule = models.TextField()
    start_on = models.DateField()
    review_on = models.DateField()
    max_on = models.DateField()
    extended = models.BooleanField(null=True)
    one_with = models.UUIDField(null=True)
    origin = models.TextField(null=True)
    erase_because = models.TextField(null=True)
    telling = models.TextField(null=True)

    objects = People.as_manager()

    class Meta:
        app_label = "store"
        db_table = "person"
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="person_reference_once"),
            models.CheckConstraint(
                condition=Q(reference__regex=f"^{REFERENCE.pattern}$"),
                name="person_reference_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=sorted(it.value for it in _S)),
                name="person_standing_is_known",
            ),
            models.CheckConstraint(
                condition=Q(authorised_by__isnull=True, authorised_at__isnull=True)
                | Q(authorised_by__isnull=False, authorised_at__isnull=False)
                & ~Q(authorised_by=F("proposed_by")),
                name="person_authorised_by_a_second_officer",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[_S.PROPOSED.value, _S.REFUSED.value])
                | Q(authorised_at__isnull=False),
                name="person_held_only_once_authorised",
            ),
            models.CheckConstraint(
                condition=Q(
                    standing=_S.RESTRICTED.value,
                    restricted_because__in=sorted(it.value for it in RestrictedBecause),
                    restricted_because__isnull=False,
                )
                | ~Q(standing=_S.RESTRICTED.value) & Q(restricted_because__isnull=True),
                name="person_restricted_for_a_reason",
            ),
            models.CheckConstraint(
                condition=GONE
                | Q(
                    age_basis=AgeBasis.UNKNOWN.value,
                    birth_date__isnull=True,
                    age_value__isnull=True,
                    child=True,
                )
                | Q(age_basis__in=sorted({it.value for it in AgeBasis} - {AgeBasis.UNKNOWN.value}))
                & (
                    Q(birth_date__isnull=False, age_value__isnull=True)
                    | Q(birth_date__isnull=True, age_value__isnull=False)
                ),
                name="person_age_is_honest",
            ),
            models.CheckConstraint(
                condition=Q(under_ten=False) | Q(child=True), name="person_under_ten_is_a_child"
            ),
            models.CheckConstraint(
                condition=Q(trace__isnull=True) | Q(standing=_S.PROPOSED.value),
                name="person_traced_while_proposed",
            ),
            models.CheckConstraint(
                condition=Q(erase_because__isnull=True)
                | Q(erase_because__in=sorted(it.value for it in Duty)),
                name="person_erased_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(schedule__in=sorted(set(SCHEDULES.values()) | {HANDED_OVER})),
                name="person_schedule_is_known",
            ),
            models.CheckConstraint(
                condition=Q(start_on__lte=F("review_on")) & Q(review_on__lte=F("max_on")),
                name="person_is_reviewed_before_the_end",
            ),
        ]
        indexes = [
            GinIndex(fields=["tokens"], name="person_by_token", fastupdate=False),
            models.Index(fields=["standing", "proposed_at"], name="person_waiting"),
            models.Index(fields=["review_on"], name="person_by_review"),
            models.Index(fields=["max_on", "reference", "review_on"], name="person_by_end"),
            models.Index(fields=["one_with"], name="person_one_with"),
            models.Index(
                fields=["review_on"],
                condition=Q(erase_because__isnull=False),
                name="person_to_erase",
            ),
            models.Index(
                fields=["child", "proposed_at"],
                condition=Q(standing__in=[_S.HELD, _S.RESTRICTED], telling__isnull=True),
                name="person_telling_undecided",
            ),
        ]

    def keep(self) -> None:
        """Store the row as its next version."""
        self.version += 1
        self.save()

    def as_fact(self, *, at: datetime) -> Person:
        """Give the record as the rules see it at a moment: what is late stands restricted."""
        closed = self.is_restricted(timezone.localdate(at))
        return Person(
            reference=self.reference,
            standing=_S.RESTRICTED if closed else PersonStanding(self.standing),
            version=self.version,
            child=self.child,
        )

    def days(self) -> Dates:
        """Give from when it is kept, when it is reviewed, and its last day."""
        return Dates(self.start_on, self.review_on, self.max_on)

    def set_days(self, days: Dates) -> None:
        """Set from when it is kept, when it is reviewed, and its last day."""
        self.start_on, self.review_on, self.max_on = days.start_on, days.review_on, days.max_on

    def as_kept(self, holds: Sequence[Hold], worked_on_by: frozenset[OfficerRef]) -> Kept:
        """Give the record as the rules about keeping see it."""
        return Kept(
            kind=RecordKind.PERSON,
            reference=self.reference,
            schedule=self.schedule,
            dates=self.days(),
            child=self.child,
            restricted=self.restricted_because is not None,
            extended=bool(self.extended),
            holds=tuple(holds),
            worked_on_by=worked_on_by,
            duty=self.duty,
        )

    @property
    def duty(self) -> Duty | None:
        """Give why it is to be erased, if it is. A25."""
        return Duty(self.erase_because) if self.erase_because else None

    def must_go(self, duty: Duty, *, today: date) -> None:
        """Set that it is to be erased, and by when, unless that is known already. A25.

        What a review came to may be declined; that the policy is gone stands above it.
        """
        if self.erase_because is None or duty is Duty.POLICY_LAPSED:
            self.erase_because = duty
            self.review_on = min(self.review_on, erase_by(today))

    def worked_on_by(self) -> frozenset[OfficerRef]:
        """Give whoever asked for, authorised, said or put right anything that is on the record."""
        found = self.links.values_list("by").union(
            self.links.values_list("authorised_by"),
            self.statements.values_list("by"),
            self.steps.filter(what__in=WORK).values_list("by"),
        )
        own = (self.proposed_by_id, self.authorised_by_id)
        return frozenset(OfficerRef(it) for it in (*own, *(it for (it,) in found)) if it)

    @classmethod
    def worked_on(cls, officer: OfficerRef) -> Q:
        """Ask whether an officer is one of those."""
        own = Q(proposed_by=officer) | Q(authorised_by=officer)
        parts = (
            Q(links__by=officer) | Q(links__authorised_by=officer),
            Q(statements__by=officer),
            Q(steps__by=officer, steps__what__in=WORK),
        )
        return reduce(or_, (Q(id__in=cls.objects.filter(it).values("id")) for it in parts), own)

    def is_restricted(self, today: date) -> bool:
        """Say whether it is closed to casework on this day, whether or not the worker came by."""
        return self.closed_because(today) is not None

    def closed_because(self, today: date) -> RestrictedBecause | None:
        """Say why it is closed to casework on this day, if it is."""
        if self.restricted_because:
            return RestrictedBecause(self.restricted_because)
        if self.standing == _S.HELD and is_late(self.review_on, today=today):
            return RestrictedBecause.NOT_REVIEWED
        return None

    def close(self, because: Closed) -> bool:
        """Close it to casework; say whether it was open. Otherwise its first reason stays."""
        if self.restricted_because is not None or self.standing != _S.HELD:
            return False
        self.standing, self.restricted_because = _S.RESTRICTED, CLOSED_BECAUSE[because]
        return True

    def open_again(self, *reasons: Closed) -> bool:
        """Open it, if it was closed for one of these reasons and for no other; say whether."""
        if self.restricted_because not in {CLOSED_BECAUSE[it] for it in reasons}:
            return False
        self.standing, self.restricted_because = _S.HELD, None
        return True

    def age(self, key: RecordKey) -> Age:
        """Read what is known of the age."""
        born, value = unsealed(self, key, "birth_date"), unsealed(self, key, "age_value")
        return Age(
            basis=AgeBasis(self.age_basis),
            as_at=self.age_as_at,
            birth_date=date.fromisoformat(born) if born else None,
            value=int(value) if value else None,
        )

    def owners(self) -> set[OfficerRef]:
        """Give the officers whose work the referrals are that this person is on record for.

        Of somebody refused nothing but the reason is left, and that is for who proposed them.
        """
        links = self.links.all()
        if self.standing != PersonStanding.REFUSED:
            links = links.filter(ended_at__isnull=True)
        return {OfficerRef(it) for it in links.values_list("referral__owner_id", flat=True)}

    def asked(self) -> Asked:
        """Give who proposed the record, and when."""
        return Asked(by=OfficerRef(self.proposed_by_id), at=self.proposed_at)


class PersonLinkRow(Row):
    """What a person is in one referral, since when, and why. It ends; it never becomes another."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="links")
    referral = models.ForeignKey(ReferralRow, on_delete=models.PROTECT, related_name="people")
    role = models.TextField()
    offence = models.TextField(null=True)
    grounds = ArrayField(models.TextField(), default=list)
    grounds_on = models.DateField(null=True)
    grounds_words = SealedField(null=True)
    necessity = SealedField(null=True)
    welfare_reason = SealedField(null=True)
    best_interests = SealedField(null=True)
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    authorised_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    authorised_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "person_link"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(it.value for it in PersonRole)),
                name="person_link_has_a_known_role",
            ),
            models.CheckConstraint(
                condition=Q(authorised_by__isnull=True, authorised_at__isnull=True)
                | Q(authorised_by__isnull=False, authorised_at__isnull=False)
                & ~Q(authorised_by=F("by")),
                name="person_link_authorised_by_a_second_officer",
            ),
            models.CheckConstraint(
                condition=NEVER_IN_FORCE | Q(necessity__isnull=False),
                name="person_link_is_necessary",
            ),
            models.CheckConstraint(
                condition=~Q(role=PersonRole.SUSPECT.value)
                | NEVER_IN_FORCE
                | Q(
                    offence__isnull=False,
                    grounds__len__gt=0,
                    grounds_on__isnull=False,
                    grounds_words__isnull=False,
                ),
                name="person_link_suspect_has_grounds",
            ),
            models.CheckConstraint(
                condition=~Q(role=PersonRole.CONVICTED.value)
                | NEVER_IN_FORCE
                | Q(offence__isnull=False, grounds_on__isnull=False),
                name="person_link_convicted_has_an_offence",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(it.value for it in ACCUSED))
                | Q(
                    offence__isnull=True,
                    grounds__len=0,
                    grounds_on__isnull=True,
                    grounds_words__isnull=True,
                ),
                name="person_link_accuses_nobody_else",
            ),
            models.CheckConstraint(
                condition=Q(grounds__contained_by=sorted(it.value for it in Ground)),
                name="person_link_has_known_grounds",
            ),
            models.UniqueConstraint(
                fields=["person", "referral"],
                condition=Q(authorised_at__isnull=False, ended_at__isnull=True),
                name="person_link_one_role_in_force",
            ),
            models.UniqueConstraint(
                fields=["person", "referral"],
                condition=Q(authorised_at__isnull=True, ended_at__isnull=True),
                name="person_link_one_role_proposed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                condition=Q(authorised_at__isnull=True, ended_at__isnull=True),
                name="person_link_waiting",
            ),
        ]

    def asked(self) -> Asked:
        """Give who proposed the role, and when."""
        return Asked(by=OfficerRef(self.by_id), at=self.at)


class PersonStepRow(Row):
    """Something one officer did with a person’s record, and why. Steps are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="steps")
    what = models.TextField()
    about = models.TextField(null=True)
    reason = SealedField(null=True)
    letter = SealedField(null=True)
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "person_step"
        indexes = [
            models.Index(
                fields=["person", "at"],
                condition=Q(what__in=LIFTING),
                name="person_step_of_lifting",
            ),
        ]


def asked_to_lift() -> models.QuerySet[PersonStepRow]:
    """Give the steps by which somebody asked to lift a restriction, and that nobody answered."""
    of_lifting = PersonStepRow.objects.filter(what__in=LIFTING)
    later = of_lifting.filter(person=OuterRef("person"), at__gt=OuterRef("at"))
    return of_lifting.filter(~Exists(later), what=LIFTING[0], person__standing=_S.RESTRICTED)


def tokens_of(name: str, birth_date: date | None) -> list[bytes]:
    """Give the token of a whole name with a birth date; without both there is none."""
    if not name or birth_date is None:
        return []
    return [blind_index().token(What.PERSON, _as_one(name, birth_date))]


def trace_of(name: str, birth_date: date | None) -> bytes | None:
    """Give by which hash it is known that a whole name with a birth date was disposed of. A24."""
    if not name or birth_date is None:
        return None
    return blind_index().token(What.DISPOSED, _as_one(name, birth_date))


def _as_one(name: str, birth_date: date) -> str:
    return f"{comparable(name)}\n{birth_date.isoformat()}"


def no_such_person() -> NotFound:
    """Refuse a reference that no person has. Who may not see one is told the same."""
    return NotFound(
        words("There is no person on record with this reference."),
        do=words("Check the reference: it looks like P-7K3M9XQA."),
    )
