"""The parts of a request for information, the letters about it, and what of it is published."""

import json
from hashlib import sha256
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from evenhand.rules.foi_exemptions import Prejudice
from evenhand.rules.foi_neither import Neither
from evenhand.rules.foi_parts import ANSWERED_BY_THE_DESK, TWO_NEEDED, Part, Treatment, Wanted
from evenhand.rules.foi_registers import HeldIn
from evenhand.rules.officers import OfficerRef
from evenhand.rules.public_foi_letters import LetterKind
from evenhand.store.fields import SealedField
from evenhand.store.foi import FoiRequestRow
from evenhand.store.officers import OfficerRow
from evenhand.store.rows import Row

OF_DISCLOSURES = "D29"
REPLY = LetterKind.REPLY.value
MAY_BE_DENIED = sorted(it.value for it in Wanted if it not in ANSWERED_BY_THE_DESK)
NEEDS_TWO = Q(treatment__in=sorted(it.value for it in TWO_NEEDED))


class FoiPartRow(Row):
    """One part of a request: what is asked, and what becomes of it, sealed under its key.

    ``reply``: in which reply it is answered, 1 in the first, 2 in a further one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    request = models.ForeignKey(FoiRequestRow, on_delete=models.PROTECT, related_name="parts")
    number = models.IntegerField()
    reply = models.IntegerField(default=1)
    wants = models.TextField()
    held_in = models.TextField(null=True)
    asked = SealedField()
    treatment = models.TextField(null=True)
    question = models.TextField(default="")
    published = models.TextField(default="")
    answer = SealedField(null=True)
    exemption = models.TextField(default="")
    why = SealedField(null=True)
    prejudice = models.TextField(null=True)
    how = SealedField(null=True)
    public_interest = SealedField(null=True)
    by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "foi_part"
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="foi_part_numbered_once"),
            models.CheckConstraint(
                condition=Q(wants__in=[it.value for it in Wanted])
                & (Q(treatment=None) | Q(treatment__in=[it.value for it in Treatment]))
                & (Q(prejudice=None) | Q(prejudice__in=[it.value for it in Prejudice])),
                name="foi_part_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(held_in=None) | Q(held_in__in=[it.value for it in HeldIn]),
                name="foi_part_is_of_a_known_register",
            ),
            models.CheckConstraint(
                condition=Q(treatment=None, by=None, answer=None, why=None, exemption="")
                | Q(
                    treatment=Treatment.GIVEN.value,
                    by__isnull=False,
                    answer__isnull=False,
                    exemption="",
                )
                | Q(
                    treatment=Treatment.NOT_HELD.value,
                    by__isnull=False,
                    answer=None,
                    why__isnull=False,
                    exemption="",
                    question="",
                )
                | (
                    Q(
                        treatment=Treatment.WITHHELD.value,
                        by__isnull=False,
                        answer=None,
                        why__isnull=False,
                    )
                    & ~Q(exemption="")
                )
                | Q(
                    treatment=Treatment.NEITHER.value,
                    by__isnull=False,
                    answer=None,
                    why__isnull=False,
                    exemption__in=[it.value for it in Neither],
                    question="",
                    wants__in=MAY_BE_DENIED,
                ),
                name="foi_part_says_all_that_it_must",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (NEEDS_TWO & Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("by"))),
                name="foi_part_confirmed_by_another",
            ),
        ]

    def as_fact(self) -> Part:
        """Give the part as the rules see it."""
        return Part(
            number=self.number,
            reply=self.reply,
            wants=Wanted(self.wants),
            held_in=HeldIn(self.held_in) if self.held_in else None,
            treatment=Treatment(self.treatment) if self.treatment else None,
            question=self.question,
            exemption=self.exemption,
            by=OfficerRef(self.by_id) if self.by_id else None,
            confirmed_by=OfficerRef(self.confirmed_by_id) if self.confirmed_by_id else None,
            version=self._version(),
        )

    def _version(self) -> str:
        """Give what tells the part as it stands from how it stood: sealed anew, it is another."""
        plain = (self.wants, self.held_in, self.treatment, self.question, self.exemption)
        sealed = (self.asked, self.answer, self.why, self.how, self.public_interest)
        who = (self.prejudice, self.by_id, self.confirmed_by_id)
        said = [*map(str, (*plain, *who)), *(bytes(it or b"").hex() for it in sealed)]
        return sha256(json.dumps(said).encode()).hexdigest()


class FoiLetterRow(Row):
    """A letter to whoever asked, sealed as it is sent. A reply is sent once another approved it.

    ``reply``: which of the replies it is, or 1 where it is none.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    request = models.ForeignKey(FoiRequestRow, on_delete=models.PROTECT, related_name="letters")
    number = models.IntegerField()
    reply = models.IntegerField(default=1)
    kind = models.TextField()
    text = SealedField()
    published = SealedField(null=True)
    title = models.TextField(default="")
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    by_mail = models.BooleanField(default=False)
    sent_on = models.DateField(null=True)
    failed = models.TextField(default="")

    class Meta:
        app_label = "store"
        db_table = "foi_letter"
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="foi_letter_numbered_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[it.value for it in LetterKind]),
                name="foi_letter_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | (Q(kind=REPLY, approved_at__isnull=False) & ~Q(approved_by=F("by"))),
                name="foi_letter_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(kind=REPLY, sent_on__isnull=False)
                | Q(approved_by__isnull=False, returned_at=None),
                name="foi_letter_of_reply_sent_when_approved",
            ),
            models.UniqueConstraint(
                fields=["request", "reply"],
                condition=Q(kind=REPLY, returned_at=None),
                name="foi_letter_one_of_each_reply",
            ),
        ]


class FoiDisclosureRow(Row):
    """What is published of a reply: for everybody, without whoever asked. It outlives the rest.

    ``reply``: 1 is the first to a request; a further one stands beside it. ``tables``: the numbers
    that it tells, as they are compared with whatever else is to be published.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    number = models.TextField()
    reply = models.IntegerField(default=1)
    title = models.TextField()
    body = models.TextField()
    tables = models.TextField(default="[]")
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    replied_on = models.DateField()
    outcome = models.TextField()
    schedule = models.TextField(default=OF_DISCLOSURES)
    max_on = models.DateField()

    class Meta:
        app_label = "store"
        db_table = "foi_disclosure"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "reply"], name="foi_disclosure_one_of_each_reply"
            ),
            models.CheckConstraint(
                condition=Q(schedule=OF_DISCLOSURES, max_on__gte=F("replied_on")),
                name="foi_disclosure_is_on_the_schedule",
            ),
        ]
        indexes = [
            models.Index(fields=["-replied_on", "-number", "-reply"], name="foi_disclosure_newest"),
            models.Index(fields=["max_on"], name="foi_disclosure_to_forget"),
        ]
