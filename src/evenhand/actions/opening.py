"""Opening a restored desk: an administrator proposes it, the data protection officer attests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from evenhand.actions.entering import committed, entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Commitment, Entry
from evenhand.rules import opening
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.texts import check_reason
from evenhand.store.machinery import ReconciliationRow
from evenhand.store.opening import RestorationRow
from evenhand.store.sealing import new_record_key, open_record_key, seal_into
from evenhand.store.writing import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a restore found and did.

    ``as_of`` is when the backup was made, ``tree`` the size and root of the published log, ``lost``
    what the backup had not, by act. ``again`` erasures were done again; of ``beyond`` the log has
    lost the entry. ``clock_ran`` is false where holds were lost.
    """

    as_of: datetime
    tree: tuple[int, bytes] | None
    lost: Mapping[str, int]
    again: int
    beyond: int
    clock_ran: bool


def keep_closed(found: Found, *, acting: Acting) -> None:
    """Keep a desk closed that was restored just now, until two people opened it."""
    with writing() as pen:
        ref = uuid4()
        new_record_key(ref)
        size, root = found.tree or (None, None)
        row = RestorationRow(
            id=ref,
            key_id=ref,
            as_of=found.as_of,
            restored_at=acting.at,
            tree_size=size,
            tree_root=root,
            lost=dict(found.lost),
            erased_again=found.again,
            beyond=found.beyond,
            clock_ran=found.clock_ran,
        )
        row.save(force_insert=True)
        entry = Entry(act=Act.DESK_KEPT_CLOSED, at=acting.at, who=acting.officer.ref, obj=row.id)
        pen.enter(entry)


def propose(reason: str, *, acting: Acting) -> None:
    """Propose to open the desk, saying what was looked at and done again. E-OPEN-03.

    Proposed anew, it takes the place of what was proposed before.
    """
    check_may(acting.officer, Permission.PROPOSE_OPENING)
    check_reason(reason)
    with writing() as pen:
        newest, *earlier = _waiting()
        opening.check_compared(_compared_at(), newest.restored_at)
        key = open_record_key(newest.key)
        for row in (newest, *earlier):
            row.proposed_by_id, row.proposed_at = acting.officer.ref, acting.at
            seal_into(row, open_record_key(row.key), reason=reason)
            row.save()
        told = committed(key, reason)
        pen.enter(_entry(newest, Act.OPENING_PROPOSED, Permission.PROPOSE_OPENING, acting, told))


def attest(*, acting: Acting) -> None:
    """Attest what was proposed, and so open the desk."""
    check_may(acting.officer, Permission.ATTEST_OPENING)
    with writing() as pen:
        waiting = _waiting()
        opening.check_may_attest(waiting[0].as_asked(), acting.officer, now=acting.at)
        for row in waiting:
            row.opened_by_id, row.opened_at = acting.officer.ref, acting.at
            row.save()
        pen.enter(_entry(waiting[0], Act.OPENING_ATTESTED, Permission.ATTEST_OPENING, acting))


def _waiting() -> list[RestorationRow]:
    """Give the restores that nobody has opened the desk after, newest first. Raises NothingToOpen.

    There is an earlier one where the backup was made of a desk that was closed itself.
    """
    found = RestorationRow.objects.select_related("key").select_for_update(of=("self",))
    rows = list(found.filter(opened_at=None).order_by("-restored_at"))
    opening.check_waits(rows)
    return rows


def _compared_at() -> datetime | None:
    done = ReconciliationRow.objects.filter(failure="").order_by("-ended_at")
    return done.values_list("ended_at", flat=True).first()


def _entry(
    row: RestorationRow,
    act: Act,
    permission: Permission,
    acting: Acting,
    reason: Commitment | None = None,
) -> Entry:
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        reason=reason,
    )
