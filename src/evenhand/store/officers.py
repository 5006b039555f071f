"""Officers, their roles and their tokens. The sign-in account itself is the framework's."""

import hashlib
from functools import reduce
from operator import or_
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.rules.handover import Absence
from evenhand.rules.officers import FAMILY, Family, Officer, OfficerRef, Role

FORMER = "Former officer"
"""What an officer is called whose name was erased, long after they left."""
OF_ONE_FAMILY = reduce(
    or_,
    (
        models.Q(roles__contained_by=sorted(role.value for role in Role if FAMILY[role] is family))
        for family in sorted(Family)
    ),
)
"""Nobody holds roles of two families. A61."""


class OfficerRow(models.Model):
    """What makes an account an officer: a name for colleagues and the roles held."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="officer"
    )
    name = models.TextField()
    roles = ArrayField(models.TextField())
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "officer"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=[role.value for role in Role])
                & models.Q(roles__len__gt=0),
                name="officer_has_known_roles",
            ),
            models.CheckConstraint(condition=OF_ONE_FAMILY, name="officer_has_roles_of_one_family"),
        ]

    def as_fact(self, *, may_decide: bool = True) -> Officer:
        """Give the officer as the rules see one."""
        return Officer(
            ref=OfficerRef(self.id),
            roles=frozenset(Role(role) for role in self.roles),
            name=self.name,
            may_decide=may_decide,
        )


class AbsenceRow(models.Model):
    """Days on which an officer is away, and who stands in. Why is never asked."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    officer = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    stand_in = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="stands_in"
    )
    set_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "absence"
        constraints = [
            models.UniqueConstraint(
                fields=["officer"],
                condition=models.Q(ended_at__isnull=True),
                name="absence_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="absence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(stand_in__isnull=True) | ~models.Q(stand_in=models.F("officer")),
                name="absence_has_another_stand_in",
            ),
        ]

    def as_fact(self) -> Absence:
        """Give the absence as the rules see one."""
        return Absence(
            officer=OfficerRef(self.officer_id),
            first_day=self.first_day,
            last_day=self.last_day,
            stand_in=OfficerRef(self.stand_in_id) if self.stand_in_id else None,
        )


class TokenRow(models.Model):
    """An API token of one named officer. Only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    officer = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="tokens")
    digest = models.BinaryField(unique=True)
    may_decide = models.BooleanField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "token"

    @staticmethod
    def digest_of(token: str) -> bytes:
        """Give what is stored of a token."""
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
