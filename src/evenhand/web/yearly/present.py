"""The yearly reports in words. A report itself is in English, as it was frozen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import dateformat, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.yearly import DOCUMENTS, Edition, InFull
from evenhand.rules.clocks_law import Clock, months_after
from evenhand.rules.counting import Month, month_of
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.yearly import Cell, Column, ReportKind, Table, Type, numbers
from evenhand.web import charts, times
from evenhand.web.components import Params
from evenhand.web.for_everybody import in_language
from evenhand.web.public.documents import summary
from evenhand.web.words import Words

TITLES: Mapping[ReportKind, Words] = {
    ReportKind.TRANSPARENCY: later("Annual transparency report"),
    ReportKind.TRUSTED_FLAGGER: later("Report of a trusted flagger"),
}
CLOCKS: Mapping[str, Words] = {
    "E21": later("Report of a trusted flagger"),
    "E22": later("Information on equality"),
    "E23": later("Equality objectives"),
}


def line(it: Edition) -> Mapping[str, Any]:
    """Name a published report, with its months and where it is."""
    last = month_of(it.last)
    return {
        "href": in_language(reverse("public_yearly", args=[it.kind, it.last, it.number])),
        "title": TITLES[it.kind],
        "months": _months(last.year_before, last),
        "published": times.local_day(it.published_at) if it.published_at else "",
    }


def full(found: InFull) -> Mapping[str, Any]:
    """Show a report whole: what it is of, its tables with their charts, and its files."""
    report, it = found.report, found.edition
    where = [it.kind, it.last, it.number]
    return {
        "title": TITLES[it.kind],
        "months": _months(month_of(report.start), report.last),
        "facts": summary(list(_facts(found))),
        "explanation": report.explanation,
        "because": report.because,
        "newer": _newer(found),
        "tables": [_drawn(table, where) for table in report.tables],
        "json": reverse("public_yearly_json", args=where),
        "metadata": reverse("public_yearly_metadata", args=where),
    }


def editions(found: Sequence[Edition], *, officer: Officer) -> Mapping[str, Any]:
    """List the editions of each kind, and where one is prepared."""
    may_prepare = may(officer, Permission.WRITE_DOCUMENT)
    return {
        "kinds": [
            {
                "title": title,
                "editions": [_edition(it) for it in found if it.kind is kind],
                "prepare": reverse("prepare_yearly", args=[kind]) if may_prepare else "",
            }
            for kind, title in TITLES.items()
        ]
    }


def one(it: Edition, *, officer: Officer) -> Mapping[str, Any]:
    """Say how an edition stands, and offer to publish it to whoever may."""
    where = [it.kind, it.last, it.number]
    publishes = (
        it.published_at is None
        and it.is_newest
        and it.prepared_by_ref != officer.ref
        and may(officer, Permission.APPROVE_DOCUMENT)
    )
    return {
        "tag": _tag(it),
        "prepared": _("Prepared by %(name)s, %(moment)s")
        % {"name": it.prepared_by, "moment": times.moment(it.prepared_at)},
        "publish": reverse("publish_yearly", args=where) if publishes else "",
        "public": reverse("public_yearly", args=where) if it.published_at else "",
    }


def clocks(
    found: Sequence[tuple[Clock, date | None]], *, today: date
) -> Sequence[Mapping[str, Any]]:
    """Say by when each of what is published yearly is due, and on what that rests."""
    return [_clock(clock, last, today=today) for clock, last in found]


def _clock(clock: Clock, last: date | None, *, today: date) -> Mapping[str, Any]:
    document = DOCUMENTS.get(clock.code)
    says, tag = _due(clock, last, today=today)
    return {
        "title": CLOCKS[clock.code],
        "href": in_language(reverse("public_document", args=[document]))
        if document and last
        else "",
        "says": says,
        "tag": tag,
        "clause": clock.clause,
        "verified": clock.verified,
    }


def _due(clock: Clock, last: date | None, *, today: date) -> tuple[str, Params]:
    if last is None:
        none = {"text": _("Not published"), "classes": "govuk-tag--grey"}
        return _("This service has published none yet."), none
    due = months_after(clock, last).target or date.max
    told = {"last": times.day(last), "day": times.day(due)}
    says = _("Published on %(last)s. Due again by %(day)s.") % told
    if due < today:
        return says, {"text": _("Overdue"), "classes": "govuk-tag--red"}
    return says, {"text": _("In time"), "classes": "govuk-tag--green"}


def _facts(found: InFull) -> Iterator[tuple[str, str]]:
    report, it = found.report, found.edition
    yield _("Desk"), report.desk
    yield _("From"), times.day(report.start)
    yield _("Until the end of"), dateformat.format(report.last.first, "F Y")
    yield _("Edition"), str(it.number)
    yield _("Counted on"), times.day(report.made_on)
    if it.published_at:
        yield _("Published on"), times.local_day(it.published_at)
    yield _("Entries of the log that were signed"), f"{report.log_size:,}"
    if report.log_root:
        yield _("Root of the log"), report.log_root
    yield _("Digest of the question"), report.question


def _newer(found: InFull) -> str:
    """Give where a later edition is, if one was published."""
    it, newest = found.edition, max(found.published, default=0)
    if newest <= it.number:
        return ""
    return in_language(reverse("public_yearly", args=[it.kind, it.last, newest]))


def _drawn(table: Table, where: Sequence[object]) -> Mapping[str, Any]:
    """Show a table in the language of its report."""
    with translation.override(settings.LANGUAGE_CODE):
        return _in_words(table, where)


def _in_words(table: Table, where: Sequence[object]) -> Mapping[str, Any]:
    drawn = numbers(table)
    labels = [_text(row[0], table.columns[0]) for row in table.rows]
    lines = list(zip(labels, zip(*drawn.values(), strict=True), strict=False))
    return {
        "name": table.name,
        "title": table.title,
        "table": _table(table),
        "meanings": [(it.title, it.about) for it in table.columns if it.about],
        "chart": charts.bars(table.name, table.title, lines, series=[it.lower() for it in drawn]),
        "csv": reverse("public_yearly_csv", args=[*where, table.name]),
        "is_empty": not table.rows,
    }


def _table(table: Table) -> Params:
    return {
        "caption": table.title,
        "captionClasses": "govuk-visually-hidden",
        "firstCellIsHeader": table.columns[0].type not in {Type.INTEGER, Type.DECIMAL},
        "head": [{"text": it.title, **_format(it)} for it in table.columns],
        "rows": [
            [
                {"text": _text(cell, column), **_format(column)}
                for cell, column in zip(row, table.columns, strict=True)
            ]
            for row in table.rows
        ],
    }


def _format(column: Column) -> Params:
    return {"format": "numeric"} if column.type in {Type.INTEGER, Type.DECIMAL} else {}


def _text(cell: Cell, column: Column) -> str:
    if cell is None:
        return "[c]" if column.type is Type.INTEGER else "–"
    if isinstance(cell, int | float):
        return f"{cell:,}"
    match column.type:
        case Type.DATE:
            return times.day(date.fromisoformat(cell))
        case Type.MONTH:
            return dateformat.format(date.fromisoformat(f"{cell}-01"), "F Y")
        case _:
            return column.codes.get(cell, cell)


def _months(first: Month, last: Month) -> str:
    return _("%(first)s to %(last)s") % {
        "first": dateformat.format(first.first, "F Y"),
        "last": dateformat.format(last.first, "F Y"),
    }


def _edition(it: Edition) -> Mapping[str, Any]:
    return {
        "href": reverse("yearly_edition", args=[it.kind, it.last, it.number]),
        "title": _("Twelve months to %(month)s, edition %(number)d")
        % {"month": dateformat.format(it.last, "F Y"), "number": it.number},
        "tag": _tag(it),
    }


def _tag(it: Edition) -> Params:
    if it.published_at:
        return {"text": _("Published"), "classes": "govuk-tag--green"}
    if it.is_newest:
        return {"text": _("Waiting to be published"), "classes": "govuk-tag--blue"}
    return {"text": _("Not published"), "classes": "govuk-tag--grey"}
