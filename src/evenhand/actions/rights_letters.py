"""Letters of the rights desk: written by one officer; a reply is answered by a second one."""

import json
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from evenhand.actions.entering import committed
from evenhand.actions.rights_receiving import about_request
from evenhand.ledger.acts import Act
from evenhand.rules.messages import Message
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.public_rights_letters import Addressed, notice, reply
from evenhand.rules.rights import CLOCKS, RightsStanding, check_open, due_of
from evenhand.rules.rights_pack_json import as_json
from evenhand.rules.rights_replies import (
    GIVES,
    LetterKind,
    LetterStanding,
    Reply,
    ReplyDoesNotFit,
    check_nothing_waits,
    check_reply,
    check_second,
    erased_by,
    not_ready,
)
from evenhand.rules.texts import check_reason
from evenhand.rules.words import words
from evenhand.store.days import day_in_words
from evenhand.store.imports import ImportedRow
from evenhand.store.lawbook import clocks
from evenhand.store.people import PersonRow
from evenhand.store.rights import RightsRequestRow
from evenhand.store.rights_basis import basis_of, given, marks_of
from evenhand.store.rights_letters import IS_REPLY, WAITS, RightsLetterRow, RightsPackRow
from evenhand.store.rights_packing import pack_of
from evenhand.store.sealing import open_record_key, seal_into, unsealed
from evenhand.store.writing import writing

HANDLE, APPROVE = Permission.HANDLE_RIGHTS, Permission.APPROVE_RIGHTS


def acknowledge(reference: str, *, acting: Acting) -> UUID:
    """Write that a complaint was received, once; give the letter. DPA 2018 s.164A(3)."""
    check_may(acting.officer, HANDLE)
    kind = LetterKind.ACKNOWLEDGEMENT
    with writing() as pen:
        row = RightsRequestRow.objects.locked(reference)
        check_open(RightsStanding(row.standing))
        if row.kind != RightsKind.COMPLAINT or row.letters.filter(kind=kind).exists():
            raise ReplyDoesNotFit(
                words("Only a complaint is acknowledged, and once."),
                do=words("Reply, or send the letter that is there."),
            )
        letter = write_notice(row, kind, "", acting=acting)
        act = Act.RIGHTS_LETTER_WRITTEN
        pen.enter(about_request(row, act, HANDLE, acting=acting, outcome=kind))
    return letter


def write_notice(row: RightsRequestRow, kind: LetterKind, reasons: str, *, acting: Acting) -> UUID:
    """Write what is asked of somebody or told them before the reply; give it. Needs the pen."""
    today = timezone.localdate(acting.at)
    clock, request = clocks().rows[CLOCKS[RightsKind(row.kind)]], row.as_request()
    due = due_of(RightsKind(row.kind), clock, request, settings.CLOCKS.calendar)
    made = RightsLetterRow(
        request=row,
        kind=kind,
        standing=LetterStanding.APPROVED,
        by_id=acting.officer.ref,
        at=acting.at,
    )
    with translation.override(row.language):
        said = notice(kind, reasons, addressed(row, today, by=due.target), said=gettext)
    seal(made, row, said)
    made.save(force_insert=True)
    return made.id


def propose(reference: str, said: Reply, *, acting: Acting) -> UUID:
    """Propose how a request is answered; the letter and the packs are as they will be sent.

    Raises NotSearched, ReplyDoesNotFit, LettersTellApart, UnfoundedWithoutGrounds.
    """
    check_may(acting.officer, HANDLE)
    today = timezone.localdate(acting.at)
    with writing() as pen:
        row = RightsRequestRow.objects.locked(reference)
        check_open(RightsStanding(row.standing))
        check_nothing_waits(row.letters.filter(IS_REPLY, standing__in=WAITS).exists())
        check_reply(RightsKind(row.kind), said, basis_of(row, today=today))
        made = RightsLetterRow(
            request=row,
            kind=LetterKind.REPLY,
            outcome=said.outcome,
            not_searched=ImportedRow.objects.number_without_key(),
            standing=LetterStanding.PROPOSED,
            by_id=acting.officer.ref,
            at=acting.at,
        )
        with translation.override(row.language):
            to = addressed(row, today, by=erased_by(today))
            text = reply(said.outcome, said.reasons, to, said=gettext)
        seal(made, row, text, because=said.because)
        made.save(force_insert=True)
        if said.outcome in GIVES:
            for person in given(row):
                pack_with(made, row, person, today)
        told = committed(open_record_key(row.key), said.because)
        entry = about_request(
            row,
            Act.RIGHTS_LETTER_WRITTEN,
            HANDLE,
            acting=acting,
            outcome=said.outcome,
            objs=(made.id,),
            reason=told,
        )
        pen.enter(entry)
    return made.id


def answer(reference: str, letter: UUID, reason: str, *, approves: bool, acting: Acting) -> None:
    """Approve a reply as the second officer, word for word as it was proposed; or return it."""
    check_may(acting.officer, APPROVE)
    check_reason(reason)
    with writing() as pen:
        row = RightsRequestRow.objects.locked(reference)
        made = letter_of(row, letter)
        check_second(LetterStanding(made.standing), OfficerRef(made.by_id), acting.officer.ref)
        key = open_record_key(row.key)
        made.standing = LetterStanding.APPROVED if approves else LetterStanding.RETURNED
        made.answered_by_id, made.answered_at = acting.officer.ref, acting.at
        seal_into(made, key, answer=reason)
        made.save()
        act = Act.RIGHTS_LETTER_APPROVED if approves else Act.RIGHTS_LETTER_RETURNED
        told = committed(key, reason)
        objs = (made.id,)
        pen.enter(about_request(row, act, APPROVE, acting=acting, objs=objs, reason=told))


def letter_of(row: RightsRequestRow, letter: UUID) -> RightsLetterRow:
    """Give a letter of a request. Raises LetterNotReady where there is none."""
    found = row.letters.filter(id=letter).first()
    if found is None:
        raise not_ready()
    return found


def pack_with(
    letter: RightsLetterRow, row: RightsRequestRow, person: PersonRow, today: date
) -> None:
    """Put what is given of a record now with a letter, in its language. Needs the pen."""
    key = open_record_key(person.key)
    with translation.override(row.language):
        told = pack_of(person, key, row.reference, today=today).without(marks_of(row))
        text = json.dumps(as_json(told, said=gettext), ensure_ascii=False)
    made = RightsPackRow(letter=letter, person=person)
    seal_into(made, key, pack=text)
    made.save(force_insert=True)


def seal(made: RightsLetterRow, row: RightsRequestRow, said: Message, *, because: str = "") -> None:
    """Seal what the person reads, and why it is written so, under the key of the request."""
    key = open_record_key(row.key)
    seal_into(made, key, subject=said.subject, text=said.body, because=because)


def addressed(row: RightsRequestRow, today: date, *, by: date | None) -> Addressed:
    """Say to whom a letter goes. Its language is the one in force."""
    return Addressed(
        name=unsealed(row, open_record_key(row.key), "name"),
        reference=row.reference,
        kind=RightsKind(row.kind),
        received_on=day_in_words(row.received_on),
        written_on=day_in_words(today),
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        by=day_in_words(by) if by else "",
    )
