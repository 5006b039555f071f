"""Letters of the rights desk as rows, and the packs that go with them, as they were proposed."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from evenhand.rules.rights_replies import LetterKind, LetterStanding, RightsOutcome, Route
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.people import PersonRow
from evenhand.store.rights import OfARequest, RightsRequestRow
from evenhand.store.rows import Row

_S = LetterStanding
IS_REPLY = Q(kind=LetterKind.REPLY.value)
IS_FURTHER = Q(kind=LetterKind.FURTHER.value)
WAITS = (_S.PROPOSED.value, _S.APPROVED.value)
"""Where a letter stands that was written and has not left."""


class RightsLetterRow(OfARequest):
    """One letter. ``because`` is for the desk; ``text`` what the person reads, to the last byte.

    ``not_searched``: how many records of old systems in quarantine had no whole name with a birth
    date, by which a search finds them, when a reply was proposed.
    """

    request = models.ForeignKey(RightsRequestRow, on_delete=models.PROTECT, related_name="letters")
    kind = models.TextField()
    outcome = models.TextField(null=True)
    subject = SealedField()
    text = SealedField()
    because = SealedField(null=True)
    not_searched = models.IntegerField(null=True)
    standing = models.TextField()
    answered_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answer = SealedField(null=True)
    route = models.TextField(null=True)
    in_the_post = models.BooleanField(default=False)
    failure = models.TextField(null=True)
    sent_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)

    class Meta(OfARequest.Meta):
        db_table = "rights_letter"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=sorted(it.value for it in LetterKind),
                    standing__in=sorted(it.value for it in LetterStanding),
                ),
                name="rights_letter_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(
                    IS_REPLY,
                    outcome__in=sorted(it.value for it in RightsOutcome),
                    outcome__isnull=False,
                    because__isnull=False,
                )
                | (IS_FURTHER & Q(outcome__isnull=True, because__isnull=False))
                | (~IS_REPLY & ~IS_FURTHER & Q(outcome__isnull=True, answered_by__isnull=True)),
                name="rights_letter_replies_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=(~IS_REPLY & ~IS_FURTHER)
                | Q(standing=_S.PROPOSED.value)
                | (Q(answered_by__isnull=False) & ~Q(answered_by=F("by"))),
                name="rights_letter_answered_by_a_second_officer",
            ),
            models.CheckConstraint(
                condition=~Q(standing=_S.SENT.value)
                | Q(
                    sent_at__isnull=False,
                    sent_by__isnull=False,
                    route__in=sorted(it.value for it in Route),
                    route__isnull=False,
                    in_the_post=False,
                ),
                name="rights_letter_left_by_a_route",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=IS_REPLY & ~Q(standing=_S.RETURNED.value),
                name="rights_letter_one_reply",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=IS_FURTHER & Q(standing__in=WAITS),
                name="rights_letter_one_further_waits",
            ),
        ]


class RightsPackRow(Row):
    """What is given of one record with one reply, as it was proposed; sealed under its key."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    letter = models.ForeignKey(RightsLetterRow, on_delete=models.PROTECT, related_name="packs")
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="+")
    pack = SealedField()

    class Meta:
        app_label = "store"
        db_table = "rights_pack"
        constraints = [
            models.UniqueConstraint(fields=["letter", "person"], name="rights_pack_once"),
        ]
