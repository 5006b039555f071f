"""Questions and figures in words: what a number is of, what explains it, and what is published."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.figures import Correction, Given, Line
from evenhand.queries.people_ages import Aged, Extremes
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.rules.questions import Answer, By, Meaning
from evenhand.rules.questions_library import OF_RECORDS
from evenhand.rules.questions_of_acts import OF_ACTS
from evenhand.rules.questions_of_work import OF_WORK
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.questions.told import definition_of, published, said, title_of
from evenhand.web.sheets import row
from evenhand.web.words import Words, translated

BY: Mapping[By, Words] = {
    By.KIND: later("Kind of record"),
    By.SYSTEM: later("System that it came from"),
    By.SOURCE: later("How the desk came to know of it"),
    By.PLATFORM: later("Platform"),
    By.GROUND: later("Ground"),
    By.HARM: later("Harm"),
    By.OUTCOME: later("Outcome"),
    By.DAYS: later("Days"),
    By.ROLE: later("Role"),
    By.AGE: later("Age when first recorded"),
    By.BECAUSE: later("Reason"),
    By.WHAT: later("What became of it, or what it says"),
    By.RECIPIENT: later("Recipient"),
    By.AGREEMENT: later("Agreement"),
    By.PURPOSE: later("Purpose"),
    By.ANSWER: later("Answer"),
    By.ACT: later("Act in the log"),
    By.ACTOR: later("Kind of who acted"),
    By.TELLING: later("What is decided about telling them"),
    By.MONTH: later("Month"),
    By.STEP: later("Step"),
    By.KNOWN: later("What is known of the age"),
}
"""What each way to divide a number is called, of those that may be chosen."""
GROUPS: Sequence[tuple[Words, Sequence[Meaning]]] = (
    (later("Records, people and sharing"), OF_RECORDS),
    (later("Content, platforms and steps"), (*OF_WORK, *OF_ACTS)),
)


def library() -> list[Mapping[str, Any]]:
    """Show every question with what its number means."""
    return [
        {
            "title": title,
            "questions": [
                {
                    "title": translated(it.title),
                    "definition": translated(it.definition),
                    "href": reverse("ask_question", args=[it.code]),
                }
                for it in several
            ],
        }
        for title, several in GROUPS
    ]


def line(given: Line) -> Mapping[str, str]:
    """Show a figure that was given in a list."""
    return {
        "title": title_of(given.code),
        "href": reverse("figure", args=[given.ref]),
        "said": _("%(number)s, as at %(day)s")
        % {"number": number(given), "day": times.day(given.as_at)},
    }


def number(answer: Answer | Line) -> str:
    """Write the number, or the range where it is not decided whether two are one."""
    if answer.at_least in {None, answer.exact}:
        return f"{answer.exact:,}"
    return _("at least %(least)s and at most %(most)s") % {
        "least": f"{answer.at_least:,}",
        "most": f"{answer.exact:,}",
    }


def facts(given: Given) -> Params:
    """Show what the number is of, how far the log was, and by whom it was given."""
    it, asked = given.answer, given.answer.question
    size = _size_of(it.checkpoint.note)
    rows = [
        row(_("Number"), number(it)),
        row(_("Meaning"), translated(it.meaning.definition)),
        row(_("Basis"), translated(it.meaning.basis.says)),
        row(_("Days"), _days(asked.start, asked.end)) if it.meaning.basis.is_of_days else None,
        row(_("As at the end of"), times.day(asked.as_at)),
        row(_("Log"), _log(given.entry, size)),
        row(_("Given"), f"{times.moment(given.at)}, {given.by}"),
        row(_("Published"), times.moment(given.published_at) if given.published_at else _("No")),
    ]
    return {"rows": [it for it in rows if it]}


def table(answer: Answer) -> Params | None:
    """Show the parts of a number, where it is divided."""
    by = answer.question.by
    if not by:
        return None
    return {
        "caption": translated(answer.meaning.title),
        "captionClasses": "govuk-table__caption--m",
        "head": [*({"text": BY[it]} for it in by), {"text": _("Number"), "format": "numeric"}],
        "rows": [
            [
                *({"text": said(it, of)} for it, of in zip(by, line.of, strict=True)),
                {"text": f"{line.number:,}", "format": "numeric"},
            ]
            for line in answer.lines
        ],
    }


def balance(rows: Sequence[Sequence[Any]]) -> Params:
    """Show that what came is what is there, was disposed of, and was passed on."""
    heads = (
        *(BY[By.KIND], BY[By.SYSTEM], _("Created"), _("Imported")),
        *(_("Held"), _("Disposed of"), _("Passed on")),
    )
    return {
        "caption": _("Created and imported is held, disposed of and passed on"),
        "captionClasses": "govuk-table__caption--m",
        "head": [{"text": it} for it in heads],
        "rows": [
            [{"text": said(By.KIND, kind)}, {"text": said(By.SYSTEM, system)}]
            + [{"text": it} for it in numbers]
            for kind, system, *numbers in rows
        ],
    }


def correction(it: Correction) -> Mapping[str, Any]:
    """Show what was wrong, what is right, and why."""
    return {
        "ref": it.ref,
        "title": title_of(it.code),
        "definition": definition_of(it.code),
        "as_at": times.day(it.as_at),
        "why": it.why,
        "on": times.local_day(it.confirmed_at) if it.confirmed_at else "",
        "was": published(it.was, beside=it.is_now),
        "is_now": published(it.is_now, beside=it.was),
        "says": translated(it.was.says),
        "exact": (f"{it.exact_was:,}", f"{it.exact_now:,}"),
        "by": it.by,
        "ended": _ended(it),
    }


def _ended(it: Correction) -> str:
    """Say how a correction ended that was never published; nothing of one that waits or was."""
    if it.withdrawn_at is not None:
        day = times.local_day(it.withdrawn_at)
        return _("Withdrawn on %(day)s by %(officer)s") % {"day": day, "officer": it.by}
    if it.declined_at is None:
        return ""
    day = times.local_day(it.declined_at)
    said = {"day": day, "officer": it.declined_by, "why": it.declined_why}
    return _("Declined on %(day)s by %(officer)s: %(why)s") % said


def extremes(found: Extremes | None) -> Params | None:
    """Show how old the youngest and the oldest are, with a word on whom it is known of."""
    if found is None:
        return None
    rows = [
        row(name, _aged(it))
        for name, it in ((_("Youngest"), found.youngest), (_("Oldest"), found.oldest))
    ]
    of = _("%(known)s people; of %(not_known)s it is not known.")
    known = {"known": f"{found.known:,}", "not_known": f"{found.not_known:,}"}
    return {"rows": [*rows, row(_("An age is known of"), of % known)]}


def _aged(it: Aged) -> str:
    roles = ", ".join(translated(ROLE_WORDS[role]) for role in it.roles)
    return _("%(recorded)s when recorded, %(now)s now. %(roles)s") % {
        "recorded": it.recorded,
        "now": it.now,
        "roles": roles,
    }


def _days(start: Any, end: Any) -> str:
    if start is None and end is None:
        return _("From the beginning on")
    first = times.day(start) if start else _("the beginning")
    return _("From %(first)s to before %(last)s") % {
        "first": first,
        "last": times.day(end) if end else _("tomorrow"),
    }


def _log(entry: int, size: int) -> str:
    if not size:
        return _("Entry %(entry)s. Nothing was signed yet.") % {"entry": f"{entry:,}"}
    return _("Entry %(entry)s. The log was signed as far as %(size)s entries.") % {
        "entry": f"{entry:,}",
        "size": f"{size:,}",
    }


def _size_of(note: str) -> int:
    lines = note.splitlines()
    return int(lines[1]) if len(lines) > 1 and lines[1].isdecimal() else 0
