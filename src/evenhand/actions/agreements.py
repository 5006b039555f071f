"""Agreements: proposed by their owner, signed by the data protection officer, ended by either."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from evenhand.actions.entering import entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.agreements import (
    AgreementStands,
    AgreementWrong,
    NamedPerson,
    RecipientKind,
    Terms,
    check_opening,
    check_terms,
)
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.people import Asked, check_second_officer
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.seal.age import LockUnusable, check_lock
from evenhand.store import agreements
from evenhand.store.sharing import AgreementRow, OpenedKindRow
from evenhand.store.writing import writing


def people(
    lines: Sequence[tuple[str, str]], *, known: Sequence[NamedPerson] = ()
) -> tuple[NamedPerson, ...]:
    """Give the named people of an agreement; who was named before keeps the id that the log has."""
    ids = {(it.name, it.email): it.ref for it in known}
    return tuple(NamedPerson(ids.get(it) or uuid4(), *it) for it in dict.fromkeys(lines))


def propose(terms: Terms, reference: str = "", *, acting: Acting) -> str:
    """Propose an agreement, or a new version of one; give its reference. Nothing is in force yet.

    A version that was proposed before and not signed is over.
    """
    check_may(acting.officer, Permission.PROPOSE_AGREEMENT)
    home = settings.DESK.country.partition("-")[0]
    check_terms(terms, home=home, today=timezone.localdate(acting.at))
    _check_lock(terms.lock)
    with writing() as pen:
        number = 1
        if reference:
            _lock(reference)
            newest = _rows().filter(reference=reference).order_by("-number").first()
            if newest is None:
                raise no_agreement()
            number = newest.number + 1
            _rows().filter(_WAITS, reference=reference).update(over_at=acting.at)
        row = agreements.store(terms, reference or agreements.new_reference("A"), number, acting)
        pen.enter(_about(Act.AGREEMENT_PROPOSED, row, Permission.PROPOSE_AGREEMENT, acting))
    return row.reference


def sign(reference: str, number: int, *, acting: Acting) -> None:
    """Sign the version that was read: it is in force, and the one before it is over."""
    check_may(acting.officer, Permission.SIGN_AGREEMENT)
    with writing() as pen:
        _lock(reference)
        row = _rows().filter(_WAITS, reference=reference, number=number).first()
        if row is None:
            raise no_agreement()
        asked = Asked(by=OfficerRef(row.proposed_by_id), at=row.proposed_at)
        check_second_officer(asked, acting.officer, now=acting.at)
        _rows().filter(_IN_FORCE, reference=reference).update(over_at=acting.at)
        row.signed_by_id, row.signed_at = acting.officer.ref, acting.at
        row.save()
        pen.enter(_about(Act.AGREEMENT_SIGNED, row, Permission.SIGN_AGREEMENT, acting))


def end(reference: str, *, acting: Acting) -> None:
    """End an agreement at once, signed or proposed: nothing leaves under it any more."""
    check_may(acting.officer, Permission.END_AGREEMENT)
    with writing() as pen:
        _lock(reference)
        rows = list(_rows().filter(reference=reference, over_at__isnull=True).order_by("number"))
        if not rows:
            raise no_agreement()
        _rows().filter(id__in=[it.id for it in rows]).update(over_at=acting.at)
        pen.enter(_about(Act.AGREEMENT_ENDED, rows[0], Permission.END_AGREEMENT, acting))


def ask_to_open(kind: RecipientKind, enactment: str, expires_on: date, *, acting: Acting) -> None:
    """Ask for leave to share with a closed kind of recipient under a named enactment."""
    check_may(acting.officer, Permission.PROPOSE_AGREEMENT)
    check_opening(kind, enactment, expires_on, today=timezone.localdate(acting.at))
    with writing() as pen:
        _lock(kind)
        _opened(kind).update(ended_at=acting.at)
        row = OpenedKindRow.objects.create(
            kind=kind,
            enactment=enactment,
            asked_by_id=acting.officer.ref,
            asked_at=acting.at,
            expires_on=expires_on,
        )
        pen.enter(_of_kind(Act.KIND_ASKED, row, Permission.PROPOSE_AGREEMENT, acting))


def approve_opening(kind: RecipientKind, *, acting: Acting) -> None:
    """Approve it as the data protection officer: the kind is open until the day named."""
    check_may(acting.officer, Permission.SIGN_AGREEMENT)
    with writing() as pen:
        _lock(kind)
        row = _opened(kind).filter(approved_at__isnull=True).first()
        if row is None:
            raise _nothing_asked()
        asked = Asked(by=OfficerRef(row.asked_by_id), at=row.asked_at)
        check_second_officer(asked, acting.officer, now=acting.at)
        row.approved_by_id, row.approved_at = acting.officer.ref, acting.at
        row.save()
        pen.enter(_of_kind(Act.KIND_OPENED, row, Permission.SIGN_AGREEMENT, acting))


def close_kind(kind: RecipientKind, *, acting: Acting) -> None:
    """Close a kind of recipient again, at once."""
    check_may(acting.officer, Permission.END_AGREEMENT)
    with writing() as pen:
        _lock(kind)
        row = _opened(kind).first()
        if row is None:
            raise _nothing_asked()
        row.ended_at = acting.at
        row.save()
        pen.enter(_of_kind(Act.KIND_CLOSED, row, Permission.END_AGREEMENT, acting))


_WAITS = Q(signed_at__isnull=True, over_at__isnull=True)
_IN_FORCE = Q(signed_at__isnull=False, over_at__isnull=True)


def no_agreement() -> NotFound:
    """Refuse a reference that no such agreement has."""
    return NotFound(
        words("There is no such agreement, or it does not stand so."),
        do=words("Look at the list of agreements."),
    )


def _nothing_asked() -> AgreementStands:
    return AgreementStands(
        words("Nothing is asked or open for this kind of recipient."),
        do=words("Look at the list of kinds."),
    )


def _rows() -> QuerySet[AgreementRow]:
    return AgreementRow.objects.all()


def _opened(kind: RecipientKind) -> QuerySet[OpenedKindRow]:
    return OpenedKindRow.objects.filter(kind=kind, ended_at__isnull=True)


def _lock(reference: str) -> None:
    """Let one change of an agreement at a time through: the second waits and sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [reference.replace("\0", "")])


def _check_lock(lock: str) -> None:
    try:
        if lock:
            check_lock(lock)
    except LockUnusable as error:
        raise AgreementWrong(
            words("This is not a public key of age."),
            do=words("Copy it again: one of its signs is wrong."),
            at="lock",
        ) from error


def _about(act: Act, row: AgreementRow, permission: Permission, acting: Acting) -> Entry:
    return _entry(act, row.id, permission, acting, outcome=row.reference.lower())


def _of_kind(act: Act, row: OpenedKindRow, permission: Permission, acting: Acting) -> Entry:
    return _entry(act, row.id, permission, acting, outcome=row.kind)


def _entry(act: Act, ref: UUID, permission: Permission, acting: Acting, *, outcome: str) -> Entry:
    return entered(
        act,
        permission,
        acting=acting,
        obj=ref,
        outcome=Code(outcome),
    )
