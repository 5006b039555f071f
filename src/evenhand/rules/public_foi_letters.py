"""What somebody who asked for information is written: what the Act has a reply say, checked.

The sentences are translated into the language of the page that was used; ``said`` does it. What an
officer wrote stays as it was written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.foi_exemptions import Prejudice
from evenhand.rules.messages import Message
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import says_nothing
from evenhand.rules.words import words

Translating = Callable[[str], str]
COMMISSIONER = "https://ico.org.uk/make-a-complaint/"
FAULT = "fault"
"""Why a letter failed that the desk itself could not send: its address was not tried."""
LEAST_TOLD = 4
"""A name with fewer letters than this is not looked for in what is published."""


class LetterKind(StrEnum):
    """What a letter is about."""

    CLARIFICATION = "clarification_asked"
    FEE = "fee_asked"
    MORE_TIME = "extended"
    NOT_VALID = "not_valid"
    TRANSFERRED = "transferred"
    REPLY = "reply"
    REVIEW = "reviewed"
    UPHELD = "review_upheld"


class ReplyIncomplete(Refused):
    """A reply answers each part, helps on, and says how to complain to the desk and the ICO."""

    code = "E-FOI-17"
    clause = words("FOIA 2000 ss.16 and 17(7)")


class ToldOfRequester(Refused):
    """What is published of a reply does not say who asked."""

    code = "E-FOI-90"
    clause = words("UK GDPR Article 5(1)(c)")
    verified = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The desk that writes, about which request; ``published_at``: its disclosure log."""

    desk: str
    contact: str
    number: str
    received: str
    published_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartInWords:
    """One part of a request and what becomes of it. ``refused``: what the notice says of it."""

    asked: str
    answer: str = ""
    refused: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusing:
    """Why a part is withheld, or not held where no section is named."""

    section: str
    title: str
    why: str
    prejudice: Prejudice | None
    how: str
    public_interest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyInWords:
    """What a reply is made from. ``help``: what could be asked instead, or where more is found.

    ``is_further``: there was an earlier one to the same request.
    """

    parts: Sequence[PartInWords]
    help: str
    is_further: bool = False


OPENINGS: Mapping[LetterKind, str] = {
    LetterKind.CLARIFICATION: words(
        "We cannot tell from your request what you want to know, so we ask you to say more. The"
        " time for our reply begins anew on the day on which your answer reaches us."
    ),
    LetterKind.FEE: words(
        "We ask a fee for answering your request. Until it is paid, the time for our reply stands"
        " still. If it is not paid within three months, we need not answer."
    ),
    LetterKind.MORE_TIME: words(
        "We need more time to weigh whether the public interest is in giving you the information."
    ),
    LetterKind.NOT_VALID: words(
        "The law asks that a request says who asks, where the reply goes and what is wanted. Yours"
        " does not say all of it, so it is not a valid request yet. Send it again with what lacks."
    ),
    LetterKind.TRANSFERRED: words(
        "We do not hold what you ask for. We believe that another authority does, and have passed"
        " your request to it."
    ),
    LetterKind.REPLY: words("This is our reply to your request for information."),
    LetterKind.REVIEW: words(
        "You asked us to look at our reply again. An officer who had no hand in it has done so."
    ),
    LetterKind.UPHELD: words(
        "You asked us to look at our reply again. An officer who had no hand in it has done so, and"
        " finds that you are to be told more, or something else. A further reply follows."
    ),
}
FURTHER = words(
    "This is a further reply to your request for information. It stands beside our earlier one,"
    " and where the two differ this one counts."
)
SUBJECT = words("Your request for information")
OUR_REFERENCE = words("Our reference:")
RECEIVED_ON = words("Received on:")
YOU_ASKED = words("You asked:")
HELPS = words("What else may help you")
WHY = words("Why it applies:")
INTEREST = words("How we weighed the public interest:")
REVIEW_RIGHT = words(
    "If you are not content with this reply, you can ask us to look at it again. Write to the"
    " address below within 40 working days. An officer who had no hand in it will look at it, as a"
    " rule within 20 working days."
)
S50_RIGHT = words(
    "You also have the right to ask the Information Commissioner to decide whether we dealt with"
    " your request as the law asks (section 50 of the Freedom of Information Act 2000). The"
    " Commissioner will usually want you to have asked us to look again first:"
)
NARROWER = words("A question that we could answer:")
PUBLISHED_FIGURES = words("What we have answered before:")
AMOUNT = words("To be paid:")
ESTIMATE = words("We expect to decide by:")
NOT_HELD = words("We do not hold this.")
WITHHELD = words("We withhold this under this section of the Freedom of Information Act 2000:")
NEITHER = words(
    "We neither confirm nor deny whether we hold this. We need not say so under this section of the"
    " Freedom of Information Act 2000:"
)
SAYS_NOTHING = words(
    "This does not tell you whether we hold it. We would answer in these words either way."
)
PREJUDICES: Mapping[Prejudice, str] = {
    Prejudice.WOULD: words("Disclosing it would cause this prejudice:"),
    Prejudice.LIKELY: words("Disclosing it would be likely to cause this prejudice:"),
}


def notice(
    kind: LetterKind,
    text: str,
    sender: Sender,
    *,
    more: Sequence[tuple[str, str]],
    said: Translating,
) -> Message:
    """Write a letter on the way to a reply; ``more`` are further lines, each with its heading."""
    lines = [said(OPENINGS[kind]), text, *(f"{said(head)}\n{line}" for head, line in more)]
    if kind in {LetterKind.MORE_TIME, LetterKind.REVIEW, LetterKind.UPHELD}:
        lines += _rights(said, with_review=kind is LetterKind.MORE_TIME)
    return _message(lines, sender, said)


def reply(found: ReplyInWords, sender: Sender, *, said: Translating) -> Message:
    """Write the reply: each part with its answer or refusal, help, and how to complain."""
    lines = [said(FURTHER if found.is_further else OPENINGS[LetterKind.REPLY])]
    for number, part in enumerate(found.parts, 1):
        lines += _part(number, part, said)
    lines += [f"{said(HELPS)}\n{found.help}"]
    lines += [f"{said(PUBLISHED_FIGURES)} {sender.published_at}"]
    lines += _rights(said, with_review=True)
    return _message(lines, sender, said)


def published(found: ReplyInWords, *, said: Translating) -> str:
    """Write what is published of a reply: each part with its answer or refusal, and help."""
    lines: list[str] = []
    for number, part in enumerate(found.parts, 1):
        lines += _part(number, part, said)
    return "\n\n".join([*lines, found.help])


def refusal(found: Refusing, *, said: Translating) -> list[str]:
    """Write what a refusal notice says of one part. FOIA 2000 s.17(1) and (3)."""
    if not found.section:
        return [said(NOT_HELD), found.why]
    lines = [
        f"{said(WITHHELD)} s.{found.section}, {said(found.title)}",
        f"{said(WHY)} {found.why}",
    ]
    if found.prejudice is not None:
        lines.append(f"{said(PREJUDICES[found.prejudice])} {found.how}")
    if found.public_interest:
        lines.append(f"{said(INTEREST)} {found.public_interest}")
    return lines


def neither(section: str, *, said: Translating) -> list[str]:
    """Write what is said of a part whether it is held or not. FOIA 2000 s.17(1) and (4)."""
    return [f"{said(NEITHER)} s.{section}", said(SAYS_NOTHING)]


def subject(number: str, *, said: Translating) -> str:
    """Give the subject line of a letter about a request."""
    return f"{said(SUBJECT)} [{number}]"


def check_reply(found: ReplyInWords, text: str, *, said: Translating) -> None:
    """Refuse a reply that lacks what the Act has it say. FOIA 2000 ss.16 and 17(7)."""
    if says_nothing(found.help):
        raise ReplyIncomplete(
            words("The reply offers no advice or help."),
            do=words("Say what could be asked instead, or where the published figures are."),
            at="help",
        )
    needed = [said(REVIEW_RIGHT), said(S50_RIGHT), COMMISSIONER]
    needed += [it.answer for it in found.parts if it.answer]
    needed += [line for it in found.parts for line in it.refused]
    if any(it not in text for it in needed):
        raise ReplyIncomplete(
            words("The reply does not say all that the law has it say."),
            do=words("Write it anew from its parts."),
            at="help",
        )


def check_says_nobody(published: str, told: Sequence[str]) -> None:
    """Refuse to publish what tells who asked: their name, or an address of theirs."""
    text = published.casefold()
    for it in told:
        wanted = it.strip().casefold()
        if len(wanted) >= LEAST_TOLD and wanted in text:
            raise ToldOfRequester(
                words("What would be published says who asked, or how they are reached."),
                do=words("Write the parts and the title without their name or address."),
                at="title",
            )


def _part(number: int, part: PartInWords, said: Translating) -> Iterator[str]:
    yield f"{number}. {said(YOU_ASKED)} {part.asked}"
    if part.answer:
        yield part.answer
    yield from part.refused


def _rights(said: Translating, *, with_review: bool) -> Iterator[str]:
    if with_review:
        yield said(REVIEW_RIGHT)
    yield f"{said(S50_RIGHT)}\n{COMMISSIONER}"


def _message(lines: Sequence[str], sender: Sender, said: Translating) -> Message:
    number = f"{said(OUR_REFERENCE)} {sender.number}"
    received = f"{said(RECEIVED_ON)} {sender.received}"
    body = [f"{number}\n{received}", *lines, f"{sender.desk}\n{sender.contact}"]
    return Message(subject(sender.number, said=said), "\n\n".join(body) + "\n")
