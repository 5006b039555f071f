"""The parts of a request for information: written, answered, withheld, and looked at by another."""

from uuid import uuid4

from django.db.models import Max
from django.utils import timezone

from evenhand.actions.entering import committed
from evenhand.actions.foi_entering import about_request
from evenhand.ledger.acts import Act
from evenhand.rules.foi import check_answers
from evenhand.rules.foi_costs import check_exceeds, is_together
from evenhand.rules.foi_counts import check_is_over
from evenhand.rules.foi_due import together_until
from evenhand.rules.foi_neither import Denying, check_neither
from evenhand.rules.foi_parts import (
    COST,
    PartStageWrong,
    Treatment,
    Wanted,
    Withholding,
    check_given_answer,
    check_may_confirm,
    check_none_answers,
    check_not_held,
    check_not_untrue,
    check_wanted,
    check_withheld,
)
from evenhand.rules.foi_registers import OF_A_DAY, HeldIn, Register
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.seeing import check_as_seen
from evenhand.rules.texts import check_reason
from evenhand.rules.words import words
from evenhand.store import foi_registers
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import FoiPartRow
from evenhand.store.lawbook import clocks, exemptions
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import Pen, writing

SEALED = ("answer", "why", "how", "public_interest")


def add(
    number: str, asked: str, wants: Wanted, held_in: HeldIn | None = None, *, acting: Acting
) -> int:
    """Add a part to what is to be answered, in words that can be published; give its number.

    ``held_in``: what it asks for of a register of the desk; said of a document or a statement.
    """
    check_may(acting.officer, Permission.ANSWER_FOI)
    with writing() as pen:
        row = to_be_answered(number)
        count = row.parts.count()
        check_wanted(asked, wants, held_in, count=count)
        part = FoiPartRow(
            id=uuid4(),
            request=row,
            number=_last_number(row) + 1,
            reply=row.next_reply(),
            wants=wants,
            held_in=held_in,
        )
        seal_into(part, open_record_key(row.key), asked=asked)
        part.save(force_insert=True)
        row.keep()
        pen.enter(about_request(row, Act.FOI_PART_WRITTEN, acting))
    return part.number


def change(  # noqa: PLR0913 - what was seen and what is said, each by name
    number: str,
    part: int,
    asked: str,
    wants: Wanted,
    held_in: HeldIn | None = None,
    *,
    seen: str | None = None,
    acting: Acting,
) -> None:
    """Write down anew what a part asks, until the reply is written. It is to be answered anew."""
    check_may(acting.officer, Permission.ANSWER_FOI)
    check_wanted(asked, wants, held_in, count=0)
    with writing() as pen:
        row, found = open_part(number, part, seen=seen)
        _clear(found)
        found.wants, found.held_in = wants, held_in
        seal_into(found, open_record_key(row.key), asked=asked)
        found.save()
        row.keep()
        pen.enter(about_request(row, Act.FOI_PART_CHANGED, acting))


def remove(number: str, part: int, reason: str, *, seen: str | None = None, acting: Acting) -> None:
    """Remove a part that was written down wrongly, with its words, until the reply is written."""
    check_may(acting.officer, Permission.ANSWER_FOI)
    check_reason(reason)
    with writing() as pen:
        row, found = open_part(number, part, seen=seen)
        found.delete()
        row.keep()
        told = committed(open_record_key(row.key), reason)
        pen.enter(about_request(row, Act.FOI_PART_REMOVED, acting, reason=told))


def give(number: str, part: int, answer: str, *, seen: str | None = None, acting: Acting) -> None:
    """Answer a part in words. ``seen``: its version that was looked at, if one is named."""
    _give(number, part, answer, None, seen, acting)


def give_from(
    number: str,
    part: int,
    register: Register,
    answer: str,
    *,
    seen: str | None = None,
    acting: Acting,
) -> None:
    """Answer a part with what a register of the desk says, as an officer read it over. A82.

    Where the register knows every day, only once the day of receipt is over. Raises QuestionWrong.
    """
    _give(number, part, answer, register, seen, acting)


def _give(
    number: str,
    part: int,
    answer: str,
    register: Register | None,
    seen: str | None,
    acting: Acting,
) -> None:
    check_may(acting.officer, Permission.ANSWER_FOI)
    check_given_answer(answer)
    with writing() as pen:
        row, found = open_part(number, part, seen=seen)
        if register in OF_A_DAY:
            check_is_over(row.received_on, today=timezone.localdate(acting.at), at="which")
        _put(row, found, Treatment.GIVEN, acting, answer=answer)
        enter(row, found, answer, pen, acting)


def not_held(
    number: str,
    part: int,
    why: str,
    *,
    none_answers: bool = False,
    seen: str | None = None,
    acting: Acting,
) -> None:
    """Say that a part is not held, for a second officer to confirm. E-FOI-82.

    ``none_answers``: they read which numbers the desk has, and none answers it. Needed where the
    part wants something else than what the desk can tell by itself.
    """
    check_may(acting.officer, Permission.ANSWER_FOI)
    with writing() as pen:
        row, found = open_part(number, part, seen=seen)
        check_not_held(found.as_fact(), why, on_record=_is_on_record(row, found))
        check_none_answers(found.as_fact(), none_answers)
        _put(row, found, Treatment.NOT_HELD, acting, why=why)
        enter(row, found, why, pen, acting)


def withhold(
    number: str, part: int, said: Withholding, *, seen: str | None = None, acting: Acting
) -> None:
    """Withhold a part under an exemption, for a second officer to confirm. E-FOI-85 to -87."""
    check_may(acting.officer, Permission.ANSWER_FOI)
    with writing() as pen:
        row, found = open_part(number, part, seen=seen)
        fact = found.as_fact()
        exemption = check_withheld(fact, said, exemptions())
        if exemption.code == COST:
            _check_cost(row)
        _put(
            row,
            found,
            Treatment.WITHHELD,
            acting,
            why=said.why,
            how=said.how,
            public_interest=said.public_interest,
        )
        found.exemption, found.prejudice = exemption.code, said.prejudice
        enter(row, found, said.why, pen, acting)


def neither(
    number: str, part: int, said: Denying, *, seen: str | None = None, acting: Acting
) -> None:
    """Neither confirm nor deny that a part is held, for a second officer to confirm.

    The reply names the subsection and has one text, whatever is held; the reasons stay inside.
    """
    check_may(acting.officer, Permission.ANSWER_FOI)
    with writing() as pen:
        row, found = open_part(number, part, seen=seen)
        check_neither(found.as_fact(), said)
        interest = said.public_interest
        _put(row, found, Treatment.NEITHER, acting, why=said.why, public_interest=interest)
        found.exemption = said.section
        enter(row, found, said.why, pen, acting)


def confirm(
    number: str, part: int, *, seen: str, none_answers: bool = False, acting: Acting
) -> None:
    """Confirm, as a second officer, that a part is withheld, not held or neither.

    ``seen``: the version that they looked at. Raises ChangedMeanwhile of any other.
    ``none_answers``: they, too, read which numbers the desk has, where that is needed.
    """
    check_may(acting.officer, Permission.APPROVE_FOI)
    with writing() as pen:
        row, found = open_part(number, part, seen=seen)
        check_may_confirm(found.as_fact(), acting.officer.ref)
        if found.treatment == Treatment.NOT_HELD:
            check_not_untrue(found.as_fact(), on_record=_is_on_record(row, found))
            check_none_answers(found.as_fact(), none_answers)
        found.confirmed_by_id, found.confirmed_at = acting.officer.ref, acting.at
        found.save()
        row.keep()
        why = Permission.APPROVE_FOI
        pen.enter(about_request(row, Act.FOI_PART_CONFIRMED, acting, permission=why))


def decline(number: str, part: int, reason: str, *, seen: str, acting: Acting) -> None:
    """Decline, as a second officer, what was proposed of a part: it is answered anew."""
    check_may(acting.officer, Permission.APPROVE_FOI)
    check_reason(reason)
    with writing() as pen:
        row, found = open_part(number, part, seen=seen)
        check_may_confirm(found.as_fact(), acting.officer.ref)
        _clear(found)
        found.save()
        row.keep()
        told, why = committed(open_record_key(row.key), reason), Permission.APPROVE_FOI
        pen.enter(about_request(row, Act.FOI_PART_DECLINED, acting, reason=told, permission=why))


def to_be_answered(number: str) -> FoiRequestRow:
    """Give a request that is to be answered, locked, while nobody has written its reply."""
    row = FoiRequestRow.objects.locked(number)
    check_answers(row.as_fact())
    if row.waiting_reply() is not None:
        raise PartStageWrong(
            words("The reply is written already, and waits for a second officer."),
            do=words("Have it given back first, if it is wrong."),
        )
    return row


def open_part(
    number: str, part: int, *, seen: str | None = None
) -> tuple[FoiRequestRow, FoiPartRow]:
    """Give a part that is to be answered, while nobody has written the reply. Raises NotFound.

    What a reply said that has left stands: a further one is made of parts of its own. ``seen``: the
    version that was looked at, if one is named. Raises ChangedMeanwhile of any other.
    """
    row = to_be_answered(number)
    found = row.parts.filter(number=part).first()
    if found is None:
        raise NotFound(
            words("The request has no such part."), do=words("Open the request and look again.")
        )
    if found.reply != row.next_reply():
        raise PartStageWrong(
            words("The reply that answers this part has left."),
            do=words("Write down what the further reply answers as a part of its own."),
        )
    if seen is not None:
        check_as_seen(number, found.as_fact().version, seen)
    return row, found


def _last_number(row: FoiRequestRow) -> int:
    last = row.parts.aggregate(last=Max("number"))["last"]
    return last or 0


def _is_on_record(row: FoiRequestRow, found: FoiPartRow) -> bool:
    return foi_registers.has_on_record(found.as_fact().held_in, row.received_on)


def _clear(found: FoiPartRow) -> None:
    """Take back whatever was said of a part."""
    for column in SEALED:
        setattr(found, column, None)
    found.treatment = found.prejudice = found.by = found.at = None
    found.confirmed_by = found.confirmed_at = None
    found.question = found.published = found.exemption = ""


def put_number(row: FoiRequestRow, found: FoiPartRow, answer: str, *, acting: Acting) -> None:
    """Have a part answered with a number, in place of what was said of it before."""
    check_given_answer(answer)
    _put(row, found, Treatment.GIVEN, acting, answer=answer)


def _put(
    row: FoiRequestRow, found: FoiPartRow, treatment: Treatment, acting: Acting, **texts: str
) -> None:
    """Have a part answered in one way, in place of what was said of it before."""
    _clear(found)
    found.treatment, found.by_id, found.at = treatment, acting.officer.ref, acting.at
    seal_into(found, open_record_key(row.key), **texts)


def enter(row: FoiRequestRow, found: FoiPartRow, text: str, pen: Pen, acting: Acting) -> None:
    """Keep a part as it is answered now, and enter that it was. Needs the pen."""
    found.save()
    row.keep()
    told = committed(open_record_key(row.key), text)
    pen.enter(about_request(row, Act.FOI_PART_ANSWERED, acting, found.treatment, told))


def _check_cost(row: FoiRequestRow) -> None:
    """Refuse to refuse for cost what is below the limit, together with the requests like it."""
    known = {it.number: it for it in _like(row)}
    first = known.get(row.like or "", row)
    last = together_until(first.received_on, clocks())
    others = [
        it.estimate()
        for it in known.values()
        if it.id != row.id and is_together(first.received_on, it.received_on, last)
    ]
    has_library = any(it.as_fact().is_of_the_library for it in row.parts.all())
    estimates = [it for it in others if it is not None]
    check_exceeds(row.estimate(), estimates, has_library=has_library)


def _like(row: FoiRequestRow) -> list[FoiRequestRow]:
    """Give the requests whose cost is taken together with this one."""
    name = row.like or row.number
    found = FoiRequestRow.objects.filter(like=name) | FoiRequestRow.objects.filter(number=name)
    return list(found)
