"""The counts of one month in words: each number with what it means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.platforms import called
from evenhand.rules.catalogue import every_rule
from evenhand.rules.counting import DEFINITIONS, Counted, Counts
from evenhand.rules.notices import ANY_OTHER_SITE
from evenhand.rules.own_errors import OwnErrors, Rate
from evenhand.web import labels
from evenhand.web.components import Params
from evenhand.web.sheets import row
from evenhand.web.words import Words, translated

TITLES: Mapping[Counted, Words] = {
    Counted.LOGGED: later("Logged"),
    Counted.LOOKS: later("Looks at accounts"),
    Counted.PROCEED: later("To be assessed"),
    Counted.NOT_FOR_US: later("Not for this desk"),
    Counted.DUPLICATE: later("Duplicates"),
    Counted.EMERGENCY: later("Emergencies"),
    Counted.LATER_EMERGENCY: later("Emergencies found later"),
    Counted.INTAKE_REFUSED: later("Refused at intake"),
    Counted.REFERRED: later("Assessed and referred"),
    Counted.NOT_REFERRED: later("Assessed and not referred"),
    Counted.WITHDRAWN: later("Withdrawn"),
    Counted.REMOVALS: later("Removals"),
    Counted.CHALLENGED: later("Challenges by posters"),
    Counted.UPHELD: later("Challenges upheld"),
}
GROUPS: Sequence[tuple[Words, Sequence[Counted]]] = (
    (later("Logging"), (Counted.LOGGED, Counted.LOOKS, Counted.INTAKE_REFUSED)),
    (
        later("First looks"),
        (Counted.PROCEED, Counted.NOT_FOR_US, Counted.DUPLICATE, Counted.EMERGENCY),
    ),
    (
        later("What came of it"),
        (
            Counted.LATER_EMERGENCY,
            Counted.REFERRED,
            Counted.NOT_REFERRED,
            Counted.WITHDRAWN,
            Counted.REMOVALS,
        ),
    ),
    (later("What posters challenged"), (Counted.CHALLENGED, Counted.UPHELD)),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that belong together."""

    title: Words
    rows: Params


def grouped(counts: Counts) -> list[Group]:
    """Show every number with its definition beside it."""
    return [
        Group(title, {"rows": [_row(it, counts) for it in several]}) for title, several in GROUPS
    ]


def refused(counts: Counts) -> Params | None:
    """Tell the refused intakes by rule."""
    sentences = {rule.code: translated(rule.sentence) for rule in every_rule()}
    rows = [_told(code, number, sentences.get(code, "")) for code, number in counts.refused.items()]
    return {"rows": rows} if rows else None


def table(counts: Counts) -> Iterator[Sequence[object]]:
    """Give every number as a line of a table, those refused by rule last."""
    as_at = counts.as_at or ""
    yield ["month", "as_at", "code", "name", "count", "definition"]
    for counted, number in counts.numbers.items():
        yield [counts.month, as_at, counted, TITLES[counted], number, _(DEFINITIONS[counted])]
    sentences = {rule.code: translated(rule.sentence) for rule in every_rule()}
    for code, number in counts.refused.items():
        title, sentence = TITLES[Counted.INTAKE_REFUSED], sentences.get(code, "")
        yield [counts.month, as_at, code, title, number, sentence]


def is_empty(counts: Counts) -> bool:
    """Say whether nothing at all happened in the month."""
    return not any(counts.numbers.values())


def errors(found: OwnErrors) -> Mapping[str, object]:
    """Show the error rate of all decisions, of each ground, and of each platform."""
    names = called(found.platforms)
    grounds = [row(labels.GROUNDS[it], _rate(rate)) for it, rate in found.grounds.items()]
    platforms = [
        row(_("Any other site") if it == ANY_OTHER_SITE else names[it], _rate(rate))
        for it, rate in found.platforms.items()
    ]
    kinds = [row(labels.OWN_ERRORS[it], f"{number:,}") for it, number in found.all.errors.items()]
    return {
        "all": _rate(found.all),
        "is_none": found.all.decided == 0,
        "upheld": f"{found.upheld:,}",
        "kinds": {"rows": kinds},
        "grounds": {"rows": grounds},
        "platforms": {"rows": platforms},
    }


def _rate(rate: Rate) -> str:
    if not rate.decided:
        return _("No decision")
    share = 100 * rate.wrong / rate.decided
    return _("%(wrong)s of %(decided)s decisions (%(share).1f%%)") % {
        "wrong": f"{rate.wrong:,}",
        "decided": f"{rate.decided:,}",
        "share": share,
    }


def _row(counted: Counted, counts: Counts) -> Params:
    return _told(TITLES[counted], counts.numbers[counted], _(DEFINITIONS[counted]))


def _told(name: Words, number: int, meaning: str) -> Params:
    value = format_html(
        '<span class="govuk-!-font-weight-bold">{}</span><br><span class="govuk-hint">{}</span>',
        f"{number:,}",
        meaning,
    )
    return {"key": {"text": name}, "value": {"html": value}}
