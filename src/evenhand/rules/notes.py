"""Notes to colleagues on a referral, and whom they are meant for."""

import re
from collections.abc import Iterable

from evenhand.rules.referrals import State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

MENTION = re.compile(r"(?<![\w@.])@([\w.+-]{1,150})")


class NoMoreWords(Refused):
    """Nothing more is written about content that went by the statutory route."""

    code = "E-NOTE-01"
    kind = Kind.CONFLICT


def check_may_note(reference: str, state: State) -> None:
    """Refuse words about what must not be described. C1."""
    if state is State.STATUTORY_ROUTE:
        raise NoMoreWords(
            words("Referral {reference} went by the statutory route; its words are destroyed."),
            do=words("Speak to your colleague, and write nothing of the content down."),
            reference=reference,
        )


def mentioned(text: str, usernames: Iterable[str]) -> set[str]:
    """Name the colleagues whom a text calls by “@” and their user name, in any case.

    A full stop or a dash at the end of a sentence is not part of a name.
    """
    known = {it.casefold(): it for it in usernames}
    return {known[it] for several in _called(text) for it in several if it in known}


def unknown(text: str, usernames: Iterable[str]) -> list[str]:
    """Name, in order, what a text calls by “@” that is nobody’s user name: nobody is told of it."""
    known = {it.casefold() for it in usernames}
    found = [several[-1] for several in _called(text) if not known & {*several}]
    return list(dict.fromkeys(found))


def _called(text: str) -> list[tuple[str, str]]:
    """Give each name after “@” as it stands there, and without what may end the sentence."""
    called = (it.casefold() for it in MENTION.findall(text))
    return [(it, it.rstrip(".-")) for it in called]
