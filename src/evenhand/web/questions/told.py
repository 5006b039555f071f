"""What everybody is told of a question and of its figure: in the reader’s language."""

from django.utils.translation import gettext as _

from evenhand.queries.platforms import lawbook
from evenhand.rules.counted_words import in_words
from evenhand.rules.publishing_people import ALL
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions_library import LIBRARY
from evenhand.web.words import translated


def title_of(code: str) -> str:
    """Call a question by its title."""
    return translated(LIBRARY[code].title)


def definition_of(code: str) -> str:
    """Say what the number of a question means."""
    return translated(LIBRARY[code].definition)


def published(it: Published | None, *, beside: Published | None = None) -> list[tuple[str, str]]:
    """Give what readers have: each number with what it counts, all of it once.

    ``beside``: only those that differ from the numbers of another table.
    """
    if it is None:
        return []
    return [
        (" · ".join(said(axis, of) for axis, of in sorted(key))
         or _("All together"), it.text(key))
        for key in it.numbers
        if key != ALL and (beside is None or it.numbers[key] != beside.numbers.get(key))
    ]  # fmt: skip


def said(by: str, code: str) -> str:
    """Write a code as people say it, where there are words for it."""
    return in_words(by, code, lawbook=lawbook(), said=_)
