"""Mail that comes in: to which referral it belongs, by the desk's own marks, and who decides else.

A message is never a decision. It is kept, shown and read; what it means an officer records.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from evenhand.rules import foi, rights
from evenhand.rules.officers import OfficerRef
from evenhand.rules.referrals import Referral, State, check_can_move
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

REFERENCE = re.compile(r"(?<![\w-])(\d{4}-\d{6,12})(?![\w-])", re.ASCII)
IN_BRACKETS = re.compile(r"\[(\d{4}-\d{6,12})\]", re.ASCII)
PACKAGE = re.compile(r"(?<![\w-])(D-[0-9A-Z]{8})(?![\w-])", re.ASCII)
FOR_INFORMATION = re.compile(rf"(?<![\w-])({foi.NUMBER.pattern})(?![\w-])", re.ASCII)
ABOUT_DATA = re.compile(rf"(?<![\w-])({rights.REFERENCE.pattern})(?![\w-])", re.ASCII)
NOTES = "notes"
"""What follows the desk's own name in the address that answers to mails to colleagues go to."""
MOST_BYTES = 25 * 1024 * 1024
"""The longest message that is kept whole; of a longer one its headers are kept, and its size."""
SCHEDULE = "D25"
"""The row of the retention schedule for mail that belongs to no referral."""


class MailKind(StrEnum):
    """What sent a message: a person or their system, a machine by itself, or a mail server."""

    LETTER = "letter"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELIVERY = "delivery"


class MailStanding(StrEnum):
    """Where a message stands: it waits for a person, belongs to a referral, or was set aside."""

    WAITING = "waiting"
    ATTACHED = "attached"
    SET_ASIDE = "set_aside"


class MayAnswer(StrEnum):
    """What else than a notice a message may answer, by a reference of the desk's own."""

    RECALL = "recall"
    NOTE = "note"
    REFERRAL = "referral"
    FOR_INFORMATION = "for_information"
    ABOUT_DATA = "about_data"


@dataclass(frozen=True, slots=True)
class Hint:
    """What a message that waits may answer: what it names exactly, never a likeness.

    ``reference`` is that of the package, the referral or the request; ``recall`` the recall of
    that package.
    """

    may_answer: MayAnswer
    reference: str
    recall: UUID | None = None


class MailSettled(Refused):
    """A message is attached to one referral, by its marks or by one officer, or set aside."""

    code = "E-MAIL-01"
    clause = words("Rule of this desk: no message is attached by guess")
    kind = Kind.CONFLICT


class NobodyWroteThere(Refused):
    """A message is attached only to a referral about which this desk wrote to a platform."""

    code = "E-MAIL-02"
    clause = words("Rule of this desk: no message is attached by guess")
    kind = Kind.CONFLICT


class OtherReferralsMail(Refused):
    """An answer names a message of its own referral, or none."""

    code = "E-MAIL-03"
    clause = words("DPA 2018 s.56: be able to demonstrate")
    kind = Kind.CONFLICT


class NoBounce(Refused):
    """A notice that was handed over counts as undeliverable only where a mail server said so."""

    code = "E-MAIL-04"
    clause = words("DPA 2018 s.56: be able to demonstrate")
    kind = Kind.CONFLICT


class AlreadyRead(Refused):
    """Who was the first to read a message for its referral is kept, and does not change."""

    code = "E-MAIL-05"
    kind = Kind.CONFLICT


def replied_to(addresses: Iterable[str], contact: str) -> frozenset[str]:
    """Give what stands in the desk's own reply addresses, ``local+REFERENCE@host``, in capitals."""
    local, _, host = contact.lower().rpartition("@")
    named = set()
    for address in addresses:
        here, _, there = address.lower().rpartition("@")
        begins, plus, reference = here.partition("+")
        if plus and (begins, there) == (local, host):
            named.add(reference.upper())
    return frozenset(named)


def named_in_address(addresses: Iterable[str], contact: str) -> frozenset[str]:
    """Give the references of referrals in the desk's own reply addresses."""
    return frozenset(filter(REFERENCE.fullmatch, replied_to(addresses, contact)))


def answers_a_note(addresses: Iterable[str], contact: str) -> bool:
    """Say whether a message answers a mail to a colleague: no platform wrote it."""
    return NOTES.upper() in replied_to(addresses, contact)


def packages_named(addresses: Iterable[str], subject: str, contact: str) -> frozenset[str]:
    """Give the ids of packages in the desk's own reply addresses and in a subject."""
    replied = filter(PACKAGE.fullmatch, replied_to(addresses, contact))
    return frozenset(replied) | frozenset(PACKAGE.findall(subject))


def requests_named(subject: str) -> frozenset[str]:
    """Give the references of requests for information and about data in a subject, if exact."""
    return frozenset(FOR_INFORMATION.findall(subject)) | frozenset(ABOUT_DATA.findall(subject))


def named_in_subject(subject: str) -> frozenset[str]:
    """Give the references in a subject: those in brackets, as the desk writes them, before bare."""
    return frozenset(IN_BRACKETS.findall(subject) or REFERENCE.findall(subject))


def notices_named(messages: Iterable[str], contact: str) -> frozenset[UUID]:
    """Give the notices that Message-IDs of this desk name, as ``<notice@host>``."""
    host = contact.lower().rpartition("@")[2]
    named = set()
    for message in messages:
        left, _, right = message.strip("<> ").rpartition("@")
        if right.lower() == host and (notice := _uuid(left)):
            named.add(notice)
    return frozenset(named)


def belongs_to(marks: Iterable[Collection[str]]) -> str | None:
    """Give the one referral that every mark names; None where there is no mark or two disagree."""
    named = {reference for found in marks for reference in found}
    return named.pop() if len(named) == 1 else None


def check_waits(standing: MailStanding) -> None:
    """Refuse to attach or set aside what a person or its marks have attached already."""
    if standing is MailStanding.ATTACHED:
        raise MailSettled(
            words("This message belongs to a referral already."),
            do=words("Open the referral to read it."),
        )


def check_can_be_set_aside(standing: MailStanding) -> None:
    """Refuse to set aside a message that does not wait."""
    check_waits(standing)
    if standing is MailStanding.SET_ASIDE:
        raise MailSettled(
            words("Somebody has set this message aside already."),
            do=words("Attach it, if it belongs to a referral after all."),
        )


def check_may_attach(reference: str, *, written: bool) -> None:
    """Refuse to attach a message to a referral about which nothing was ever sent."""
    if not written:
        raise NobodyWroteThere(
            words("This desk has sent no platform a message about referral {reference}."),
            do=words("Look at the reference again, or set the message aside."),
            at="reference",
            reference=reference,
        )


def check_of_this_referral(*, is_its_own: bool) -> None:
    """Refuse an answer that names the message of another referral, or none that is kept."""
    if not is_its_own:
        raise OtherReferralsMail(
            words("This message does not belong to this referral."),
            do=words("Choose a message of this referral, or attach it first."),
            at="mail",
        )


def check_not_read(by: OfficerRef | None) -> None:
    """Refuse to read a message for its referral a second time."""
    if by is not None:
        raise AlreadyRead(
            words("A colleague has read this message already."),
            do=words("Record the answer, if it holds one."),
        )


def check_came_back(referral: Referral, kind: MailKind) -> None:
    """Refuse “undeliverable” without a mail server's word, or where it is not waited for."""
    if kind is not MailKind.BOUNCE:
        raise NoBounce(
            words("This message does not say that ours could not be delivered."),
            do=words("Read it, and record the platform’s answer if it holds one."),
        )
    check_can_move(referral, State.UNDELIVERABLE)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
