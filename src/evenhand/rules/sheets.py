"""Portal sheets: what goes into each field of a platform's form, and what is sent by hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evenhand.rules.lawbook import Fill, FormField
from evenhand.rules.messages import BONA_FIDE, NoticeFacts
from evenhand.rules.notices import NoticeKind
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import LONG, SHORT, check_text, says_nothing
from evenhand.rules.words import words

DIGEST = re.compile(r"[0-9a-f]{64}")


class SheetKind(StrEnum):
    """What goes into a platform's form: a notice of these kinds. A proof goes by mail alone."""

    REFERRAL = NoticeKind.REFERRAL
    CHASE = NoticeKind.CHASE
    WITHDRAWAL = NoticeKind.WITHDRAWAL


class SheetEmpty(Refused):
    """A sheet is drawn up only for a platform whose form's fields this desk knows."""

    code = "E-FORM-01"
    kind = Kind.CONFLICT


class SheetChanged(Refused):
    """What is recorded as sent is the sheet that the officer was shown."""

    code = "E-FORM-02"
    clause = words("Rule of this desk: as provable as an e-mail")
    kind = Kind.CONFLICT


class SentWhen(Refused):
    """A form is sent after the approval and the last message, and not in the future."""

    code = "E-FORM-03"


class WitnessWrong(Refused):
    """A second officer of the desk, who watched, types the initials of their own name."""

    code = "E-FORM-04"
    clause = words("Rule of this desk: two people see what is sent by hand")


class ChangeUnsaid(Refused):
    """The fields were sent as shown, or what was changed in them is written down."""

    code = "E-FORM-05"
    clause = words("Rule of this desk: the exact text that was sent is kept")


@dataclass(frozen=True, slots=True)
class FilledField:
    """A field of the form with its text in full; ``longest`` is 0 where the form names no limit."""

    label: str
    text: str
    longest: int

    @property
    def too_long_by(self) -> int:
        """Say how many characters the text has more than the field takes."""
        return max(len(self.text) - self.longest, 0) if self.longest else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A platform's form, filled for one notice, from one version of what is kept of it."""

    platform: str
    version: int
    reference: str
    kind: NoticeKind
    fields: Sequence[FilledField]
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """What an officer says of a form that they sent. ``changed`` is empty where it was as shown."""

    sent_at: datetime
    as_shown: bool
    changed: str
    their_reference: str
    witness: str
    initials: str
    sheet: str | None = None
    """The digest of the sheet that the officer was shown; None: none was named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """What a form is filled from: the notice, and what only forms ask for."""

    notice: NoticeFacts
    content_id: str
    their_harm: str
    explanation: str


def filled(fields: Sequence[FormField], facts: FormFacts) -> tuple[FilledField, ...]:
    """Fill a form, field by field, in the form's order. Raises SheetEmpty."""
    if not fields:
        raise SheetEmpty(
            words("This desk does not know the fields of this platform’s form."),
            do=words("Ask an administrator to enter them on the platform’s page."),
        )
    texts = _texts(facts)
    return tuple(FilledField(it.label, texts[it.fills], it.longest) for it in fields)


def _texts(facts: FormFacts) -> Mapping[Fill, str]:
    notice = facts.notice
    return {
        Fill.ADDRESS: notice.url,
        Fill.CONTENT_ID: facts.content_id,
        Fill.REFERENCE: notice.reference,
        Fill.HARM: notice.harm.title,
        Fill.THEIR_HARM: facts.their_harm,
        Fill.SEEN: notice.observed,
        Fill.EVIDENCE: notice.evidence,
        Fill.LAW: notice.provision,
        Fill.LAW_WHY: notice.provision_why,
        Fill.POLICY: notice.policy_clause,
        Fill.POLICY_VERSION: notice.policy_version,
        Fill.POLICY_WHY: notice.policy_why,
        Fill.EXPLANATION: facts.explanation,
        Fill.DESK: notice.desk,
        Fill.CONTACT: notice.contact,
        Fill.DECLARATION: BONA_FIDE,
    }


def check_same_sheet(seen: str | None, now: str) -> None:
    """Refuse to record another sheet than the one that the officer copied from."""
    if seen is not None and seen != now:
        raise SheetChanged(
            words("The sheet is not the one that you were shown any more."),
            do=words("Compare it with what you sent, and say below what was different."),
            at="sheet",
        )


def check_by_hand(
    told: ByHand, witness: Officer | None, sender: Officer, *, since: datetime | None, now: datetime
) -> None:
    """Refuse what cannot be true of a form sent by hand: its time, its witness, its changes."""
    faults: list[Refused] = []
    for name, text in (("their_reference", told.their_reference), ("changed", told.changed)):
        check_text(text, at=name, most=SHORT if name == "their_reference" else LONG)
    # People tell the time in minutes: within the minute of the approval is after it.
    earliest = since.replace(second=0, microsecond=0) if since else told.sent_at
    if not earliest <= told.sent_at <= now:
        faults.append(
            SentWhen(
                words("This time is in the future, or before the referral could be sent."),
                do=words("Enter when you sent the form: after the approval or the last message."),
                at="sent_at",
            )
        )
    faults += _witness_faults(told.initials, witness, sender)
    if told.as_shown is not says_nothing(told.changed):
        faults.append(
            ChangeUnsaid(
                words("Say either that the fields were sent as shown, or what was changed."),
                do=words("Do one of the two."),
                at="changed",
            )
        )
    raise_all(faults)


def _witness_faults(initials: str, witness: Officer | None, sender: Officer) -> list[Refused]:
    if witness is None or witness.ref == sender.ref or not may(witness, Permission.SEND):
        return [
            WitnessWrong(
                words("The second person is not another officer who may send."),
                do=words("Choose the colleague who watched you send the form."),
                at="witness",
            )
        ]
    if _letters(initials) not in initials_of(witness.name):
        return [
            WitnessWrong(
                words("These are not the initials of the second person’s name."),
                do=words("Ask them to type their own, first and last name, such as CH."),
                at="witness_initials",
            )
        ]
    return []


def initials_of(name: str) -> frozenset[str]:
    """Give the initials that a name may be signed with: of all its words, or of first and last."""
    letters = [word[:1].casefold() for word in re.split(r"[\s-]+", name) if word[:1].isalnum()]
    return frozenset({"".join(letters), "".join([*letters[:1], *letters[1:][-1:]])} - {""})


def _letters(initials: str) -> str:
    return "".join(sign for sign in initials.casefold() if sign.isalnum())
