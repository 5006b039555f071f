"""Whether the desk has a content already, asked by one officer at a time."""

from collections.abc import Iterable, Sequence

from django.db import connection

from evenhand.rules.intake import SameContent
from evenhand.rules.referrals import State
from evenhand.rules.words import words
from evenhand.store.referrals import ReferralRow


def lock(tokens: Iterable[bytes]) -> None:
    """Let one officer at a time log a content or look at an account; the second sees the first.

    In one order for everyone: two officers with the same addresses wait, and never for ever.
    """
    keys = sorted({int.from_bytes(token[:7], "big") for token in tokens})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def earlier_ones(token: bytes, *, decided: bool) -> Sequence[ReferralRow]:
    """Find the desk's referrals of this content. Raises SameContent unless it was decided on."""
    earlier = list(
        ReferralRow.objects.filter(same_content=token)
        .exclude(state=State.DUPLICATE)
        .order_by("number")[:20]
    )
    if earlier and not decided:
        raise SameContent(
            words("This desk has this content already: {references}."),
            do=words("Link it as a duplicate, or say why you go on with a new referral."),
            at="url",
            references=", ".join(row.reference for row in earlier),
        )
    return earlier
