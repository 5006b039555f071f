"""Mail that came in: what waits for a person, and one message with everything that can be shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from evenhand.queries import consultations, steps
from evenhand.queries.referrals import PAGE
from evenhand.queries.steps import MailReceived
from evenhand.rules.mail import (
    Hint,
    MailStanding,
    MayAnswer,
    answers_a_note,
    named_in_address,
    named_in_subject,
    notices_named,
    packages_named,
    requests_named,
)
from evenhand.rules.mail_reading import Mail, MailPart, part_of, read_mail
from evenhand.rules.officers import Acting, Officer, Permission, check_may, may
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.asking import ask
from evenhand.store.foi import FoiRequestRow
from evenhand.store.mail import (
    SET_ASIDE,
    WAITING,
    MailMessageRow,
    MailRow,
    Mails,
    written_about,
)
from evenhand.store.referrals import ReferralRow
from evenhand.store.rights import RightsRequestRow
from evenhand.store.sharing import RecallRow

MOST_HINTS = 10
COUNT_WAITING = (
    "SELECT count(*) FROM (SELECT FROM mail WHERE referral_id IS NULL AND by_id IS NULL"  # noqa: S608
    f" LIMIT {PAGE + 1}) AS waiting"
)
MAILBOX = "SELECT read_at, failure FROM machinery.mailbox ORDER BY read_at DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class MailLine:
    """A message of no referral in a list."""

    mail: MailReceived
    last_day: date | None


@dataclass(frozen=True, slots=True)
class MailList:
    """Messages of no referral; ``more``: there are others."""

    items: Sequence[MailLine]
    more: bool


@dataclass(frozen=True, slots=True)
class MailboxState:
    """When a mailbox was read last, and what was wrong with it since, as a code."""

    read_at: datetime
    failure: str


@dataclass(frozen=True, slots=True)
class MailInFull:
    """One message, once the look at it is in the log."""

    mail: MailReceived
    standing: MailStanding
    reference: str | None
    last_day: date | None
    read: Mail
    hints: Sequence[Hint]


def waiting(*, acting: Acting) -> MailList:
    """Give the messages that wait for a person, the oldest first."""
    return _listed(MailRow.objects.filter(WAITING).order_by("at", "id"), acting)


def put_aside(*, acting: Acting) -> MailList:
    """Give the messages that were set aside, the latest first."""
    return _listed(MailRow.objects.filter(SET_ASIDE).order_by("-at", "-id"), acting)


def count_waiting(*, officer: Officer) -> int:
    """Count the messages that wait for a person, as far as a page and one."""
    check_may(officer, Permission.READ_MAIL)
    [[(count,)]] = ask((COUNT_WAITING, []))
    return int(count)


def mailbox(*, officer: Officer) -> MailboxState | None:
    """Say how the mailbox of this desk is, if it has one: the one that was read last."""
    check_may(officer, Permission.READ_MAIL)
    return _mailbox()


def mailbox_fault(*, officer: Officer) -> MailboxState | None:
    """Say what is wrong with the mailbox, to whoever reads mail, oversees or looks after the desk.

    None where nothing is, and for everybody else.
    """
    told = (Permission.READ_MAIL, Permission.OVERSEE, Permission.MANAGE_OFFICERS)
    if not any(may(officer, it) for it in told):
        return None
    found = _mailbox()
    return found if found and found.failure else None


def _mailbox() -> MailboxState | None:
    [rows] = ask((MAILBOX, []))
    return MailboxState(*rows[0]) if rows else None


def one(mail: UUID, *, acting: Acting) -> MailInFull:
    """Give one message, once the look is in the log. Raises NotFound, Restricted."""
    row, data = _opened(mail, acting)
    read = read_mail(data)
    return MailInFull(
        mail=steps.mail(row, row.own_key()),
        standing=row.standing,
        reference=row.referral.reference if row.referral else None,
        last_day=row.max_on,
        read=read,
        hints=[] if row.standing is MailStanding.ATTACHED else list(_hints(read)),
    )


def message(mail: UUID, *, acting: Acting) -> bytes:
    """Give the bytes of a message as it came, once the look is in the log. Raises NotFound."""
    return _opened(mail, acting)[1]


def part(mail: UUID, number: int, *, acting: Acting) -> tuple[MailPart, bytes]:
    """Give one part of a message and its bytes, once the look is in the log. Raises NotFound."""
    found = part_of(message(mail, acting=acting), number)
    if found is None:
        raise NotFound(
            words("This message has no such part."), do=words("Open the message to see its parts.")
        )
    return found


def _opened(mail: UUID, acting: Acting) -> tuple[MailRow, bytes]:
    check_may(acting.officer, Permission.READ_MAIL)
    row = MailRow.objects.one(mail)
    if row.referral is None:
        consultations.at_mail(row.id, acting=acting)
    else:
        consultations.at_referral(row.referral, Permission.READ_MAIL, acting=acting)
    kept = MailMessageRow.objects.filter(id=row.id).first()
    if kept is None:
        raise NotFound(
            words("What this message said is destroyed."),
            do=words("Look at the referral: it went by the statutory route."),
        )
    return row, kept.opened(row.own_key())


def _hints(read: Mail) -> Iterator[Hint]:
    """Say what a message of no referral may answer: only what it names by a reference of ours."""
    contact = settings.DESK.contact_email
    packages = packages_named(read.recipients, read.subject, contact)
    recalls = RecallRow.objects.filter(disclosure__reference__in=packages, sent_at__isnull=False)
    last = dict(recalls.order_by("last_sent_at").values_list("disclosure__reference", "id"))
    yield from (Hint(MayAnswer.RECALL, package, recall) for package, recall in last.items())
    named = {
        *named_in_address(read.recipients, contact),
        *named_in_subject(read.subject),
        *written_about(notices_named(read.messages, contact)).values(),
    }
    is_note = answers_a_note(read.recipients, contact)
    what = MayAnswer.NOTE if is_note else MayAnswer.REFERRAL
    there = ReferralRow.objects.filter(reference__in=named).order_by("number")
    yield from (Hint(what, it) for it in there.values_list("reference", flat=True)[:MOST_HINTS])
    yield from _requests(read.subject)


def _requests(subject: str) -> Iterator[Hint]:
    """Say which requests a subject names, of those that there are."""
    named = requests_named(subject)
    asked = FoiRequestRow.objects.filter(number__in=named).order_by("number")
    for number in asked.values_list("number", flat=True)[:MOST_HINTS]:
        yield Hint(MayAnswer.FOR_INFORMATION, number)
    theirs = RightsRequestRow.objects.filter(reference__in=named).order_by("reference")
    for reference in theirs.values_list("reference", flat=True)[:MOST_HINTS]:
        yield Hint(MayAnswer.ABOUT_DATA, reference)


def _listed(rows: Mails, acting: Acting) -> MailList:
    """Open what a list shows of each message, once the look at the list is in the log."""
    check_may(acting.officer, Permission.READ_MAIL)
    found = list(rows.select_related("key", "by", "read_by")[: PAGE + 1])
    shown = found[:PAGE]
    consultations.at_several([it.id for it in shown], Permission.READ_MAIL, acting=acting)
    lines = [MailLine(steps.mail(it, it.own_key()), it.max_on) for it in shown]
    return MailList(lines, len(found) > PAGE)
