"""What free text may be: anything a person can write, kept exactly, within a stated length."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar
from unicodedata import category, name

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

LONG = 10_000
SHORT = 500
# Letters that are drawn as an empty space: fillers of Hangul, and the Braille sign without a dot.
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
SEVERAL = 3
"""So many different words are the least where a few are no answer, as “As before.” is none."""
UNSPACED = ("CJK ", "HIRAGANA ", "KATAKANA ", "THAI ", "LAO ", "KHMER ", "MYANMAR ", "TIBETAN ")
"""Scripts without a space between words, as the names of their letters begin."""


class TextMissing(Refused):
    """A question that a decision rests on is answered in words."""

    code = "E-TEXT-01"
    clause = words("DPA 2018 s.56: be able to demonstrate")


class ReasonMissing(Refused):
    """A decision about a referral has a reason in the own words of the person who takes it."""

    code = "E-ADM-46"
    clause = words("DPA 2018 ss.50A–50D: meaningful human involvement")


class TextTooLong(Refused):
    """An answer fits the space that the form gives it; nothing is cut off."""

    code = "E-TEXT-02"


class TextUnreadable(Refused):
    """An answer is text that can be stored and shown again exactly as it was written."""

    code = "E-TEXT-03"


class UnknownChoice(Refused):
    """A choice is one of the choices offered."""

    code = "E-TEXT-04"


def check_text(text: str, *, at: str, most: int = LONG) -> None:
    """Refuse text that cannot be kept exactly: too long, or holding bytes that are no character."""
    if len(text) > most:
        raise TextTooLong(
            words("This answer has {count} characters. The most is {most}."),
            do=words("Shorten it. It was not saved."),
            at=at,
            count=f"{len(text):,}",
            most=f"{most:,}",
        )
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise TextUnreadable(
            words("This answer holds a character that cannot be stored."),
            do=words("Remove it: it is probably invisible. Typing the text again helps."),
            at=at,
        )


def says_nothing(text: str) -> bool:
    """Whether a text is empty, or holds only white space and signs that nobody can see."""
    return all(sign in FILLERS or category(sign) in UNSEEN for sign in text)


def words_in(text: str) -> Sequence[str]:
    """Give the words of a text in any script, in small letters, without signs and numbers.

    Where words are written without a space between them, each letter counts as one.
    """
    found: list[str] = []
    apart = True
    for sign in text:
        if sign in FILLERS or category(sign)[0] not in "LM":
            apart = apart or sign not in "’'"
        elif apart or name(sign, "").startswith(UNSPACED):
            found.append(sign)
            apart = False
        else:
            found[-1] += sign
    return [it.casefold() for it in found]


def says_no_word(text: str) -> bool:
    """Whether nothing in a text is a word: no two letters together, in any script."""
    return not any(len(it) > 1 or name(it[0], "").startswith(UNSPACED) for it in words_in(text))


def says_too_little(text: str) -> bool:
    """Whether a text has fewer than several different words."""
    return says_no_word(text) or len(set(words_in(text))) < SEVERAL


def check_given(text: str, *, at: str, most: int = LONG) -> None:
    """Refuse an answer that is empty or shows nothing, or cannot be kept."""
    check_text(text, at=at, most=most)
    if says_nothing(text):
        raise TextMissing(
            words("This question has no answer yet."),
            do=words("Answer it in your own words."),
            at=at,
        )


def check_own_words(text: str, *, at: str, most: int = LONG) -> None:
    """Refuse why something is so where it is empty, or not said in words."""
    check_given(text, at=at, most=most)
    if says_no_word(text):
        raise TextMissing(
            words("This answer has no words."), do=words("Answer it in your own words."), at=at
        )


def check_reason(reason: str) -> None:
    """Refuse an act without a reason in the officer's own words."""
    check_text(reason, at="reason")
    if says_nothing(reason):
        raise ReasonMissing(
            words("There is no reason yet."), do=words("Give it in your own words."), at="reason"
        )
    if says_no_word(reason):
        raise ReasonMissing(
            words("This reason has no words."),
            do=words("Say in your own words why, so that somebody else can follow it."),
            at="reason",
        )


_CHOICE = TypeVar("_CHOICE", bound=StrEnum)


def choose(choices: type[_CHOICE], word: str, *, at: str) -> _CHOICE:
    """Read a choice from the word a person or program sent. Raises UnknownChoice."""
    try:
        return choices(word)
    except ValueError as error:
        raise UnknownChoice(
            words("This is not one of the choices."),
            do=words("Choose one of: {choices}."),
            at=at,
            choices=", ".join(choices),
        ) from error
