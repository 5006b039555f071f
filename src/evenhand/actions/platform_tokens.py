"""The tokens of platforms' own programs: made, shown once, ended."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from evenhand.actions.entering import entered
from evenhand.actions.platforms import lock
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.platform_tokens import check_how_many, ends_at, unknown
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store import platform_versions
from evenhand.store.platforms import PlatformTokenRow
from evenhand.store.writing import writing


def make(platform: str, *, acting: Acting) -> str:
    """Make a token for a platform's program and give it, this once.

    Raises TooManyTokens, and NotFound where this desk keeps no such platform.
    """
    check_may(acting.officer, Permission.EDIT_PLATFORM)
    token = secrets.token_urlsafe(32)
    with writing() as pen:
        lock(platform)
        if platform_versions.current(platform) is None:
            raise NotFound(words("There is no platform with this code."), do=words("Add it first."))
        check_how_many(_in_force(platform, acting.at).count())
        row = PlatformTokenRow.objects.create(
            platform=platform,
            digest=PlatformTokenRow.digest_of(token),
            made_by_id=acting.officer.ref,
            made_at=acting.at,
            expires_at=ends_at(acting.at),
        )
        pen.enter(_about(row, Act.PLATFORM_TOKEN_MADE, 1, acting))
    return token


def end(platform: str, token: UUID, *, acting: Acting) -> None:
    """End a token at once. Raises PlatformTokenUnknown where it is not in force."""
    check_may(acting.officer, Permission.EDIT_PLATFORM)
    with writing() as pen:
        lock(platform)
        row = _in_force(platform, acting.at).filter(id=token).first()
        if row is None:
            raise unknown()
        row.expires_at = acting.at
        row.save(update_fields=["expires_at"])
        pen.enter(_about(row, Act.PLATFORM_TOKEN_ENDED, 2, acting))


def _in_force(platform: str, now: datetime) -> QuerySet[PlatformTokenRow]:
    return PlatformTokenRow.objects.filter(platform=platform, expires_at__gt=now)


def _about(row: PlatformTokenRow, act: Act, version: int, acting: Acting) -> Entry:
    return entered(
        act,
        Permission.EDIT_PLATFORM,
        acting=acting,
        obj=row.id,
        ver=version,
        outcome=Code(row.platform),
    )
