"""What everybody is told of a question and of its figure: in the reader’s language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import By
from evenhand.rules.questions_library import LIBRARY
from evenhand.web.counted_labels import SOURCES, STATUSES
from evenhand.web.words import Words, translated

_CODES: Mapping[By, Mapping[Any, Words]] = {
    By.SOURCE: SOURCES,
    By.OUTCOME: STATUSES,
    By.ROLE: {it: later(text) for it, text in ROLE_WORDS.items()},
}


def title_of(code: str) -> str:
    """Call a question by its title."""
    return translated(LIBRARY[code].title)


def definition_of(code: str) -> str:
    """Say what the number of a question means."""
    return translated(LIBRARY[code].definition)


def published(it: Published | None) -> list[tuple[str, str]]:
    """Give what readers have: each number with what it counts."""
    if it is None:
        return []
    return [
        (" · ".join(said(By(axis), of) if axis != "all" else _("All") for axis, of in sorted(key))
         or _("All together"), it.text(key))
        for key in it.numbers
    ]  # fmt: skip


def said(by: By, code: str) -> str:
    """Write a code as people say it, where there are words for it."""
    if not code:
        return _("Not said")
    return str(_CODES.get(by, {}).get(code, code))
