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
    found = set()
    for word in MENTION.findall(text):
        called = word.casefold()
        found |= {known[it] for it in (called, called.rstrip(".-")) if it in known}
    return found
