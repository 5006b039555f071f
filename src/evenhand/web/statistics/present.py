"""The statistics in words: each table, and a chart of what it shows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.queries.platforms import called, lawbook
from evenhand.rules.answers import Outcome
from evenhand.rules.counting import DEFINITIONS, Counted
from evenhand.rules.notices import ANY_OTHER_SITE
from evenhand.rules.own_errors import OwnError, Rate
from evenhand.rules.publishing_tables import RULES, About, Published
from evenhand.rules.statistics import SHOWN, Numbers, Quarter, Work
from evenhand.rules.yearly_tables import NOT_KNOWN
from evenhand.web import charts, times
from evenhand.web.components import Params
from evenhand.web.for_everybody import in_language
from evenhand.web.statistics.words import ERRORS, GROUNDS, OF_OUTCOMES, OUTCOMES, TITLES
from evenhand.web.words import Words, translated

ABOUT = (About.GROUPS, About.PEOPLE)
"""By which rule for small numbers each column about people is published, in their order."""


def of_year(work: Work, year: int, *, today: date) -> Mapping[str, Any]:
    """Show a year: by month, by what platforms decided, by platform and ground, and our errors."""
    platforms = {
        _platform(code, names): numbers
        for names in [called(work.by_platform)]
        for code, numbers in work.by_platform.items()
    }
    grounds = {str(GROUNDS[it]): numbers for it, numbers in work.by_ground.items()}
    return {
        "year": year,
        "as_of": times.day(today),
        "is_over": year < today.year,
        "months": _months(work),
        "months_chart": _months_chart(work),
        "meanings": [(TITLES[it], translated(DEFINITIONS[it])) for it in SHOWN],
        "harms": _harms(work),
        "harms_chart": _harms_chart(work),
        "is_decided": bool(work.decided),
        "outcomes": _outcomes(work),
        "outcomes_chart": charts.bars(
            "outcomes",
            _("What platforms decided"),
            [(str(OUTCOMES[it]), [n]) for it, n in work.outcomes.items()],
            series=[_("decisions")],
        ),
        "platforms": _divided(_("Platform"), platforms, _("Decisions by platform")),
        "platforms_chart": _divided_chart("platforms", _("Decisions by platform"), platforms),
        "grounds": _divided(_("Ground"), grounds, _("Decisions by the ground of our request")),
        "grounds_chart": _divided_chart(
            "grounds", _("Decisions by the ground of our request"), grounds
        ),
        "errors": _errors(work),
    }


def years(found: Mapping[int, Numbers]) -> Params | None:
    """Make the table of all years; None where nothing was counted yet."""
    if not found:
        return None
    rows = [[_year(year), *_cells(numbers)] for year, numbers in found.items()]
    return _table(_("Every year"), [_("Year"), *_titles()], rows)


def people(found: Mapping[Quarter, tuple[Published, Published]]) -> Mapping[str, Any]:
    """Make the table of people by quarter, the last first; None where no quarter is over."""
    rows = [
        [
            {"text": times.quarter(it.first, it.end)},
            *(_number(told.text(frozenset())) for told in found[it]),
        ]
        for it in sorted(found, reverse=True)
    ]
    heads = [_("Quarter"), _("People on record as it ended"), _("Records of people disposed of")]
    hides = any(told.says for both in found.values() for told in both)
    return {
        "people": _table(_("People, by quarter"), heads, rows) if rows else None,
        "people_says": [translated(RULES[it].says) for it in ABOUT] if hides else [],
    }


def _year(year: int) -> Params:
    there = in_language(reverse("statistics_of_year", args=[year]))
    return {"html": format_html('<a class="govuk-link" href="{}">{}</a>', there, year)}


def _months(work: Work) -> Params:
    rows = [
        [{"text": _month(month.first)}, *_cells(numbers)] for month, numbers in work.months.items()
    ]
    rows.append([{"text": _("All of them")}, *_cells(work.total)])
    return _table(_("By month"), [_("Month"), *_titles()], rows)


def _months_chart(work: Work) -> charts.Chart | None:
    shown = Counted.REFERRED, Counted.REMOVALS
    lines = [
        (_month(month.first), [numbers[it] for it in shown])
        for month, numbers in work.months.items()
    ]
    series = [str(TITLES[it]).lower() for it in shown]
    return charts.bars("months", _("Referred and removed, by month"), lines, series=series)


def _harms(work: Work) -> Params | None:
    """Make the table of harms; None where nothing was sent or removed."""
    rows = [
        [
            {"html": _in_english(_harm(code))},
            _number(f"{it.requests:,}"),
            _number(f"{it.removals:,}"),
        ]
        for code, it in work.harms.items()
    ]
    heads = [_("Harm"), TITLES[Counted.REFERRED], TITLES[Counted.REMOVALS]]
    return _table(_("By harm"), heads, rows) if rows else None


def _harms_chart(work: Work) -> charts.Chart | None:
    lines = [(_harm(code), [it.requests, it.removals]) for code, it in work.harms.items()]
    series = [str(TITLES[it]).lower() for it in (Counted.REFERRED, Counted.REMOVALS)]
    return charts.bars(
        "harms", _("Referred and removed, by harm"), lines, series=series, language="en"
    )


def _in_english(text: str) -> SafeString:
    return format_html('<span lang="en">{}</span>', text)


def _harm(code: str) -> str:
    known = lawbook().harms.get(code)
    return f"{code} {known.title}" if known else NOT_KNOWN


def _outcomes(work: Work) -> Params:
    rows = [
        [{"text": OUTCOMES[it]}, _number(f"{number:,}")] for it, number in work.outcomes.items()
    ]
    return _table(_("What platforms decided"), [_("Decision"), _("How many")], rows)


def _divided(name: str, lines: Mapping[str, Mapping[Outcome, int]], caption: str) -> Params:
    rows = [
        [{"text": label}, *(_number(f"{it:,}") for it in _added_up(numbers))]
        for label, numbers in lines.items()
    ]
    return _table(caption, [name, *OF_OUTCOMES], rows)


def _divided_chart(
    name: str, title: str, lines: Mapping[str, Mapping[Outcome, int]]
) -> charts.Chart | None:
    drawn = [(label, _added_up(numbers)[:2]) for label, numbers in lines.items()]
    series = [str(it).lower() for it in OF_OUTCOMES][:2]
    return charts.bars(name, title, drawn, series=series)


def _added_up(numbers: Mapping[Outcome, int]) -> list[int]:
    return [sum(numbers[it] for it in several) for several in OF_OUTCOMES.values()]


def _errors(work: Work) -> Params:
    """Make the table of our own errors, of all decisions and of each ground."""
    found = work.errors
    rows = [_rate(_("All of them"), found.all)]
    rows += [_rate(GROUNDS[it], rate) for it, rate in found.grounds.items()]
    heads: list[Words] = [_("Ground"), _("Decisions"), _("Our errors"), _("Share")]
    heads += [ERRORS[it] for it in OwnError]
    return _table(_("Our own errors"), heads, rows)


def _rate(name: Words, rate: Rate) -> Sequence[Params]:
    share = f"{100 * rate.wrong / rate.decided:.1f}%" if rate.decided else "–"
    kinds = (f"{rate.errors[it]:,}" for it in OwnError)
    texts = f"{rate.decided:,}", f"{rate.wrong:,}", share, *kinds
    return [{"text": name}, *map(_number, texts)]


def _platform(code: str, names: Mapping[str, str]) -> str:
    return _("Any other site") if code == ANY_OTHER_SITE else names[code]


def _titles() -> list[Words]:
    return [TITLES[it] for it in SHOWN]


def _cells(numbers: Numbers) -> list[Params]:
    return [_number(f"{numbers[it]:,}") for it in SHOWN]


def _number(text: str) -> Params:
    return {"text": text, "format": "numeric"}


def _month(first: date) -> str:
    return dateformat.format(first, "F Y")


def _table(caption: str, heads: Sequence[Words], rows: Iterable[Sequence[Params]]) -> Params:
    head: list[Params] = [{"text": heads[0]}]
    head += [{"text": it, "format": "numeric"} for it in heads[1:]]
    return {
        "caption": caption,
        "captionClasses": "govuk-table__caption--s",
        "firstCellIsHeader": True,
        "head": head,
        "rows": list(rows),
    }
