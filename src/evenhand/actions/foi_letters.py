"""Letters about requests for information: notices on the way, and replies that two officers write.

How they leave is in foi_sending.py.
"""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from evenhand.actions import foi_counting, foi_parts, foi_sending
from evenhand.actions.entering import committed
from evenhand.actions.foi_entering import about_request
from evenhand.actions.foi_wording import (
    in_words,
    more_of,
    new_letter,
    requester_of,
    sender_of,
    told_of,
    who_asked,
    who_asked_first,
)
from evenhand.ledger.acts import Act
from evenhand.rules.foi import check_answers
from evenhand.rules.foi_parts import PartStageWrong, check_all_ready, check_other_eyes
from evenhand.rules.foi_taking import Taken
from evenhand.rules.messages import Message
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.public_foi_letters import (
    LetterKind,
    ReplyInWords,
    check_reply,
    check_says_nobody,
    notice,
    published,
    reply,
)
from evenhand.rules.seeing import check_as_seen
from evenhand.rules.texts import SHORT, check_given, check_reason
from evenhand.rules.words import words
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import FoiLetterRow
from evenhand.store.jobs import ask_to_send_foi_letter
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing

FIRST = 1


def write_notice(row: FoiRequestRow, kind: LetterKind, taken: Taken, *, acting: Acting) -> None:
    """Write to whoever asked about a step, and have it sent where they gave an e-mail address.

    Needs the pen.
    """
    who = requester_of(row)
    with translation.override(who.language):
        more = list(more_of(row, taken))
        message = notice(kind, taken.text, sender_of(row), more=more, said=gettext)
    letter = new_letter(row, kind, message, acting=acting)
    letter.by_mail = who.email is not None
    letter.save(force_insert=True)
    if letter.by_mail:
        ask_to_send_foi_letter(letter.id)


def propose(number: str, title: str, help_text: str, *, acting: Acting) -> None:
    """Write the reply from its parts, the first or a further one, for a second officer to approve.

    Once who asked is erased, a further one is no letter: it corrects what is published.
    ``title`` is what it is called in the disclosure log. Raises what a reply must not lack.
    """
    check_may(acting.officer, Permission.ANSWER_FOI)
    check_given(title, at="title", most=SHORT)
    check_given(help_text, at="help")
    with writing() as pen:
        row = foi_parts.to_be_answered(number)
        letter = _reply(row, title.strip(), help_text, acting)
        letter.save(force_insert=True)
        row.keep()
        pen.enter(about_request(row, Act.FOI_REPLY_PROPOSED, acting))


def approve(number: str, *, seen: int, acting: Acting) -> None:
    """Approve a reply as a second officer. It is sent by e-mail, or waits to be printed.

    ``seen``: the letter that they looked at. Raises ChangedMeanwhile of one in its place.
    Where nobody is written to any more, what corrects a reply is published at once.
    """
    check_may(acting.officer, Permission.APPROVE_FOI)
    with writing() as pen:
        row, letter = _proposed(number, seen, acting)
        today = timezone.localdate(acting.at)
        foi_counting.check_stand(row, letter.reply, today=today)
        letter.approved_by_id, letter.approved_at = acting.officer.ref, acting.at
        who = who_asked(row)
        letter.by_mail = who is not None and who.email is not None
        letter.save()
        if who is None:
            foi_sending.leave(row, letter, on=today)
        row.keep()
        if letter.by_mail:
            ask_to_send_foi_letter(letter.id)
        act = Act.FOI_REPLY_APPROVED if who else Act.FOI_REPLY_CORRECTED
        pen.enter(about_request(row, act, acting, permission=Permission.APPROVE_FOI))


def give_back(number: str, reason: str, *, seen: int, acting: Acting) -> None:
    """Give a proposed reply back to be written anew, for a reason, as a second officer."""
    check_may(acting.officer, Permission.APPROVE_FOI)
    check_reason(reason)
    with writing() as pen:
        row, letter = _proposed(number, seen, acting)
        letter.returned_at = acting.at
        letter.save()
        row.keep()
        told, why = committed(open_record_key(row.key), reason), Permission.APPROVE_FOI
        pen.enter(about_request(row, Act.FOI_REPLY_RETURNED, acting, reason=told, permission=why))


def fall(row: FoiRequestRow, *, acting: Acting) -> None:
    """Have a reply that nobody approved fall with what it was to answer. Needs the pen."""
    letter = row.waiting_reply()
    if letter is not None and letter.approved_at is None:
        letter.returned_at = acting.at
        letter.save()


def _reply(row: FoiRequestRow, title: str, help_text: str, acting: Acting) -> FoiLetterRow:
    """Write the reply in the language of who asked, and what of it is published in English."""
    which = row.next_reply()
    parts = list(row.parts.filter(reply=which).order_by("number"))
    check_all_ready(it.as_fact() for it in parts)
    foi_counting.check_stand(row, which, today=timezone.localdate(acting.at))
    key, who = open_record_key(row.key), who_asked(row)
    with translation.override(settings.LANGUAGE_CODE):
        public = ReplyInWords(parts=in_words(parts, key), help=help_text)
        body = published(public, said=gettext)
        message = Message(title, body)
    if (asker := who_asked_first(row)) is not None:
        check_says_nobody(f"{title}\n{body}", told_of(asker))
    if who is not None:
        with translation.override(who.language):
            further = which > FIRST
            found = ReplyInWords(parts=in_words(parts, key), help=help_text, is_further=further)
            message = reply(found, sender_of(row), said=gettext)
            check_reply(found, message.body, said=gettext)
    letter = new_letter(row, LetterKind.REPLY, message, acting=acting)
    letter.title, letter.reply = title, which
    seal_into(letter, key, published=body)
    return letter


def _proposed(number: str, seen: int, acting: Acting) -> tuple[FoiRequestRow, FoiLetterRow]:
    """Give a request and its reply that waits for a second officer, who read it and wrote none."""
    row = FoiRequestRow.objects.locked(number)
    check_answers(row.as_fact())
    letter = row.waiting_reply()
    if letter is None or letter.approved_at is not None:
        raise PartStageWrong(
            words("No reply to this request waits for a second officer."),
            do=words("Open the request to see how it stands."),
        )
    check_other_eyes(OfficerRef(letter.by_id), acting.officer.ref)
    check_as_seen(number, letter.number, seen)
    return row, letter
