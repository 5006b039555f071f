"""Finding a person: by an exact key, through a referral, for a reason; never by looking round."""

from dataclasses import dataclass
from datetime import date

from evenhand.rules.people import REFERENCE, NotYourPerson
from evenhand.rules.people_names import check_name
from evenhand.rules.refusals import Kind
from evenhand.rules.words import words

MOST_HITS = 5
WILD = frozenset("*%?_[]{}^$|\\")
"""Signs by which people ask for more than one name. No name has them."""


class KeyNotExact(NotYourPerson):
    """A person is found by a whole name with a birth date, or by a reference."""

    kind = Kind.INVALID


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """By what somebody is looked for: a name with a birth date, or the record’s reference."""

    name: str = ""
    birth_date: date | None = None
    reference: str = ""


def check_key_of_request(key: Key) -> None:
    """Refuse to look for whoever asks about their data by less than a whole name.

    The name alone finds records without a birth date, which no other key does. DPA 2018 s.45(2A).
    """
    if key.name and key.birth_date is None and not key.reference:
        _check_whole_name(key.name)
    else:
        check_key(key)


def check_key(key: Key) -> None:
    """Refuse to look for more than one exact key."""
    if key.reference:
        if key.name or key.birth_date or not REFERENCE.fullmatch(key.reference):
            raise KeyNotExact(
                words("A reference looks like P-7K3M9XQA, and stands alone."),
                do=words("Enter it whole, or enter a name with a birth date instead."),
                at="reference",
            )
        return
    if not key.name and key.birth_date is None:
        raise KeyNotExact(
            words("Nothing is entered to look for."),
            do=words("Enter a name with the birth date, or the reference of a record."),
            at="name",
        )
    if not key.name or key.birth_date is None:
        raise KeyNotExact(
            words("A name and a birth date belong together."),
            do=words("Enter both, or a reference. Nobody is found by half of a key."),
            at="birth_date" if key.name else "name",
        )
    _check_whole_name(key.name)


def _check_whole_name(name: str) -> None:
    if not WILD.isdisjoint(name):
        raise KeyNotExact(
            words("A name is looked for whole, letter by letter."),
            do=words("Leave out signs that stand for others."),
            at="name",
        )
    check_name(name)
