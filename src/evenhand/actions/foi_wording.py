"""Puts what is stored of a request for information into the words of a letter."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from evenhand.rules import counted_words, foi_counts, public_foi_counts
from evenhand.rules.foi import FoiStepWrong
from evenhand.rules.foi_exemptions import Prejudice
from evenhand.rules.foi_parts import Treatment
from evenhand.rules.foi_taking import Taken
from evenhand.rules.messages import Message
from evenhand.rules.officers import Acting
from evenhand.rules.public_foi_letters import (
    AMOUNT,
    ESTIMATE,
    NARROWER,
    PUBLISHED_FIGURES,
    LetterKind,
    PartInWords,
    Refusing,
    Sender,
    neither,
    refusal,
    subject,
)
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import Answer
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store import foi_counting, publishing
from evenhand.store.answering import answered
from evenhand.store.days import day_in_words
from evenhand.store.foi import FoiRequesterRow, FoiRequestRow
from evenhand.store.foi_replies import FoiLetterRow, FoiPartRow
from evenhand.store.lawbook import exemptions, lawbook
from evenhand.store.sealing import open_record_key, seal_into, unsealed


def requester_of(row: FoiRequestRow) -> FoiRequesterRow:
    """Give who asked, with their key. Raises FoiStepWrong where that is not kept any more."""
    found = who_asked(row)
    if found is None:
        raise FoiStepWrong(
            words("Who asked {number} is not kept any more, and cannot be written to."),
            do=words("Log what they write now as a new request."),
            number=row.number,
        )
    return found


def who_asked(row: FoiRequestRow) -> FoiRequesterRow | None:
    """Give who asked, with their key; None once that is erased."""
    return FoiRequesterRow.objects.select_related("key").filter(request=row).first()


def who_asked_first(row: FoiRequestRow) -> FoiRequesterRow | None:
    """Give who asked a request, or the one whose reply it corrects; None once that is erased."""
    its = FoiRequesterRow.objects.select_related("key")
    return its.filter(request__number=row.corrects or row.number).first()


def told_of(who: FoiRequesterRow) -> list[str]:
    """Give what nobody may read in what is published: their name, and how they are reached."""
    key = open_record_key(who.key)
    name, mail, postal = (unsealed(who, key, it) for it in ("name", "email", "postal"))
    return [name, mail, *postal.splitlines()]


def sender_of(row: FoiRequestRow) -> Sender:
    """Say who writes, about which request."""
    return Sender(
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        number=row.number,
        received=day_in_words(row.received_on),
        published_at=f"{settings.PUBLIC_URL}/public/disclosures/",
    )


def more_of(row: FoiRequestRow, taken: Taken) -> Iterator[tuple[str, str]]:
    """Give what the letter about a step says beside the officer's own words."""
    if taken.narrower:
        yield NARROWER, taken.narrower
        yield PUBLISHED_FIGURES, sender_of(row).published_at
    if taken.pence is not None:
        yield AMOUNT, f"£{taken.pence / 100:.2f}"
    if taken.until is not None:
        yield ESTIMATE, day_in_words(taken.until)


def new_letter(
    row: FoiRequestRow, kind: LetterKind, message: Message, *, acting: Acting
) -> FoiLetterRow:
    """Make the next letter of a request. It is stored by whoever asks."""
    letter = FoiLetterRow(
        request=row,
        number=row.letters.count() + 1,
        kind=kind,
        by_id=acting.officer.ref,
        at=acting.at,
    )
    seal_into(letter, open_record_key(row.key), text=message.body)
    return letter


def message_of(row: FoiRequestRow, letter: FoiLetterRow, language: str) -> Message:
    """Give a letter as it is sent."""
    with translation.override(language):
        head = subject(row.number, said=gettext)
    return Message(head, unsealed(letter, open_record_key(row.key), "text"))


def in_words(parts: Sequence[FoiPartRow], key: RecordKey) -> list[PartInWords]:
    """Give the parts of a request and what becomes of each, in words."""
    return [_one(it, key) for it in parts]


def _one(part: FoiPartRow, key: RecordKey) -> PartInWords:
    asked, answer, why, how, interest = (
        unsealed(part, key, it) for it in ("asked", "answer", "why", "how", "public_interest")
    )
    if part.question:
        return PartInWords(asked=asked, answer=_counted(part))
    if part.treatment == Treatment.GIVEN:
        return PartInWords(asked=asked, answer=answer)
    if part.treatment == Treatment.NEITHER:
        return PartInWords(asked=asked, refused=neither(part.exemption, said=gettext))
    exemption = exemptions().get(part.exemption)
    refusing = Refusing(
        section=exemption.section if exemption else "",
        title=exemption.title if exemption else "",
        why=why,
        prejudice=Prejudice(part.prejudice) if part.prejudice else None,
        how=how,
        public_interest=interest,
    )
    return PartInWords(asked=asked, refused=refusal(refusing, said=gettext))


def _counted(part: FoiPartRow) -> str:
    """Write a number of the library as it was drafted, in the language of the letter."""
    question = foi_counts.read(part.question)
    found = answered(question, today=question.as_at)
    before = foi_counting.said_before(part.request, part.reply, part.question)
    told, apart = publishing.read(part.published), foi_counting.apart_of(part.published)
    return number_in_words(found, told, apart, before)


def number_in_words(
    answer: Answer,
    told: Published,
    apart: Published | None,
    before: tuple[date, Published] | None,
) -> str:
    """Write a number as the letter says it, in the language that is in force."""

    def called(by: str, code: str) -> str:
        return counted_words.in_words(by, code, lawbook=lawbook(), said=gettext)

    return public_foi_counts.in_words(
        answer, told, apart=apart, before=before, called=called, said=gettext
    )
