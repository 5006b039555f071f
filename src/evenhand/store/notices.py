"""What a notice says, from what is stored, and the leave to send it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from evenhand.rules.assessments import Ground
from evenhand.rules.messages import (
    Message,
    NoticeFacts,
    chase_explanation,
    chase_message,
    explanation,
    weapons_reminder,
    withdrawal_explanation,
    withdrawal_message,
)
from evenhand.rules.notice_forms import FILES, NoticeForm
from evenhand.rules.notices import ANY_OTHER_SITE, NoticeKind, SignOff, Transport
from evenhand.rules.platform_links import ends_at
from evenhand.rules.platforms import Kept
from evenhand.rules.sheets import FormFacts, Sheet, filled
from evenhand.seal.record import RecordKey
from evenhand.store import platform_versions
from evenhand.store.lawbook import lawbook
from evenhand.store.platform_links import address_of
from evenhand.store.platforms import SignOffRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed

A_MINUTE = timedelta(minutes=1)


def sign_off_for(
    platform: str, transport: str = Transport.EMAIL, *, at: datetime | None = None
) -> SignOff | None:
    """Give the current sign-off for a channel to a platform; one for another channel if none is.

    Sites without any of their own share those of ``other``. ``at``: the one that was in force then.
    """
    signed = sign_offs_for(platform, at=at)
    return next((it for it in signed if it.transport == transport), next(iter(signed), None))


def sign_offs_for(platform: str, *, at: datetime | None = None) -> Sequence[SignOff]:
    """Give the current sign-offs of a platform, one a channel, else those for any other site."""
    in_force = Q(ended_at__isnull=True)
    if at is not None:
        # People tell the time in minutes: signed within the minute is before it.
        in_force = (in_force | Q(ended_at__gt=at)) & Q(signed_at__lt=at + A_MINUTE)
    rows = SignOffRow.objects.filter(in_force, platform__in=[platform, ANY_OTHER_SITE])
    signed = [
        row.as_fact(contact=unsealed(row, open_record_key(row.key), "contact"))
        for row in rows.select_related("key").order_by("transport", "-signed_at")
    ]
    return [it for it in signed if it.platform == platform] or signed


def channels_of(platforms: Collection[str]) -> Mapping[str, Collection[str]]:
    """Give the channels that some platforms are signed off for, in one query."""
    rows = SignOffRow.objects.filter(
        ended_at__isnull=True, platform__in=[*platforms, ANY_OTHER_SITE]
    )
    signed: dict[str, set[str]] = {}
    for platform, transport in rows.values_list("platform", "transport"):
        signed.setdefault(platform, set()).add(transport)
    others = signed.get(ANY_OTHER_SITE, set())
    return {it: signed.get(it, others) for it in platforms}


def forms_taken(platform: str, *asked: NoticeForm) -> Collection[NoticeForm]:
    """Give the forms with a file that a platform takes by e-mail; only asked where one is meant."""
    if not set(FILES) & set(asked):
        return ()
    kept = platform_versions.current(platform)
    channel = kept.platform.channel(Transport.EMAIL) if kept else None
    return channel.takes if channel else ()


def chase_notice(row: ReferralRow, key: RecordKey, *, at: datetime) -> Message:
    """Write the next reminder."""
    first_sent_at = row.sent_at or at
    facts, number = facts_of(row, key), row.chases + 1
    if row.answer_by:
        return weapons_reminder(facts, given_at=timezone.localtime(first_sent_at), number=number)
    return chase_message(facts, first_sent_at=first_sent_at, number=number)


def withdrawal_notice(row: ReferralRow, key: RecordKey, *, at: datetime) -> Message:
    """Write that a referral is withdrawn."""
    sent_at = timezone.localtime(row.sent_at or at)
    return withdrawal_message(facts_of(row, key), sent_at=sent_at, is_order=bool(row.answer_by))


def sheet_of(row: ReferralRow, key: RecordKey, kind: NoticeKind, *, at: datetime) -> Sheet:
    """Fill the platform's form for a referral, its next reminder or its withdrawal. SheetEmpty."""
    kept = platform_versions.current(row.platform)
    portal = kept.platform.channel(Transport.PORTAL) if kept else None
    facts = facts_of(row, key)
    text, sent_at = explanation(facts), timezone.localtime(row.sent_at or at)
    if kind is NoticeKind.WITHDRAWAL:
        text = withdrawal_explanation(facts, sent_at=sent_at)
    if kind is NoticeKind.CHASE:
        text = chase_explanation(facts, first_sent_at=sent_at, number=row.chases + 1)
    form = FormFacts(
        notice=facts,
        content_id=unsealed(row, key, "content_id"),
        their_harm=_their_harm(row, kept, facts, at=at),
        explanation=text,
    )
    return Sheet(
        platform=row.platform,
        version=kept.number if kept else 0,
        reference=row.reference,
        kind=kind,
        fields=filled(portal.fields if portal else (), form),
        verified=bool(portal and portal.fields_verified),
    )


def _their_harm(row: ReferralRow, kept: Kept | None, facts: NoticeFacts, *, at: datetime) -> str:
    """Name the harm as the platform's own policies do, where one of them speaks of it."""
    if kept is None or row.harm is None:
        return facts.harm.title
    harm = lawbook().harm(row.harm)
    named = kept.platform.policies_for(harm, on=timezone.localdate(at))
    return named[0].title if named else facts.harm.title


def facts_of(row: ReferralRow, key: RecordKey) -> NoticeFacts:
    """Give what a notice about an assessed referral is made from."""
    assessment = row.assessmentrows.latest("number")
    return NoticeFacts(
        reference=row.reference,
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        url=unsealed(row, key, "canonical_url"),
        harm=lawbook().harm(assessment.harm),
        ground=Ground(assessment.ground),
        provision=unsealed(assessment, key, "provision"),
        provision_why=unsealed(assessment, key, "provision_why"),
        policy_clause=unsealed(assessment, key, "policy_clause"),
        policy_version=unsealed(assessment, key, "policy_version"),
        policy_why=unsealed(assessment, key, "policy_why"),
        evidence=unsealed(assessment, key, "evidence_inside"),
        answer_at=address_of(row),
        answer_until=timezone.localtime(ends_at(row.approved_at or row.state_since)),
        observed_at=timezone.localtime(row.observed_at),
    )
