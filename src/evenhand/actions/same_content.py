"""Whether the desk has a content already, asked by one officer at a time."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from evenhand.rules.content import Content
from evenhand.rules.intake import SameContent
from evenhand.rules.referrals import State
from evenhand.rules.words import words
from evenhand.seal.blind import What
from evenhand.store.asking import ask
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import blind_index
from evenhand.store.trips import send

MOST = 20
LOCK = "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key"
EARLIER = (
    "SELECT id, reference FROM referral WHERE same_content = %s"  # noqa: S608
    f" AND state <> '{State.DUPLICATE}' ORDER BY number LIMIT {MOST}"
)


MARKED = (
    "SELECT statutory_with FROM referral WHERE same_content = %s"
    " AND statutory_with IS NOT NULL LIMIT 1"
)


class Earlier(NamedTuple):
    """A referral that the desk has already."""

    id: UUID
    reference: str


def tokens_of(content: Content) -> list[bytes]:
    """Give what to lock: the token of the content, and that of the account that it names."""
    token = blind_index().token(What.CONTENT, content.same_content_key)
    account = content.account
    return [token, blind_index().token(What.ACCOUNT, account)] if account else [token]


def lock(tokens: Iterable[bytes]) -> None:
    """Let one officer at a time log a content or look at an account; the second sees the first.

    In one order for everyone: two officers with the same addresses wait, and never for ever.
    """
    send(LOCK, [sorted({int.from_bytes(token[:7], "big") for token in tokens})])


def lock_content_of(*references: str) -> None:
    """Let one officer at a time end or link referrals of the same content, before any is locked."""
    named = [it.strip().replace("\0", "") for it in references]
    tokens = ReferralRow.objects.filter(reference__in=named)
    lock(bytes(it) for it in tokens.values_list("same_content", flat=True) if it)


def earlier_ones(token: bytes, *, decided: bool) -> tuple[Sequence[Earlier], UUID | None]:
    """Find the desk's referrals of this content, and which of it went by the statutory route.

    Raises SameContent unless it was decided on.
    """
    rows, marked = ask((EARLIER, [token]), (MARKED, [token]))
    earlier = [Earlier(*row) for row in rows]
    if earlier and not decided:
        raise SameContent(
            words("This desk has this content already: {references}."),
            do=words("Link it as a duplicate, or say why you go on with a new referral."),
            at="url",
            references=", ".join(it.reference for it in earlier),
        )
    return earlier, marked[0][0] if marked else None
