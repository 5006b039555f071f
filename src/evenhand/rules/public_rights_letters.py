"""What people are written who ask about their data: whole sentences, with what the law wants told.

They are translated into the language in which was asked; ``said`` does it. A letter that gives
nothing is the same to the last byte whether nothing is held or all is restricted. A38.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.rules.messages import Message
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights_replies import LetterKind, RightsOutcome
from evenhand.rules.words import words

Translating = Callable[[str], str]
_K, _O = RightsKind, RightsOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """To whom a letter goes and about which request. Days are in words, in their language.

    ``by``: a day that the letter promises, where it does.
    """

    name: str
    reference: str
    kind: RightsKind
    received_on: str
    written_on: str
    desk: str
    contact: str
    by: str = ""


SUBJECT = words("Your request about your data")
REFERENCE = words("Our reference:")
RECEIVED = words("We received this on")
ASKED: Mapping[RightsKind, str] = {
    _K.ACCESS: words("You asked for the information that we hold about you."),
    _K.RECTIFICATION: words("You asked us to put right information about you."),
    _K.ERASURE: words("You asked us to erase information about you."),
    _K.RESTRICTION: words("You asked us to restrict the use of information about you."),
    _K.COMPLAINT: words("You complained about how we use data about you."),
}
NOTHING = (
    words(
        "We have looked for information about you in our records, by the name and the details that"
        " you gave us. There is nothing that we can give you or do for you in answer."
    ),
    words(
        "This letter is written in the same words to everybody to whom we have nothing to give. It"
        " does not say whether a record exists."
    ),
)
ANSWERS: Mapping[RightsKind, Mapping[RightsOutcome, str]] = {
    _K.ACCESS: {
        _O.GIVEN: words(
            "We hold information about you. It is in the pack with this letter, with what we use it"
            " for, who received it, how long we keep it, where it comes from and your rights."
        ),
        _O.GIVEN_IN_PART: words(
            "We hold information about you. What we can give you is in the pack with this letter,"
            " with what we use it for, who received it, how long we keep it, where it comes from"
            " and your rights. Some of it we hold back."
        ),
    },
    _K.RECTIFICATION: {
        _O.GRANTED: words("We have put right what you told us was wrong."),
        _O.GRANTED_IN_PART: words("We have put right part of what you told us was wrong."),
        _O.REFUSED: words("We have not changed the information."),
    },
    _K.ERASURE: {
        _O.GRANTED: words("We erase the information about you, by this day at the latest:"),
        _O.GRANTED_IN_PART: words(
            "We erase part of the information about you, by this day at the latest:"
        ),
        _O.REFUSED: words("We do not erase the information."),
    },
    _K.RESTRICTION: {
        _O.GRANTED: words("We have restricted the use of the information about you."),
        _O.GRANTED_IN_PART: words(
            "We have restricted the use of part of the information about you."
        ),
        _O.REFUSED: words("We do not restrict the use of the information."),
    },
    _K.COMPLAINT: {
        _O.GRANTED: words("You are right, and we have acted on your complaint."),
        _O.GRANTED_IN_PART: words(
            "You are right in part, and we have acted on that part of your complaint."
        ),
        _O.REFUSED: words("We have looked into your complaint and do not agree with it."),
    },
}
FURTHER = words("We have looked again at what we held back when we answered you.")
NOW_GIVEN = words(
    "What we can give you now is in the pack with this letter, with what we use it for, who"
    " received it, how long we keep it, where it comes from and your rights."
)
STILL_HELD_BACK = words("Some of it we still hold back.")
NOW_TOLD = words(
    "We hold information about you. If you still want what you asked for, tell us: we then answer"
    " within one month."
)
UNFOUNDED = words("We do not act on your request: it is manifestly unfounded or excessive.")
REASONS = words("Our reasons:")
RECIPIENTS = words("Everybody to whom we gave this information is told to do the same.")
CHECK = words(
    "You may ask the Information Commissioner to check whether what we did or held back is lawful"
    " (Data Protection Act 2018, section 51)."
)
COMPLAIN = words(
    "You may complain to the Information Commissioner: ico.org.uk, telephone 0303 123 1113, or"
    " Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF."
)
COURT = words("You may ask a court to order us to comply (Data Protection Act 2018, section 167).")
FREE = words("This costs you nothing.")
NOTICES: Mapping[LetterKind, Sequence[str]] = {
    LetterKind.ACKNOWLEDGEMENT: (
        words("We have received it, and we look into it."),
        words("We answer without undue delay, and we aim to do so by this day:"),
    ),
    LetterKind.IDENTITY: (
        words("Before we go on we have to be sure who asks, for this reason:"),
        words(
            "Show us something that says who you are, such as a passport, a driving licence or a"
            " bill. We look at it and keep no copy. The time to answer begins when we have seen it."
        ),
    ),
    LetterKind.FEE: (
        words("We ask for a fee before we go on, for this reason:"),
        words("The time to answer begins when it is paid. You may complain about it."),
    ),
    LetterKind.CLARIFICATION: (
        words("To find what you mean we have to ask you:"),
        words("The time to answer stands still until we hear from you."),
    ),
    LetterKind.EXTENSION: (
        words("We need up to two months more to answer, for this reason:"),
        words("We answer by this day at the latest:"),
    ),
    LetterKind.WITHDRAWAL: (
        words("You told us that you withdraw your request. It has ended and we do no more for it."),
        words("If that is wrong, tell us at once. You can ask again at any time."),
    ),
}


def reply(outcome: RightsOutcome, reasons: str, to: Addressed, *, said: Translating) -> Message:
    """Write a reply, with the outcome, the reasons where the law wants them, and every way on."""
    return _message([*_answer(outcome, reasons, to, said), *_routes(to.kind, said)], to, said)


def further(to: Addressed, *, held_back: bool, said: Translating) -> Message:
    """Write what is given that was held back before; ``held_back``: they may know that more is."""
    if to.kind is _K.ACCESS:
        told = [said(FURTHER), said(NOW_GIVEN), *([said(STILL_HELD_BACK)] if held_back else [])]
    else:
        told = [said(FURTHER), said(NOW_TOLD)]
    return _message([*told, *_routes(to.kind, said)], to, said)


def notice(kind: LetterKind, reasons: str, to: Addressed, *, said: Translating) -> Message:
    """Write what is asked of somebody or told them before the reply."""
    first, second = (said(it) for it in NOTICES[kind])
    if kind in (LetterKind.ACKNOWLEDGEMENT, LetterKind.EXTENSION):
        second = f"{second} {to.by}"
    told = [first, *([reasons] if reasons else []), second]
    ways = [said(FREE)] if kind is LetterKind.IDENTITY else [said(COMPLAIN)]
    return _message([*told, *ways], to, said)


def _answer(
    outcome: RightsOutcome, reasons: str, to: Addressed, said: Translating
) -> Sequence[str]:
    if outcome is _O.NOTHING_TO_GIVE:
        return [said(it) for it in NOTHING]
    if outcome is _O.UNFOUNDED:
        return [said(UNFOUNDED), said(REASONS), reasons]
    told = said(ANSWERS[to.kind][outcome])
    does = outcome in (_O.GRANTED, _O.GRANTED_IN_PART)
    if to.kind is _K.ERASURE and does:
        told = f"{told} {to.by}"
    parts = [told, *([said(REASONS), reasons] if reasons else [])]
    return [*parts, said(RECIPIENTS)] if does and to.kind is not _K.COMPLAINT else parts


def _routes(kind: RightsKind, said: Translating) -> Sequence[str]:
    """Give every way on; of DPA 2018 s.45(5)(c) to (e) none is ever left out."""
    if kind is _K.COMPLAINT:
        return [said(COMPLAIN), said(COURT)]
    return [said(CHECK), said(COMPLAIN), said(COURT)]


def _message(parts: Sequence[str], to: Addressed, said: Translating) -> Message:
    head = [
        to.name,
        to.written_on,
        f"{said(REFERENCE)} {to.reference}",
        f"{said(ASKED[to.kind])} {said(RECEIVED)} {to.received_on}.",
    ]
    body = "\n\n".join([*head, *parts, f"{to.desk}\n{to.contact}"])
    return Message(f"{said(SUBJECT)} ({to.reference})", body + "\n")
