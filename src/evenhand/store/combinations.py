"""What was decided about pairs of records, and how many people are on record: a stored fact."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest, Least

from evenhand.rules.combinations import (
    ON_RECORD,
    UNDONE_WITHIN,
    Combination,
    CombinationStanding,
)
from evenhand.rules.officers import OfficerRef, Permission
from evenhand.rules.people import Asked, PersonStanding
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.fields import SealedField
from evenhand.store.machinery import ConsultationRow
from evenhand.store.officers import OfficerRow
from evenhand.store.people import GONE, PersonRow, PersonStepRow
from evenhand.store.rows import Row
from evenhand.store.trips import send

_C = CombinationStanding
DECIDED = [_C.APART.value, _C.PROPOSED.value, _C.JOINED.value]
NOT_ANSWERED = Q(answered_by__isnull=True, answered_at__isnull=True)
ANSWERED = Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answered_by=F("decided_by"))
NOT_UNDONE = Q(undone_by__isnull=True, undone_at__isnull=True)
EVERYBODY = ""
"""The system under which people are counted across all systems."""
OWN_SYSTEM = "evenhand"
CHANGES = ("correct", "change_role", "restrict")
"""The steps on one record after which somebody looks at those that are joined with it."""


class CombinationRow(Row):
    """Two records, and whether they are one person’s. ``first`` is the one that was looked from."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    first = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="+")
    standing = models.TextField()
    reason = SealedField(null=True)
    decided_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    answer = SealedField(null=True)
    answered_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    undone_because = SealedField(null=True)
    undone_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "combination"
        constraints = [
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                condition=Q(standing__in=[_C.PROPOSED.value, _C.JOINED.value]),
                name="combination_of_a_pair_once",
            ),
            models.CheckConstraint(condition=~Q(first=F("second")), name="combination_of_two"),
            models.CheckConstraint(
                condition=(
                    Q(standing__in=[_C.APART.value, _C.PROPOSED.value, _C.LAPSED.value])
                    & NOT_ANSWERED
                    & NOT_UNDONE
                )
                | (Q(standing__in=[_C.REFUSED.value, _C.JOINED.value]) & ANSWERED & NOT_UNDONE)
                | (
                    Q(
                        standing=_C.UNDONE.value,
                        undone_by__isnull=False,
                        undone_at__isnull=False,
                        undone_at__lte=F("answered_at") + UNDONE_WITHIN,
                    )
                    & ANSWERED
                ),
                name="combination_by_two_officers",
            ),
        ]
        indexes = [
            models.Index(fields=["standing", "decided_at"], name="combination_waiting"),
        ]

    def as_fact(self) -> Combination:
        """Give what was decided as the rules see it."""
        joined = self.standing == _C.JOINED
        return Combination(
            standing=_C(self.standing), joined_at=self.answered_at if joined else None
        )

    def asked(self) -> Asked:
        """Give who proposed it, and when."""
        return Asked(by=OfficerRef(self.decided_by_id), at=self.decided_at)


class PeopleCountRow(models.Model):
    """How many records and how many people are on record, by the system that they come from.

    Kept by the database itself in the transaction of each change. ``system`` is empty for all.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    system = models.TextField(unique=True)
    records = models.IntegerField()
    people = models.IntegerField()

    class Meta:
        app_label = "store"
        db_table = "people_count"
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=0, people__lte=F("records")),
                name="people_count_fits_records",
            )
        ]


class PeopleKnownRow(models.Model):
    """How many records and people were on record at the end of a day on which that changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    system = models.TextField()
    known_on = models.DateField()
    records = models.IntegerField()
    people = models.IntegerField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."people_known"'


def locked_pair(ref: UUID) -> CombinationRow:
    """Give what was decided about a pair, locked with both records. Raises NotFound."""
    row = CombinationRow.objects.select_for_update(of=("self",)).filter(id=ref).first()
    if row is None:
        raise NotFound(
            words("There are no such two records."), do=words("Look at what waits for you.")
        )
    people = {it.id: it for it in _lock([row.first_id, row.second_id])}
    row.first, row.second = people[row.first_id], people[row.second_id]
    return row


def lock_both(first: str, second: str) -> tuple[PersonRow, PersonRow]:
    """Lock two records in one order, so that nobody waits for each other. Raises NotFound."""
    refs = [PersonRow.objects.named(it).id for it in (first, second)]
    people = {it.id: it for it in _lock(refs)}
    return people[refs[0]], people[refs[1]]


def matches(row: PersonRow) -> models.QuerySet[PersonRow]:
    """Give the records of exactly the same name and birth date, but what is one with this one."""
    tokens = [bytes(it) for it in row.tokens]
    found = PersonRow.objects.filter(standing__in=sorted(ON_RECORD))
    found = found.exclude(id=row.id).exclude(one_with=row.one_with)
    return found.filter(tokens__overlap=tokens) if tokens else found.none()


def undecided(row: PersonRow) -> models.QuerySet[PersonRow]:
    """Give the exact matches of which nobody said yet whether they are the same person."""
    about = CombinationRow.objects.filter(standing__in=DECIDED)
    told = about.filter(first=row).values("second"), about.filter(second=row).values("first")
    return matches(row).exclude(id__in=told[0]).exclude(id__in=told[1])


def and_joined(people: models.QuerySet[PersonRow]) -> models.QuerySet[PersonRow]:
    """Give these people with every record that two officers joined with one of them."""
    ones = people.order_by().values("one_with")
    return PersonRow.objects.filter(~GONE, one_with__in=ones).order_by("id")


def joined_with(row: PersonRow) -> Sequence[PersonRow]:
    """Give the other records of which two officers said that they are the same person's."""
    others = PersonRow.objects.filter(~GONE, one_with=row.one_with).exclude(id=row.id)
    return list(others.order_by("id"))


def with_undecided() -> models.QuerySet[PersonRow]:
    """Give the records with exact matches that nobody has told apart yet.

    That is who is proposed, and who came on record after somebody of the same name.
    """
    about = CombinationRow.objects.filter(standing__in=DECIDED)
    here, there = OuterRef(OuterRef("pk")), OuterRef("pk")
    told = about.filter(Q(first=here, second=there) | Q(first=there, second=here))
    same = PersonRow.objects.filter(
        ~Exists(told), standing__in=sorted(ON_RECORD), tokens__overlap=OuterRef("tokens")
    ).exclude(one_with=OuterRef("one_with"))
    later = RawSQL("SELECT machinery.people_undecided()", [])
    which = Q(standing=PersonStanding.PROPOSED.value) | Q(
        standing__in=sorted(ON_RECORD), one_with__in=later
    )
    return PersonRow.objects.filter(which, Exists(same))


def lock_matches(row: PersonRow) -> None:
    """Have nobody else of the same name and birth date come on record until the end of the act."""
    send("SELECT lock_people_of(%s::bytea[])", [[bytes(it) for it in row.tokens]])


def let_lapse(row: PersonRow) -> None:
    """End what was proposed of a record that goes; why anything was decided goes with its key."""
    about = CombinationRow.objects.filter(first=row)
    about.update(reason=None, answer=None, undone_because=None)
    about.filter(standing=_C.PROPOSED).update(standing=_C.LAPSED)


def changed_beside(readers: Sequence[str], *, most: int) -> Sequence[tuple[UUID, str, datetime]]:
    """Give the joined records of which another one changed since they were looked at, and when.

    A look counts that gave a reason, by an officer with one of these roles; and so does a joining.
    """
    joined = CombinationRow.objects.filter(standing=_C.JOINED)
    here, since = OuterRef("pk"), OuterRef("since")
    beside = PersonStepRow.objects.filter(person__one_with=OuterRef("one_with"), what__in=CHANGES)
    beside = beside.exclude(person=here).order_by("-at")
    looked = ConsultationRow.objects.filter(
        about=here,
        at__gt=since,
        why=Permission.READ_PERSON,
        reason__isnull=False,
        officer__in=OfficerRow.objects.filter(roles__overlap=list(readers)).values("id"),
    )
    later = joined.filter(Q(first=here) | Q(second=here), answered_at__gt=since)
    rows = PersonRow.objects.filter(
        id__in=joined.values("first").union(joined.values("second")),
        standing__in=sorted(ON_RECORD),
    ).annotate(since=Subquery(beside.values("at")[:1]))
    found = rows.filter(~Exists(looked), ~Exists(later), since__isnull=False)
    return list(found.order_by("since", "id").values_list("id", "reference", "since")[:most])


def are_one(first: PersonRow, second: PersonRow) -> bool:
    """Say whether two records are joined, directly or through others."""
    return (first.one_with or first.id) == (second.one_with or second.id)


def _lock(refs: Sequence[UUID]) -> Sequence[PersonRow]:
    rows = PersonRow.objects.select_related("key").select_for_update(of=("self",))
    return list(rows.filter(id__in=refs).order_by("id"))
