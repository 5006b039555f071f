"""Which platform's program is at the door, and the tokens that a platform has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.platform_tokens import Shown
from evenhand.store.asking import ask
from evenhand.store.platforms import PlatformTokenRow

KNOWN = "SELECT id, platform FROM platform_token WHERE digest = %s AND expires_at > %s"


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token of a platform as listed: since when and until when; never the token itself."""

    id: UUID
    made_by: str
    made_at: datetime
    expires_at: datetime


def shown(token: str, *, now: datetime) -> Shown | None:
    """Give which platform's token in force this is, or None."""
    [rows] = ask((KNOWN, [PlatformTokenRow.digest_of(token), now]))
    return Shown(*rows[0]) if rows else None


def in_force(platform: str, *, acting: Acting) -> Sequence[TokenLine]:
    """List the tokens of a platform that are in force, the oldest first."""
    check_may(acting.officer, Permission.READ_PLATFORMS)
    rows = PlatformTokenRow.objects.filter(platform=platform, expires_at__gt=acting.at)
    return [
        TokenLine(row.id, row.made_by.name, row.made_at, row.expires_at)
        for row in rows.select_related("made_by").order_by("made_at", "id")
    ]
