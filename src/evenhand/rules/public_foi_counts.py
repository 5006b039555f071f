"""An exact answer of the library in the words of a reply, with small numbers of people hidden."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import product

from evenhand.rules.foi_counts import ALL, AT_LEAST
from evenhand.rules.publishing_tables import MARK, Published
from evenhand.rules.questions import Answer
from evenhand.rules.words import words

Called = Callable[[str, str], str]
SHOWN = 16
"""So many signs of an answer's digest are in a reply: whoever asks again compares them."""
CORRECTS = words("This corrects what we replied on {day}, which was: {number}.")
SIGNED = words("The log was signed up to entry {size}.")
DIGEST = words("Digest of this answer: {digest}.")
AT_MOST = words("at most {most}")
BETWEEN = words("at least {least}, at most {most}")
AS_AT = words("As the desk knew it at the end of {day}.")
FROM = {
    (True, True): words(
        "Counted from {start} to before {end}, as the desk knew it at the end of {day}."
    ),
    (True, False): words("Counted from {start}, as the desk knew it at the end of {day}."),
    (False, True): words(
        "Counted from the beginning to before {end}, as the desk knew it at the end of {day}."
    ),
    (False, False): words("Counted from the beginning, as the desk knew it at the end of {day}."),
}
"""Of which days a number is, by whether it has a first and a last one."""


def in_words(
    answer: Answer,
    published: Published,
    *,
    apart: Published | None = None,
    before: tuple[date, Published] | None = None,
    called: Called,
    said: Callable[[str], str],
) -> str:
    """Write an answer: its number or lines, the days, what it means, how it can be checked.

    ``apart``: how many there are at least, where that may be told.
    ``before``: what an earlier reply told of the same, and when it left: where both show a number
    and it is another one, it is said to correct it. ``called`` says what a number is divided by,
    and ``said`` a sentence, in the language of the letter.
    """
    return "\n".join(_lines(answer, published, apart, before, called, said))


def _lines(
    answer: Answer,
    published: Published,
    apart: Published | None,
    before: tuple[date, Published] | None,
    called: Called,
    said: Callable[[str], str],
) -> Iterator[str]:
    asked = answer.question
    if before is not None and (wrong := "; ".join(_wrong(before[1], published, called))):
        yield said(CORRECTS).format(day=before[0], number=wrong)
    yield f"{said(answer.meaning.title)}: {_total(answer, published, apart, said)}"
    if published.axes and published.axes != (ALL,):
        for line in answer.lines:
            key = frozenset(zip(map(str, asked.by), line.of, strict=True))
            yield f"  {_line(asked.by, line.of, called)}: {published.text(key)}"
    yield _days(answer, said)
    yield said(answer.meaning.definition)
    yield said(answer.meaning.basis.says)
    if published.says:
        yield said(published.says)
    yield said(SIGNED).format(size=answer.checkpoint.size)
    if digest := _digest(answer, published):
        yield said(DIGEST).format(digest=digest)


def _line(by: Iterable[str], of: Iterable[str], called: Called) -> str:
    """Call a line by the codes that it is of, in words."""
    return ", ".join(called(it, code) for it, code in zip(by, of, strict=True))


def _wrong(told: Published, published: Published, called: Called) -> Iterator[str]:
    """Give the total and the lines that were told otherwise, as they were told."""
    lines = () if published.axes == (ALL,) else product(*(it.categories for it in published.axes))
    for of in ((), *lines):
        names = [it.name for it in published.axes][: len(of)]
        key = frozenset(zip(names, of, strict=True))
        was, now = told.numbers.get(key), published.numbers[key]
        if was is not None and now is not None and was != now:
            line = f"{_line(names, of, called)}: " if of else ""
            yield f"{line}{told.text(key)}"


def _total(
    answer: Answer, published: Published, apart: Published | None, said: Callable[[str], str]
) -> str:
    """Write the total; where it is not decided whether two are one, from the least to the most.

    The most is kept as what readers have, so it is told wherever it is not hidden.
    """
    most = published.text(frozenset())
    if answer.at_least in {None, answer.exact} or most == MARK:
        return most
    if apart is None:
        return said(AT_MOST).format(most=most)
    return said(BETWEEN).format(least=apart.text(AT_LEAST), most=most)


def _digest(answer: Answer, published: Published) -> str:
    """Give the answer's digest, unless a hidden number could be guessed from it."""
    is_hidden = None in published.numbers.values() or answer.at_least not in {None, answer.exact}
    return "" if is_hidden else answer.digest.hex()[:SHOWN]


def _days(answer: Answer, said: Callable[[str], str]) -> str:
    """Say of which days a number is, and as at which."""
    asked = answer.question
    if not answer.meaning.basis.is_of_days:
        return said(AS_AT).format(day=asked.as_at)
    sentence = FROM[asked.start is not None, asked.end is not None]
    return said(sentence).format(start=asked.start, end=asked.end, day=asked.as_at)
