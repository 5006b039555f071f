"""Disclosing: build one package, have a second officer approve it, hand it over, recall it."""

import hashlib
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from evenhand.actions import breaches, originators
from evenhand.actions.entering import committed, entered
from evenhand.actions.people_storing import hand_over
from evenhand.actions.sharing_checks import checked, checked_again, no_such_package, shared_of
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.agreements import named
from evenhand.rules.assurance import check_people_open
from evenhand.rules.officers import WORKER, Acting, Permission, RoleMissing, check_may, may
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import Condition
from evenhand.rules.purposes import OWN, Purpose
from evenhand.rules.recalls import Why, check_all_sent, due_at
from evenhand.rules.sharing import (
    Carrier,
    DisclosureStands,
    Standing,
    Wanted,
    check_gaps,
    check_may_approve,
    check_may_release,
    check_move,
    is_approved,
)
from evenhand.rules.texts import check_reason, check_text
from evenhand.rules.words import words
from evenhand.seal.age import sealed_for
from evenhand.seal.record import RecordKey
from evenhand.store import packing
from evenhand.store.agreements import agreement_of, new_reference
from evenhand.store.assurance import assured
from evenhand.store.jobs import ask_to_recall
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key, place_of, seal_into, unsealed
from evenhand.store.sharing import DisclosureRow, RecallRow, standing_recalls
from evenhand.store.writing import NothingEntered, Pen, writing

WAITS_TO_BE_SENT = Q(sent_at__isnull=True, ended_at__isnull=True)
UNDER_WAY = (Standing.BUILT, Standing.PROPOSED, Standing.APPROVED)


def build(person: str, wanted: Wanted, *, acting: Acting) -> str:
    """Build a package about one person; give its reference. Nothing leaves yet."""
    check_may(acting.officer, Permission.SHARE)
    check_people_open(assured())
    check_reason(wanted.reason)
    check_text(wanted.consent, at="consent")
    check_gaps(wanted.gaps)
    with writing() as pen:
        row = PersonRow.objects.locked(person)
        link = row.links.select_related("referral").filter(
            id=wanted.link, authorised_at__isnull=False, ended_at__isnull=True
        )
        shared = shared_of(row, link.first(), wanted.statements)
        agreement, terms, fields = checked(shared, wanted, acting)
        reference = new_reference("D")
        chosen = replace(wanted, fields=fields)
        data = packing.package(reference, shared, chosen, agreement, terms, acting)
        built = DisclosureRow(
            reference=reference,
            person=row,
            link=shared.link,
            agreement=agreement,
            recipient_person=wanted.recipient,
            child=row.child,
            purpose=None if wanted.purpose is OWN else wanted.purpose,
            carrier=wanted.carrier,
            fields=sorted(fields),
            statements=[it.id for it in shared.statements],
            consented=[
                it.id for it in shared.statements
                if wanted.consent and Condition.CONSULT_ORIGINATOR in it.handling_conditions
            ],
            digest=hashlib.sha256(data).digest(),
            built_by_id=acting.officer.ref,
            built_at=acting.at,
        )  # fmt: skip
        seal_into(
            built,
            shared.key,
            reason=wanted.reason,
            consent=wanted.consent,
            compelling=wanted.compelling,
            document=data.decode(),
        )
        built.save(force_insert=True)
        reason = committed(shared.key, wanted.reason)
        pen.enter(_about(built, Act.PACKAGE_BUILT, Permission.SHARE, acting, reason=reason))
    return reference


def propose(reference: str, *, acting: Acting) -> None:
    """Ask for a package to be approved, as it was previewed."""
    check_may(acting.officer, Permission.SHARE)
    check_people_open(assured())
    _move(reference, Standing.PROPOSED, Act.PACKAGE_PROPOSED, acting)


def drop(reference: str, *, acting: Acting) -> None:
    """Drop a package that has not left: it never will."""
    check_may(acting.officer, Permission.SHARE)
    _move(reference, Standing.DROPPED, Act.PACKAGE_DROPPED, acting)


def approve(reference: str, digest: str, why: str, *, acting: Acting) -> None:
    """Approve the package that was read: as a second officer, or as the DPO what is about a child.

    ``digest`` is the SHA-256 of what was shown, in hex. Of a child it takes both.
    """
    permission = _approving(acting)
    check_people_open(assured())
    check_reason(why)
    with writing() as pen:
        row, key = _locked(reference)
        check_may_approve(row.as_fact(), acting.officer, digest, now=acting.at)
        checked_again(row, key, acting)
        as_dpo = permission is Permission.APPROVE_CHILD_SHARE
        _check_free(row, row.dpo_by_id if as_dpo else row.approved_by_id, permission)
        if as_dpo:
            row.dpo_by_id, row.dpo_at = acting.officer.ref, acting.at
            seal_into(row, key, dpo_why=why)
        else:
            row.approved_by_id, row.approved_at = acting.officer.ref, acting.at
            seal_into(row, key, approved_why=why)
        if is_approved(row.as_fact()):
            row.standing = Standing.APPROVED
        row.keep()
        reason = committed(key, why)
        pen.enter(_about(row, Act.PACKAGE_APPROVED, permission, acting, reason=reason))


def refuse(reference: str, why: str, *, acting: Acting) -> None:
    """Refuse a package for a reason: it never leaves."""
    permission = _approving(acting)
    check_reason(why)
    with writing() as pen:
        row, key = _locked(reference)
        check_move(row.as_fact(), Standing.REFUSED)
        row.standing = Standing.REFUSED
        seal_into(row, key, refused_why=why)
        row.keep()
        reason = committed(key, why)
        pen.enter(_about(row, Act.PACKAGE_REFUSED, permission, acting, reason=reason))


def release(reference: str, *, acting: Acting) -> None:
    """Hand an approved package over, sealed or to be printed. From here on it has left the desk.

    A suspect whom a named investigation gets as evidence is kept for less time from then on.
    """
    check_may(acting.officer, Permission.SHARE)
    check_people_open(assured())
    try:
        _release(reference, acting)
    except IntegrityError as error:
        # The database looks once more as it leaves: what it stands on may end at this moment.
        raise DisclosureStands(
            words("What this package stands on has changed at this moment. It has not left."),
            do=words("Look at it again."),
        ) from error


def _release(reference: str, acting: Acting) -> None:
    with writing() as pen:
        row, key = _locked(reference)
        check_may_release(row.as_fact(), now=acting.at)
        terms = checked_again(row, key, acting)
        data = unsealed(row, key, "document").encode()
        if row.carrier == Carrier.SEALED:
            data = sealed_for(terms.lock, data)
        row.standing, row.released_at = Standing.RELEASED, acting.at
        row.package = key.seal_bytes(place_of(DisclosureRow, "package", row.id), data)
        row.package_sha256 = hashlib.sha256(data).digest()
        row.keep()
        _hand_over(row, acting)
        reason = committed(key, unsealed(row, key, "reason"))
        entry = _about(row, Act.PACKAGE_DISCLOSED, Permission.SHARE, acting, reason=reason)
        pen.enter(
            replace(
                entry,
                recipient=Code(row.agreement.recipient.code),
                to=row.recipient_person,
                package=Commitment(row.package_sha256),
            )
        )


def _hand_over(row: DisclosureRow, acting: Acting) -> None:
    """Keep a suspect for less time whom a named investigation has from now on. D06."""
    assert row.person  # noqa: S101 - who is erased has no package that leaves
    assert row.link  # noqa: S101
    if row.purpose == Purpose.EVIDENCE and row.link.role == PersonRole.SUSPECT:
        person = PersonRow.objects.locked(row.person.reference)
        hand_over(person, today=timezone.localdate(acting.at))
        person.save()


def recall(person: UUID, why: Why, pen: Pen, *, acting: Acting) -> int:
    """Recall everything that was disclosed about a person; give the number of recalls. E-RECALL-18.

    Call it in the act that rectifies, erases, restricts or changes the role, under its pen and
    before that closes: the recalls are part of the act. Each goes out by e-mail at once, or waits
    on the worklist to be printed. A package that has not left is dropped. The person is locked
    before the packages, as in a release: what leaves at the same moment is recalled too.
    """
    if pen.entered:
        raise NothingEntered("A recall belongs to the act that makes it necessary.")
    PersonRow.objects.lock(person)
    rows = DisclosureRow.objects.select_for_update(of=("self",)).select_related(
        "agreement__key", "agreement__recipient"
    )
    for unsent in rows.filter(person_id=person, standing__in=UNDER_WAY):
        unsent.standing = Standing.DROPPED
        unsent.keep()
    released = list(rows.filter(person_id=person, standing=Standing.RELEASED))
    return sum(_recall(it, why, acting) for it in released)


def may_be_used_again(person: UUID, pen: Pen, *, acting: Acting) -> None:
    """End the recalls of what was restricted, in the act that lifts it; tell whoever was told.

    Where a package was recalled for another reason, too, that stands, and nobody is told otherwise.
    """
    if pen.entered:
        raise NothingEntered("A notice belongs to the act that makes it necessary.")
    rows = RecallRow.objects.select_for_update(of=("self",)).select_related(
        "disclosure__agreement__key", "disclosure__agreement__recipient"
    )
    standing = rows.filter(
        disclosure__person_id=person, why=Why.RESTRICTED, ended_at__isnull=True
    ).order_by("id")
    for it in standing:
        it.ended_at, it.in_the_post = acting.at, False
        it.save()
        if it.sent_at and not standing_recalls().filter(disclosure=it.disclosure).exists():
            _recall(it.disclosure, Why.LIFTED, acting)


def recall_one(reference: str, why: str, *, acting: Acting) -> None:
    """Recall one package that was wrong or should not have been sent, for a reason.

    It is a breach: the record of one is opened with it.
    """
    check_may(acting.officer, Permission.SHARE)
    check_reason(why)
    with transaction.atomic(savepoint=False):
        _recall_wrong(reference, why, acting)
        breaches.open_for(reference, acting=acting)


def _recall_wrong(reference: str, why: str, acting: Acting) -> None:
    with writing() as pen:
        row, key = _locked(reference)
        if row.standing != Standing.RELEASED:
            raise DisclosureStands(
                words("This package has not left the desk."), do=words("Drop it instead.")
            )
        _recall(row, Why.WRONGLY_SENT, acting)
        reason = committed(key, why)
        entry = _about(row, Act.PACKAGE_RECALLED, Permission.SHARE, acting, reason=reason)
        pen.enter(replace(entry, ver=None))  # what has left the desk is not changed any more


def recall_to_erase(person: UUID, *, acting: Acting) -> bool:
    """Recall what is with others about a person who is about to be erased: an act of its own.

    Says whether there was anything to recall that was not yet. They are erased once every
    recipient was sent the recall; until then ``forget`` refuses.
    """
    released = DisclosureRow.objects.filter(person_id=person, standing=Standing.RELEASED)
    if not released.exclude(recallrow__why=Why.ERASED).exists():
        return False
    with writing() as pen:
        recall(person, Why.ERASED, pen, acting=acting)
        pen.enter(
            Entry(
                act=Act.PACKAGE_RECALLED,
                at=acting.at,
                who=acting.officer.ref,
                objs=(person,),
                why=Code(Why.ERASED),
                req=acting.request,
            )
        )
    return True


def check_told(person: UUID) -> None:
    """Refuse to erase while a recall about a person was not sent. Raises RecallsWait.

    And while a body that wrong data came from was not told.
    """
    waiting = RecallRow.objects.filter(WAITS_TO_BE_SENT, disclosure__person_id=person)
    check_all_sent(waiting.count())
    originators.check_told(person)


def forget(person: UUID) -> None:
    """Empty the ledger of everything about a person, as they are erased; its lines stay.

    Needs the pen, and that every recipient was told. Raises RecallsWait.
    """
    check_told(person)
    empty(person)


def empty(person: UUID) -> None:
    """Empty the ledger of everything about a person who is gone. Needs the pen."""
    emptied = ("consent", "reason", "compelling", "document", "package")
    said = ("approved_why", "dpo_why", "refused_why")
    DisclosureRow.objects.filter(person_id=person).update(
        person=None, link=None, **dict.fromkeys((*emptied, *said))
    )


def _recall(row: DisclosureRow, why: Why, acting: Acting) -> bool:
    """Begin one recall of a package, unless the same one waits to be sent."""
    begun_before = RecallRow.objects.filter(WAITS_TO_BE_SENT, disclosure=row)
    if begun_before.filter(why=why).exists():
        return False
    begun_before.filter(why=Why.LIFTED).update(ended_at=acting.at, in_the_post=False)
    to = named(agreement_of(row.agreement).terms, row.recipient_person)
    begun = RecallRow(
        disclosure=row,
        why=why,
        by_id=None if acting.officer == WORKER else acting.officer.ref,
        at=acting.at,
        due_at=due_at(acting.at, settings.CLOCKS.calendar),
        in_the_post=bool(to.email),
    )
    begun.save(force_insert=True)
    if to.email:
        ask_to_recall(begun.id)
    return True


def _approving(acting: Acting) -> Permission:
    """Say as whom an officer approves: as the data protection officer, or as a second officer."""
    if may(acting.officer, Permission.APPROVE_CHILD_SHARE):
        permission = Permission.APPROVE_CHILD_SHARE
    else:
        permission = Permission.APPROVE_SHARE
    check_may(acting.officer, permission)
    return permission


def _check_free(row: DisclosureRow, taken: UUID | None, permission: Permission) -> None:
    """Refuse a second approval of one kind, and the DPO's of what is not about a child."""
    if permission is Permission.APPROVE_CHILD_SHARE and not row.child:
        raise RoleMissing.lacking(
            Permission.APPROVE_SHARE,
            words("This package is not about anybody under 18: an approver decides on it."),
            do=words("Ask a colleague with the role {roles}."),
        )
    if taken is not None:
        raise DisclosureStands(
            words("A colleague has approved this already."), do=words("Look at it again.")
        )


def _move(reference: str, there: Standing, act: Act, acting: Acting) -> None:
    with writing() as pen:
        row, _key = _locked(reference)
        check_move(row.as_fact(), there)
        row.standing = there
        row.keep()
        pen.enter(_about(row, act, Permission.SHARE, acting))


def _locked(reference: str) -> tuple[DisclosureRow, RecordKey]:
    """Lock a package, its person first: whoever changes the person does the same."""
    named = DisclosureRow.objects.filter(reference=reference.replace("\0", ""))
    PersonRow.objects.lock(named.values("person"))
    rows = named.select_for_update(of=("self",)).select_related(
        "person__key", "link__referral", "agreement__key", "agreement__recipient"
    )
    row = rows.first()
    if row is None or row.person is None or row.link is None:
        raise no_such_package()
    return row, open_record_key(row.person.key)


def _about(
    row: DisclosureRow,
    act: Act,
    permission: Permission,
    acting: Acting,
    *,
    reason: Commitment | None = None,
) -> Entry:
    """Give the entry of an act on a disclosure: it names the person and each statement by id."""
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        ver=row.version,
        reason=reason,
        agreement=row.agreement_id,
        objs=(row.person_id, *row.statements) if row.person_id else (),
    )
