"""What everybody is told of a question and of its figure: in the reader’s language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.platforms import lawbook
from evenhand.rules.notification import GROUND_WORDS as NOT_TOLD_WORDS
from evenhand.rules.people_grounds import GROUND_WORDS
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.rules.publishing_tables import Published
from evenhand.rules.purposes import PURPOSE_WORDS
from evenhand.rules.questions import By
from evenhand.rules.questions_library import LIBRARY
from evenhand.web import counted_labels as labels
from evenhand.web.disposal.labels import REASONS
from evenhand.web.imports.present import TALLIES
from evenhand.web.sharing.words import WHYS
from evenhand.web.words import Words, translated


def _later(*named: Mapping[Any, str]) -> Mapping[Any, Words]:
    return {it: later(text) for several in named for it, text in several.items()}


_CODES: Mapping[By, Mapping[Any, Words]] = {
    By.KIND: labels.KINDS,
    By.SYSTEM: labels.SYSTEMS,
    By.SOURCE: labels.SOURCES,
    By.OUTCOME: labels.STATUSES,
    By.GROUND: {**labels.GROUNDS, **_later(GROUND_WORDS, NOT_TOLD_WORDS)},
    By.ROLE: _later(ROLE_WORDS),
    By.AGE: labels.AGES,
    By.KNOWN: labels.KNOWN,
    By.BECAUSE: {**labels.OLD, **REASONS, **WHYS},
    By.WHAT: TALLIES,
    By.PURPOSE: _later(PURPOSE_WORDS),
    By.ANSWER: labels.ANSWERS,
    By.ACTOR: labels.ACTORS,
    By.TELLING: labels.TELLING,
    By.STEP: labels.STEPS,
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
    match by:
        case By.PLATFORM if code in lawbook().platforms:
            return lawbook().platforms[code].name
        case By.HARM if code in lawbook().harms:
            return f"{code} {lawbook().harms[code].title}"
        case By.MONTH:
            return dateformat.format(date.fromisoformat(f"{code}-01"), "F Y")
        case _:
            return str(_CODES.get(by, {}).get(code, code))
